package moderation

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"vowel marks", "كِتَابٌ مُحَمَّدٍ", "كتاب محمد"},
		{"tatweel", "جمـــيل", "جميل"},
		{"alef", "أحمد إبراهيم آمن ٱلله", "احمد ابراهيم امن الله"},
		{"hamza seats", "سؤال شيئ رأي", "سوال شيي راي"},
		{"bare hamza stays", "سماء", "سماء"},
		{"decomposed hamza", "ا\u0654حمد", "احمد"},
		{"ta marbuta and alef maksura", "مدرسة على", "مدرسه علي"},
		{"Persian and Urdu", "کتابی گل ہم ھے ۀ", "كتابي كل هم هي ه"},
		{"Arabic-Indic and Persian digits", "٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹", "0123456789 0123456789"},
		{"digits keep their runs", "1000 ١٠٠٠ 7777", "1000 1000 7777"},
		{"three of a letter", "جمييييل جداااا coooool", "جميل جدا col"},
		{"two of a letter", "الله ممتاز committee", "الله ممتاز committee"},
		{"runs through tatweel and marks", "رـاَااائع", "رايع"},
		{"lam-alef ligature", "ﻻ ﺍﻟﻌﺮﺑﻴﺔ", "لا العربيه"},
		{"word ligatures", "ﷺ ﷲ", "صلي الله عليه وسلم الله"},
		{"single marks in presentation forms", "كﹰتب", "كتب"},
		{"Latin", "ÉCOLE Straße Ｆｕｌｌ ﬁn", "ecole straße full fin"},
		{"dotted capital i", "İstanbul", "istanbul"},
		{"zero width and direction", "ك\u200Bت\u200Cا\u200Dب\u200F \u202Eab\u2066c\uFEFF\u00AD", "كتاب abc"},
		{"variation selectors", "❤\uFE0F", "❤"},
		{"white space", " \t a\u00A0\u3000\n b\r\n", "a b"},
		{"control characters", "a\x00b\x1Bc", "abc"},
		{"broken bytes", "a\xffb", "a b"},
		{"emoji stay", "👍👍👍👍", "👍👍👍👍"},
		{"piled marks of other scripts", "ב" + strings.Repeat("\u05B8", 40), "ב" + strings.Repeat("\u05B8", 4)},
		{"many Korean vowels", strings.Repeat("\u1161", 70) + strings.Repeat("ﾡￂ", 40), "\u1161" + "가"},
		{"Korean is composed again", "각각", "각각"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Fold(tt.in); got != tt.want {
				t.Errorf("Fold(%+q) = %q (%+q), want %q", tt.in, got, got, tt.want)
			}
		})
	}
}

func TestWords(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"،؛؟ … 👍", nil},
		{"قال: «أهلًا وسهلًا»، ثم ٣ مرّات!", []string{"قال", "اهلا", "وسهلا", "ثم", "3", "مرات"}},
		{"e-mail it's x_y", []string{"e", "mail", "it", "s", "x", "y"}},
		{"नमस्ते दुनिया", []string{"नमस्ते", "दुनिया"}},
	}
	for _, tt := range tests {
		if got := Words(tt.in); !slices.Equal(got, tt.want) {
			t.Errorf("Words(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func checkFold(t interface{ Fatalf(string, ...any) }, in string) {
	got := Fold(in)
	if again := Fold(got); again != got {
		t.Fatalf("not idempotent: %+q gave %+q, then %+q", in, got, again)
	}
	if slow := foldNorm(strings.ToValidUTF8(in, " ")); slow != got {
		t.Fatalf("the short way folds %+q to %+q, the long one to %+q", in, got, slow)
	}
	if !utf8.ValidString(got) || strings.TrimSpace(got) != got || strings.Contains(got, "  ") {
		t.Fatalf("Fold(%+q) = %+q", in, got)
	}
	if len(got) > 18*len(in)+18 {
		t.Fatalf("Fold grew %d bytes to %d", len(in), len(got))
	}
	for _, word := range Words(in) {
		if word == "" || Fold(word) != word || !slices.Equal(Words(word), []string{word}) {
			t.Fatalf("word %+q of %+q", word, in)
		}
	}
}

func TestFoldProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkFold(t, anyBytes().Draw(t, "text")) })
}

