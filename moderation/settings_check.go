package moderation

import (
	"time"
	"unicode/utf8"
)

// MaxSiteName is the limit of the newspaper's name in characters.
const MaxSiteName = 100

// Check cleans the settings and says all that is wrong with them. Fields are
// site_name_ar, site_name_en, months, digits, mode, close_days, max_links,
// max_length and time_zone; keys are error_setting_name (Count is the limit),
// error_setting_choice, error_setting_number (Count is the greatest number allowed)
// and error_setting_zone.
func (s Settings) Check() (Settings, Problems) {
	f := form{}
	s.SiteNameAr = f.siteName("site_name_ar", s.SiteNameAr)
	s.SiteNameEn = f.siteName("site_name_en", s.SiteNameEn)
	f.choice("months", s.Months, "levant", "egypt")
	f.choice("digits", s.Digits, "latn", "arab")
	f.choice("mode", string(s.Mode), string(ModeBefore), string(ModeAfter), string(ModeClosed))
	f.number("close_days", s.CloseDays, 0, 3650)
	f.number("max_links", s.MaxLinks, 0, 50)
	f.number("max_length", s.MaxLength, 100, 20_000)
	f.zone("time_zone", s.TimeZone)
	return s, f.problems
}

func (f *form) siteName(field, typed string) string {
	name, _, err := CleanLine(typed)
	if err != nil || blank(name) || utf8.RuneCountInString(name) > MaxSiteName {
		f.fail(field, "error_setting_name", MaxSiteName)
	}
	return name
}

func (f *form) choice(field, value string, allowed ...string) {
	for _, word := range allowed {
		if value == word {
			return
		}
	}
	f.fail(field, "error_setting_choice", 0)
}

func (f *form) number(field string, value, least, most int) {
	if value < least || value > most {
		f.fail(field, "error_setting_number", most)
	}
}

// zone refuses "Local" too: it would mean another zone on another machine.
func (f *form) zone(field, name string) {
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		f.fail(field, "error_setting_zone", 0)
	}
}
