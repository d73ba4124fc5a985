package moderation

import "time"

// Settings is the newsroom's policy, edited in the web interface and kept in the
// database. Its zero value is not usable: start from DefaultSettings.
type Settings struct {
	SiteNameAr string // the newspaper's name on Arabic pages
	SiteNameEn string // and on English pages
	Months     string // Arabic month names: "levant" (كانون الثاني) or "egypt" (يناير)
	Digits     string // digits on Arabic pages: "latn" (123) or "arab" (١٢٣)
	Mode       Mode   // for articles that have no mode of their own
	CloseDays  int    // days after publication when comments close; 0 never
	MaxLinks   int    // more links than this hold a comment even where it would be published
	MaxLength  int    // characters of a comment
	TimeZone   string // IANA name; days begin and times are shown in this zone
}

// DefaultSettings returns the policy of a new installation.
func DefaultSettings() Settings {
	return Settings{
		SiteNameAr: "رَدّ", SiteNameEn: "Radd", Months: "levant", Digits: "latn",
		Mode: ModeBefore, CloseDays: 0, MaxLinks: 2, MaxLength: 5000, TimeZone: "UTC",
	}
}

// SiteName returns the newspaper's name in the language.
func (s Settings) SiteName(lang string) string {
	if lang == "ar" {
		return s.SiteNameAr
	}
	return s.SiteNameEn
}

// ModeOf returns the mode that holds for the article at the moment now.
func (s Settings) ModeOf(a Article, now time.Time) Mode {
	mode := a.Mode
	if mode == ModeDefault {
		mode = s.Mode
	}
	if s.CloseDays > 0 && now.Sub(a.PublishedAt) > time.Duration(s.CloseDays)*24*time.Hour {
		return ModeClosed
	}
	return mode
}

// Zone returns the settings' time zone, UTC where the name is unknown.
func (s Settings) Zone() *time.Location {
	loc, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC
	}
	return loc
}
