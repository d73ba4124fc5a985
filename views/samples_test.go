package views

import (
	"testing"
	"time"

	"radd/moderation"
	"radd/views/locale"
)

// sample is a page with invented content, or with none.
type sample struct {
	name string
	page Page
}

// sampleNow is the moment at which all samples are looked at.
var sampleNow = time.Date(2026, time.November, 22, 14, 30, 0, 0, time.UTC)

func samplePrinter(lang string) *locale.Printer {
	return locale.New(lang, locale.Options{Months: "levant", Digits: "latn", Now: sampleNow})
}

func sampleID(n int64) moderation.ID { return moderation.FirstID(sampleNow) + moderation.ID(n) }

// samples are all pages in one language.
func samples(lang string) []sample {
	p := samplePrinter(lang)
	return append(readerSamples(p), deskSamples(p)...)
}

func testViews(t testing.TB) *Views {
	t.Helper()
	v, err := New(func(name string) string { return "/static/test/" + name })
	if err != nil {
		t.Fatal(err)
	}
	return v
}
