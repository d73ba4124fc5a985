package moderation

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestSettingsCheck(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Settings)
		want   Problems
	}{
		{"defaults", func(*Settings) {}, nil},
		{"everything else allowed", func(s *Settings) {
			s.Months, s.Digits, s.Mode, s.TimeZone = "egypt", "arab", ModeClosed, "Asia/Riyadh"
			s.CloseDays, s.MaxLinks, s.MaxLength = 3650, 50, 20_000
		}, nil},
		{"least numbers", func(s *Settings) { s.MaxLinks, s.MaxLength = 0, 100 }, nil},
		{"no Arabic name", func(s *Settings) { s.SiteNameAr = " \u200F" }, Problems{{"site_name_ar", "error_setting_name", MaxSiteName}}},
		{"long English name", func(s *Settings) {
			s.SiteNameEn = strings.Repeat("a", 101)
		}, Problems{{"site_name_en", "error_setting_name", MaxSiteName}}},
		{"name not text", func(s *Settings) { s.SiteNameEn = "a\x00" }, Problems{{"site_name_en", "error_setting_name", MaxSiteName}}},
		{"months", func(s *Settings) { s.Months = "mars" }, Problems{{"months", "error_setting_choice", 0}}},
		{"digits", func(s *Settings) { s.Digits = "" }, Problems{{"digits", "error_setting_choice", 0}}},
		{"mode of its own", func(s *Settings) { s.Mode = ModeDefault }, Problems{{"mode", "error_setting_choice", 0}}},
		{"days below", func(s *Settings) { s.CloseDays = -1 }, Problems{{"close_days", "error_setting_number", 3650}}},
		{"days above", func(s *Settings) { s.CloseDays = 3651 }, Problems{{"close_days", "error_setting_number", 3650}}},
		{"links below", func(s *Settings) { s.MaxLinks = -1 }, Problems{{"max_links", "error_setting_number", 50}}},
		{"links above", func(s *Settings) { s.MaxLinks = 51 }, Problems{{"max_links", "error_setting_number", 50}}},
		{"length below", func(s *Settings) { s.MaxLength = 99 }, Problems{{"max_length", "error_setting_number", 20_000}}},
		{"length above", func(s *Settings) { s.MaxLength = 20_001 }, Problems{{"max_length", "error_setting_number", 20_000}}},
		{"zone unknown", func(s *Settings) { s.TimeZone = "Mars/Olympus" }, Problems{{"time_zone", "error_setting_zone", 0}}},
		{"zone of the machine", func(s *Settings) { s.TimeZone = "Local" }, Problems{{"time_zone", "error_setting_zone", 0}}},
		{"no zone", func(s *Settings) { s.TimeZone = "" }, Problems{{"time_zone", "error_setting_zone", 0}}},
		{"zone as a path", func(s *Settings) { s.TimeZone = "../../etc/passwd" }, Problems{{"time_zone", "error_setting_zone", 0}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := DefaultSettings()
			tt.change(&s)
			if _, problems := s.Check(); !reflect.DeepEqual(problems, tt.want) {
				t.Errorf("problems %+v, want %+v", problems, tt.want)
			}
		})
	}
	s := DefaultSettings()
	s.SiteNameAr = "  جريدة\u202E   الصباح "
	if clean, problems := s.Check(); clean.SiteNameAr != "جريدة الصباح" || problems != nil {
		t.Errorf("name became %q, %v", clean.SiteNameAr, problems)
	}
	if got := (Settings{}); !reflect.DeepEqual(fields(got), []string{
		"site_name_ar", "site_name_en", "months", "digits", "mode", "max_length", "time_zone",
	}) {
		t.Errorf("the zero value has problems in %q", fields(got))
	}
}

func fields(s Settings) []string {
	_, problems := s.Check()
	var list []string
	for _, p := range problems {
		list = append(list, p.Field)
	}
	return list
}

func TestModeOf(t *testing.T) {
	day := 24 * time.Hour
	tests := []struct {
		name    string
		own     Mode
		setting Mode
		close   int
		age     time.Duration
		want    Mode
	}{
		{"the newsroom's", ModeDefault, ModeAfter, 0, 1000 * day, ModeAfter},
		{"its own", ModeBefore, ModeAfter, 0, 0, ModeBefore},
		{"opened against a closed newsroom", ModeBefore, ModeClosed, 0, 0, ModeBefore},
		{"on the last day", ModeDefault, ModeBefore, 7, 7 * day, ModeBefore},
		{"after it", ModeAfter, ModeBefore, 7, 7*day + 1, ModeClosed},
		{"not yet published", ModeDefault, ModeBefore, 7, -day, ModeBefore},
	}
	for _, tt := range tests {
		s := Settings{Mode: tt.setting, CloseDays: tt.close}
		if got := s.ModeOf(Article{Mode: tt.own, PublishedAt: noon.Add(-tt.age)}, noon); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestSiteNameAndZone(t *testing.T) {
	s := DefaultSettings()
	if s.SiteName("ar") != "رَدّ" || s.SiteName("en") != "Radd" || s.SiteName("") != "Radd" {
		t.Error("site names")
	}
	s.TimeZone = "Asia/Riyadh"
	if _, offset := noon.In(s.Zone()).Zone(); offset != 3*3600 {
		t.Errorf("Riyadh is %d seconds off", offset)
	}
	s.TimeZone = "nowhere"
	if s.Zone() != time.UTC {
		t.Error("an unknown zone is not UTC")
	}
}