// What a reader cannot see, and how a word is vowelled or stretched, folds away.
func TestFoldIgnoresDisguise(t *testing.T) {
	disguise := []string{"", "\u200B", "\u200C", "\u200D", "\u200F", "\u00AD", "ـ", "َ", "ّ", "ٓ", "\u0301", "\u202E", "\uFE0F"}
	letters := []rune("ابتثجحخدرسعفقكلمنهوي")
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SliceOfNDistinct(rapid.SampledFrom(letters), 1, 8, rapid.ID[rune]).Draw(t, "word")
		var b strings.Builder
		for _, r := range word {
			b.WriteString(strings.Repeat(string(r), rapid.SampledFrom([]int{1, 1, 3, 7}).Draw(t, "times")))
			b.WriteString(rapid.SampledFrom(disguise).Draw(t, "disguise"))
		}
		if got := Fold(b.String()); got != string(word) {
			t.Fatalf("Fold(%+q) = %q, want %q", b.String(), got, string(word))
		}
	})
}

func TestFoldAndSlugEveryCharacter(t *testing.T) {
	everyRune(t, func(r rune) {
		in := "ا" + string(r) + "ب " + strings.Repeat(string(r), 3) + " か" + string(r) + "\u3099a" + string(r)
		folded := Fold(in)
		if again := Fold(folded); again != folded {
			t.Errorf("%U: folded %+q, then %+q", r, folded, again)
		}
		alone := string(r) + "ا" + string(r)
		if short, long := Fold(alone), foldNorm(alone); short != long {
			t.Errorf("%U: the short way gives %+q, the long one %+q", r, short, long)
		}
		slug := Slug(in)
		if again := Slug(slug); again != slug {
			t.Errorf("%U: slug %+q, then %+q", r, slug, again)
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"", "كِتَابٌ ﷺ", "\xff\xed\xa0\x80", "cooool ـــ", string(tricky)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) { checkFold(t, in) })
}

// Twice the text may not cost much more than twice the time.
func TestFoldIsLinear(t *testing.T) {
	cost := func(size int) time.Duration {
		in := strings.Repeat("كِتَااابٌ ﷺ \u0301\u0323", size)
		best := time.Hour
		for range 5 {
			start := time.Now()
			Fold(in)
			best = min(best, time.Since(start))
		}
		return best
	}
	if small, large := cost(1000), cost(16_000); large > 16*8*small {
		t.Errorf("16 times the text took %v after %v", large, small)
	}
}

func TestContentKey(t *testing.T) {
	base := Comment{ArticleID: 1, ParentID: 2, Name: "أحمد", Email: "a@example.com", Body: "كتابٌ جميل"}
	with := func(change func(*Comment)) Comment {
		c := base
		change(&c)
		return c
	}
	same := map[string]Comment{
		"other spelling": with(func(c *Comment) { c.Body = " كتـاب  جميييل" }),
		"e-mail in case": with(func(c *Comment) { c.Email = "A@Example.com" }),
		"other name":     with(func(c *Comment) { c.Name = "سعيد" }),
		"other id":       with(func(c *Comment) { c.ID, c.Version, c.Status = 9, 3, Spam }),
	}
	for name, c := range same {
		if ContentKey(c) != ContentKey(base) {
			t.Errorf("%s: key differs", name)
		}
	}
	different := map[string]Comment{
		"article":      with(func(c *Comment) { c.ArticleID = 3 }),
		"parent":       with(func(c *Comment) { c.ParentID = 0 }),
		"ids swapped":  with(func(c *Comment) { c.ArticleID, c.ParentID = 2, 1 }),
		"e-mail":       with(func(c *Comment) { c.Email = "b@example.com" }),
		"no e-mail":    with(func(c *Comment) { c.Email = "" }),
		"body":         with(func(c *Comment) { c.Body = "كتاب قبيح" }),
		"a name like":  with(func(c *Comment) { c.Name, c.Email = "a@example.com", "" }),
		"body in name": with(func(c *Comment) { c.Email, c.Body = "a@example.comك", "تاب جميل" }),
		"no letters":   with(func(c *Comment) { c.Body = "\u200D" }),
		"no letters 2": with(func(c *Comment) { c.Body = "\u200C" }),
		"emoji":        with(func(c *Comment) { c.Body = "👍" }),
	}
	keys := map[string]string{ContentKey(base): "base"}
	for name, c := range different {
		key := ContentKey(c)
		if other, taken := keys[key]; taken {
			t.Errorf("%s has the key of %s", name, other)
		}
		if len(key) != 64 || strings.Contains(key, "example") {
			t.Errorf("%s: key %q", name, key)
		}
		keys[key] = name
	}
	nameless := with(func(c *Comment) { c.Email = "" })
	spelled := with(func(c *Comment) { c.Email, c.Name = "", "احمـد" })
	if ContentKey(nameless) != ContentKey(spelled) {
		t.Error("a name in another spelling is another author")
	}
}
