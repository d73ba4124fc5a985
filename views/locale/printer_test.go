package locale

import (
	"sync"
	"testing"
	"time"
)

var now = time.Date(2026, time.November, 22, 22, 30, 5, 0, time.UTC)

func printer(lang, months, digits string) *Printer {
	return New(lang, Options{Months: months, Digits: digits, Now: now})
}

func TestDates(t *testing.T) {
	july := time.Date(2025, time.July, 4, 9, 5, 0, 0, time.UTC)
	beirut := time.FixedZone("+2", 2*60*60)
	for _, test := range []struct {
		name, got, want string
	}{
		{"levant", printer("ar", "levant", "latn").Date(now), "الأحد 22 تشرين الثاني 2026"},
		{"egypt", printer("ar", "egypt", "latn").Date(now), "الأحد 22 نوفمبر 2026"},
		{"eastern digits", printer("ar", "egypt", "arab").Date(now), "الأحد ٢٢ نوفمبر ٢٠٢٦"},
		{"english", printer("en", "egypt", "arab").Date(now), "Sunday 22 November 2026"},
		{"another year", printer("ar", "levant", "latn").ShortDate(july), "4 تموز 2025"},
		{"this year", printer("ar", "levant", "latn").ShortDate(now), "22 تشرين الثاني"},
		{"english short", printer("en", "", "").ShortDate(july), "4 July 2025"},
		{"time of day", printer("ar", "levant", "arab").DateTime(july), "٤ تموز ٢٠٢٥، ٠٩:٠٥"},
		{"english time of day", printer("en", "", "").DateTime(july), "4 July 2025, 09:05"},
		{"zone", New("en", Options{Zone: beirut, Now: now}).Date(now), "Monday 23 November 2026"},
		{"iso", printer("ar", "levant", "arab").ISO(now.In(beirut)), "2026-11-22T22:30:05Z"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, not %q", test.name, test.got, test.want)
		}
	}
}

func TestAgo(t *testing.T) {
	for _, test := range []struct {
		past   time.Duration
		ar, en string
	}{
		{-time.Hour, "الآن", "just now"},
		{59 * time.Second, "الآن", "just now"},
		{time.Minute, "قبل دقيقة", "1 minute ago"},
		{2 * time.Minute, "قبل دقيقتين", "2 minutes ago"},
		{3 * time.Minute, "قبل 3 دقائق", "3 minutes ago"},
		{11 * time.Minute, "قبل 11 دقيقة", "11 minutes ago"},
		{59 * time.Minute, "قبل 59 دقيقة", "59 minutes ago"},
		{2 * time.Hour, "قبل ساعتين", "2 hours ago"},
		{23 * time.Hour, "قبل 23 ساعة", "23 hours ago"},
		{24 * time.Hour, "قبل يوم", "1 day ago"},
		{6 * day, "قبل 6 أيام", "6 days ago"},
		{7 * day, "15 تشرين الثاني", "15 November"},
	} {
		if got := printer("ar", "levant", "latn").Ago(now.Add(-test.past)); got != test.ar {
			t.Errorf("%v: %q, not %q", test.past, got, test.ar)
		}
		if got := printer("en", "", "").Ago(now.Add(-test.past)); got != test.en {
			t.Errorf("%v: %q, not %q", test.past, got, test.en)
		}
	}
}

func TestWait(t *testing.T) {
	for _, test := range []struct {
		wait   time.Duration
		ar, en string
	}{
		{-time.Second, "ثانية واحدة", "1 second"},
		{time.Millisecond, "ثانية واحدة", "1 second"},
		{1500 * time.Millisecond, "ثانيتين", "2 seconds"},
		{20 * time.Second, "20 ثانية", "20 seconds"},
		{3 * time.Minute, "3 دقائق", "3 minutes"},
		{75 * time.Second, "دقيقة واحدة و15 ثانية", "1 minute and 15 seconds"},
		{time.Hour + 5*time.Second, "ساعة واحدة", "1 hour"},
		{2*time.Hour + 10*time.Minute + 9*time.Second, "ساعتين و10 دقائق", "2 hours and 10 minutes"},
		{50 * time.Hour, "يومين وساعتين", "2 days and 2 hours"},
	} {
		if got := printer("ar", "", "").Wait(test.wait); got != test.ar {
			t.Errorf("%v: %q, not %q", test.wait, got, test.ar)
		}
		if got := printer("en", "", "").Wait(test.wait); got != test.en {
			t.Errorf("%v: %q, not %q", test.wait, got, test.en)
		}
	}
}

