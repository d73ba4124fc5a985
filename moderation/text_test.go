package moderation

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestDirOf(t *testing.T) {
	tests := []struct {
		in             string
		fallback, want Dir
	}{
		{"", RTL, RTL},
		{"", LTR, LTR},
		{"123 - 456 !", RTL, RTL},
		{"👍", LTR, LTR},
		{"مرحبا Radd", LTR, RTL},
		{"Radd مرحبا", RTL, LTR},
		{"«123» مرحبا", LTR, RTL},
		{"١٢٣", LTR, LTR}, // Arabic digits are not strong
		{"שלום", LTR, RTL},
		{"\u200F123 abc", LTR, RTL},
		{"\u200E123 مرحبا", RTL, LTR},
		{"\u2067مرحبا\u2069 abc", RTL, LTR},
		{"\u2066a \u2067b\u2069 c\u2069 مرحبا", LTR, RTL},
		{"\u2069 مرحبا", LTR, RTL},
		{"\u2066مرحبا", LTR, LTR},
		{"\xff\xc3مرحبا", LTR, RTL},
	}
	for _, tt := range tests {
		if got := DirOf(tt.in, tt.fallback); got != tt.want {
			t.Errorf("DirOf(%+q, %s) = %s", tt.in, tt.fallback, got)
		}
	}
}

func TestLangOf(t *testing.T) {
	for in, want := range map[string]string{
		"":        "",
		"123 👍 !": "",
		"مقال جميل جدًا، شكرًا": "ar",
		"A fine article":   "en",
		"قرأت Radd اليوم":  "ar",
		"I read ردّ today": "en",
		"ابتث abcd":        "",
		"Привет":           "",
		"شكرا https://example.com/a-long-address-in-latin-letters": "ar",
		"ابج ab":  "ar", // three of five
		"ابج abc": "",
	} {
		if got := LangOf(in); got != want {
			t.Errorf("LangOf(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"؟!… 👍", ""},
		{"Hello, World!", "hello-world"},
		{"  A  --  b__c ", "a-b-c"},
		{"أسعار الخبز ترتفع ١٠٪", "أسعار-الخبز-ترتفع-١٠"},
		{"مُدَوَّنَةٌ جـــديدة", "مدونة-جديدة"},
		{"آراء ومُؤَسَّسات", "آراء-ومؤسسات"},
		{"می\u200Cخواهم", "میخواهم"},
		{"Don't panic", "dont-panic"},
		{"Café Ünal", "café-ünal"},
		{"İstanbul", "istanbul"},
		{"ﻻ ﷺ", "لا-صلى-الله-عليه-وسلم"},
		{"हिन्दी समाचार", "हिन्दी-समाचार"},
		{"\u202Eabc\uFEFF", "abc"},
		{"J\u030C", "ǰ"},
		{"a" + strings.Repeat("\u1161", 40), "a" + strings.Repeat("\u1161", 40)},
		{"a" + strings.Repeat("\u0323", 40), "ạ\u0323\u0323\u0323\u0323"},
		{"a\xffb", "a-b"},
		{"../../etc/passwd?x=#y%2f", "etc-passwd-x-y-2f"},
		{strings.Repeat("كلمة ", 30), strings.Repeat("كلمة-", 15) + "كلمة"},
		{strings.Repeat("ب", 100), strings.Repeat("ب", 80)},
		{"a " + strings.Repeat("b", 100), "a"},
		{"a " + strings.Repeat("b", 78) + " c", "a-" + strings.Repeat("b", 78)},
		{"\u0301a \u0301b", "a-b"},
	}
	for _, tt := range tests {
		if got := Slug(tt.in); got != tt.want {
			t.Errorf("Slug(%+q) = %q (%+q), want %q", tt.in, got, got, tt.want)
		}
	}
}

func TestSlugProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyBytes().Draw(t, "title")
		got := Slug(in)
		if again := Slug(got); again != got {
			t.Fatalf("not idempotent: %+q, then %+q", got, again)
		}
		if utf8.RuneCountInString(got) > 80 || strings.ContainsAny(got, " /?#%.\\\"'<>&\n\t") || strings.Trim(got, "-") != got {
			t.Fatalf("Slug(%+q) = %+q", in, got)
		}
		if clean, _, err := Clean(got); clean != got || err != nil {
			t.Fatalf("%+q is not clean: %+q, %v", got, clean, err)
		}
	})
}

func TestReadingMinutes(t *testing.T) {
	for in, want := range map[string]int{
		"":                                    1,
		"# عنوان\n\n- - -\n":                  1,
		strings.Repeat("كلمة ", 180):          1,
		strings.Repeat("كلمة ", 181):          2,
		strings.Repeat("- كلمة\n", 360):       2,
		strings.Repeat("> **word** —\n", 900): 5,
	} {
		if got := ReadingMinutes(in); got != want {
			t.Errorf("ReadingMinutes(%.20q) = %d, want %d", in, got, want)
		}
	}
}

func TestLinks(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"example.com www.example.com mailto:a@example.com ftp://example.com", nil},
		{"javascript://example.com", nil},
		{"انظر https://example.com/مقال، ثم http://b.com؟", []string{"https://example.com/مقال", "http://b.com"}},
		{"(https://a.com/a_(b)) «https://a.com» “http://b.com.”", []string{"https://a.com/a_(b)", "https://a.com", "http://b.com"}},
		{"HTTPS://EXAMPLE.com.", []string{"HTTPS://EXAMPLE.com"}},
		{"https://example.com/?a=b&c=d#e,", []string{"https://example.com/?a=b&c=d#e"}},
		{"https://مثال.إختبار/صفحة؛", []string{"https://مثال.إختبار/صفحة"}},
		{"https://user:pw@example.com https://a@b.com https://c.com", []string{"https://c.com"}},
		{"https://a.com\u200Fنص", []string{"https://a.com"}},
		{"https://«»", nil},
		{"http://a.com\nhttp://a.com", []string{"http://a.com", "http://a.com"}},
	}
	for _, tt := range tests {
		var got []string
		for _, link := range Links(tt.in) {
			got = append(got, tt.in[link.Start:link.End])
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("Links(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func checkLinks(t interface{ Fatalf(string, ...any) }, in string) {
	end := 0
	for _, link := range Links(in) {
		if link.Start < end || link.End <= link.Start || link.End > len(in) {
			t.Fatalf("span %v after %d of %d in %+q", link, end, len(in), in)
		}
		end = link.End
		address := strings.ToLower(in[link.Start:link.End])
		if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
			t.Fatalf("link %q", address)
		}
	}
}

func TestLinksProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkLinks(t, strings.Join(rapid.SliceOfN(rapid.OneOf(webLike(), text()), 0, 5).Draw(t, "parts"), " "))
	})
}

func FuzzLinks(f *testing.F) {
	for _, seed := range []string{"https://example.com/مقال، ثم", "http://a@b", "https://«", "http://[::1]/\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) { checkLinks(t, in) })
}

// No bytes upset the functions that look at text.
func TestTextIsTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyBytes().Draw(t, "text")
		if dir := DirOf(in, RTL); dir != RTL && dir != LTR {
			t.Fatalf("direction %q", dir)
		}
		if lang := LangOf(in); lang != "" && lang != "ar" && lang != "en" {
			t.Fatalf("language %q", lang)
		}
		if ReadingMinutes(in) < 1 {
			t.Fatal("less than a minute")
		}
	})
}
