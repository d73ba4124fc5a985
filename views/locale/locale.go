// Package locale holds every text that Radd shows, in Arabic and English, and says
// dates, numbers and plurals the way each language does.
//
// The texts stand in files named AREA.LANGUAGE.json, in the format of go-i18n: a key
// with a text, or a key with one text for each plural form of the language (Arabic:
// zero, one, two, few, many, other; English: one, other). Keys are unique over all areas.
package locale

import "time"

// Options are the newsroom's choices for its pages.
type Options struct {
	Months string         // Arabic month names: "levant" or "egypt"
	Digits string         // digits on Arabic pages: "latn" or "arab"
	Zone   *time.Location // nil is UTC
	Now    time.Time      // what relative times are relative to
}

// The tags of the languages.
const (
	arabic  = "ar"
	english = "en"
)

// Printer says things in one language. It is made per request and may be used by
// one goroutine at a time. Its methods are called by the templates.
type Printer struct {
	lang    string
	opts    Options
	texts   *catalog
	words   *calendar
	eastern bool // numbers are written with Arabic-Indic digits
}

// New returns a printer for "ar" or "en"; another tag gets Arabic.
func New(lang string, opts Options) *Printer {
	if lang != english {
		lang = arabic
	}
	if opts.Zone == nil {
		opts.Zone = time.UTC
	}
	return &Printer{
		lang:    lang,
		opts:    opts,
		texts:   catalogs()[lang],
		words:   calendarOf(lang, opts.Months),
		eastern: lang == arabic && opts.Digits == "arab",
	}
}

// Languages returns the tags of the languages there are texts for, Arabic first.
func Languages() []string { return []string{arabic, english} }

// Lang returns the language's tag for a lang attribute.
func (p *Printer) Lang() string { return p.lang }

// Dir returns the language's direction for a dir attribute.
func (p *Printer) Dir() string {
	if p.lang == arabic {
		return "rtl"
	}
	return "ltr"
}