func TestNumbers(t *testing.T) {
	ar, arab, en := printer("ar", "", "latn"), printer("ar", "", "arab"), printer("en", "", "arab")
	for _, test := range []struct{ got, want string }{
		{ar.Num(0), "0"},
		{ar.Num(999), "999"},
		{ar.Num(1234567), "1,234,567"},
		{arab.Num(1234567), "١٬٢٣٤٬٥٦٧"},
		{arab.Num(-100), "-١٠٠"},
		{en.Num(1000), "1,000"},
		{arab.Digits("7a٨9"), "٧a٨٩"},
		{ar.Digits("79"), "79"},
		{en.Digits("79"), "79"},
		{arab.N("replies_count", 1234), "١٬٢٣٤ ردًّا"},
		{arab.N("replies_count", 5), "٥ ردود"},
		{ar.N("replies_count", 2), "ردّان"},
		{ar.N("replies_count", 102), "102 ردّ"},
		{en.N("replies_count", 1), "1 reply"},
		{arab.T("title_site", "Title", "7", "Site", 12), "7 – ١٢"}, // a text is not a number
	} {
		if test.got != test.want {
			t.Errorf("%q, not %q", test.got, test.want)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, test := range []struct{ asked, remembered, header, fallback, want string }{
		{"en", "ar", "ar", "ar", "en"},
		{"", "en", "ar", "ar", "en"},
		{"fr", "xx", "en", "ar", "en"},
		{"", "", "ar-EG,ar;q=0.9,en;q=0.8", "en", "ar"},
		{"", "", "en-US", "ar", "en"},
		{"", "", "fr, en;q=0.5, ar;q=0.7", "en", "ar"},
		{"", "", "ar;q=0.3, en", "ar", "en"},
		{"", "", "en;q=0, ar;q=0.1", "en", "ar"},
		{"", "", "de,fr;q=0.8,*;q=0.5", "en", "en"},
		{"", "", "", "", "ar"},
		{"", "", "arz", "en", "en"},
		{"", "", "EN-gb", "ar", "en"},
		{"", "", ";;;q=,,=,en;q=x,ar;q=2,-;q=1", "en", "en"},
		{"", "", "en;q=NaN, ar;q=Inf", "en", "en"},
		{"", "", "\xff\x00,\u202e;q=\x00", "ar", "ar"},
	} {
		if got := Match(test.asked, test.remembered, test.header, test.fallback); got != test.want {
			t.Errorf("%+v: %q", test, got)
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("ar-EG,ar;q=0.9,en;q=0.8")
	f.Fuzz(func(t *testing.T, header string) {
		if got := Match(header, header, header, "en"); got != "ar" && got != "en" {
			t.Errorf("%q", got)
		}
	})
}

func TestUnknownLanguageIsArabic(t *testing.T) {
	if p := New("xx", Options{}); p.Lang() != "ar" || p.Dir() != "rtl" {
		t.Errorf("%s %s", p.Lang(), p.Dir())
	}
	if p := New("en", Options{}); p.Lang() != "en" || p.Dir() != "ltr" {
		t.Errorf("%s %s", p.Lang(), p.Dir())
	}
}

// TestConcurrentUse has value under the race detector.
func TestConcurrentUse(t *testing.T) {
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			p := printer("ar", "", "arab")
			for count := range 200 {
				if p.N("replies_count", count) == "replies_count" || p.T("title_site", "Title", "a", "Site", "b") != "a – b" {
					t.Error("a text is missing")
				}
			}
		})
	}
	group.Wait()
}

func BenchmarkT(b *testing.B) {
	p := printer("ar", "", "latn")
	for b.Loop() {
		p.T("reply")
	}
}

func BenchmarkN(b *testing.B) {
	p := printer("ar", "", "latn")
	for b.Loop() {
		p.N("replies_count", 17)
	}
}

func BenchmarkAgo(b *testing.B) {
	p := printer("ar", "", "latn")
	for b.Loop() {
		p.Ago(now.Add(-17 * time.Minute))
	}
}
