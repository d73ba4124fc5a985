package moderation

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	tests := []struct {
		name, in, want string
		hidden         bool
	}{
		{"empty", "", "", false},
		{"vowelled Arabic", "كِتَابٌ جَمِيلٌ", "كِتَابٌ جَمِيلٌ", false},
		{"shadda with vowel", "مُحَمَّدٌ", norm.NFC.String("مُحَمَّدٌ"), false},
		{"Persian with ZWNJ", "می\u200Cخواهم", "می\u200Cخواهم", false},
		{"emoji family", "👩\u200D👩\u200D👧 ❤\uFE0F", "👩\u200D👩\u200D👧 ❤\uFE0F", false},
		{"direction marks stay", "abc\u200E \u200Fابج\u061C.", "abc\u200E \u200Fابج\u061C.", false},
		{"joiners at the ends stay", "\u200Dab\u200C", "\u200Dab\u200C", false},
		{"NFC", "e\u0301 ا\u0653", "é آ", false},
		{"no NFKC", "ﷺ ﻻ ① ﬁ", "ﷺ ﻻ ① ﬁ", false},
		{"CRLF and CR", "a\r\nb\rc\n\r\nd", "a\nb\nc\n\nd", false},
		{"tabs stay", "a\tb", "a\tb", false},
		{"trim", " \t\n\u00A0\u3000 a b \u2003\n", "a b", false},
		{"inner white space stays", "a \n\n\n  b", "a \n\n\n  b", false},
		{"overrides", "user\u202Egpj.exe\u202C", "usergpj.exe", true},
		{"embeddings", "\u202Aa\u202Bb\u202Dc", "abc", true},
		{"isolates", "\u2066a\u2067b\u2068c\u2069", "abc", true},
		{"byte order mark", "\uFEFFa\uFEFF", "a", true},
		{"line separators", "a\u2028b\u2029c", "abc", true},
		{"C0 and DEL", "a\x01b\x08c\x1Bd\x7Fe\x0Bf\x0Cg", "abcdefg", true},
		{"C1", "a\u0080b\u0085c\u009Fd", "abcd", true},
		{"noncharacters", "a\uFDD0b\uFDEFc\uFFFEd\uFFFFe\U0001FFFEf\U0010FFFFg", "abcdefg", true},
		{"removal makes composition", "e\u202E\u0301", "é", true},
		{"removal uncovers white space", "\uFEFF a \u202C", "a", true},
		{"only hidden", "\u202E\u2066", "", true},
		{"four marks stay", "x\u0316\u0317\u0318\u0319", "x\u0316\u0317\u0318\u0319", false},
		{"a fifth mark goes", "x\u0316\u0317\u0318\u0319\u031Cy", "x\u0316\u0317\u0318\u0319y", false},
		{"composed first, counted then", "a" + strings.Repeat("\u0301", 1200), "á\u0301\u0301\u0301\u0301", false},
		{"marks without a letter", strings.Repeat("\u0301", 9), "\u0301\u0301\u0301\u0301", false},
		{"replacement character is text", "a\uFFFDb", "a\uFFFDb", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, hidden, err := Clean(tt.in)
			if err != nil || got != tt.want || hidden != tt.hidden {
				t.Errorf("Clean(%+q) = %+q, %v, %v; want %+q, %v", tt.in, got, hidden, err, tt.want, tt.hidden)
			}
		})
	}
}

func TestCleanRefuses(t *testing.T) {
	for _, in := range []string{"\x00", "a\x00b", "\xff", "a\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80"} {
		if text, hidden, err := Clean(in); !errors.Is(err, ErrNotText) || text != "" || hidden {
			t.Errorf("Clean(%+q) = %+q, %v, %v", in, text, hidden, err)
		}
		if text, _, err := CleanLine(in); !errors.Is(err, ErrNotText) || text != "" {
			t.Errorf("CleanLine(%+q) = %+q, %v", in, text, err)
		}
	}
}

func TestCleanLine(t *testing.T) {
	for in, want := range map[string]string{
		"أحمد \t\n العلي":       "أحمد العلي",
		"a\u00A0\u00A0b\u3000c": "a b c",
		"a\r\nb\rc":             "a b c",
		"\n\t":                  "",
		"علي\u200Cرضا":          "علي\u200Cرضا",
	} {
		if got, hidden, err := CleanLine(in); got != want || hidden || err != nil {
			t.Errorf("CleanLine(%+q) = %+q, %v, %v; want %+q", in, got, hidden, err, want)
		}
	}
	if got, hidden, _ := CleanLine("Admin\u202E nimdA"); got != "Admin nimdA" || !hidden {
		t.Errorf("override in a name: %+q, %v", got, hidden)
	}
}

// Marks beyond what package norm orders at once are ordered as Unicode says.
func TestCleanOrdersLongRuns(t *testing.T) {
	in := "s" + strings.Repeat("\u0301", 40) + strings.Repeat("\u0323", 40)
	if got, _, _ := Clean(in); got != "ṣ\u0323\u0323\u0323\u0323" {
		t.Errorf("got %+q", got)
	}
	in = "o" + strings.Repeat("\u0302", 35) + "\u0323\u031B"
	if got, _, _ := Clean(in); got != "ợ\u0302\u0302\u0302\u0302" {
		t.Errorf("got %+q", got)
	}
	in = "ক" + strings.Repeat("\u09C7\u09BE", 20)
	if got, _, _ := Clean(in); got != "ক\u09CB\u09CB\u09CB\u09CB" {
		t.Errorf("got %+q", got)
	}
	in = "s" + strings.Repeat("\u0337", 10) + "\u09C7\u030C" // the caron is the vowel sign's
	if got, _, _ := Clean(in); got != "s\u0337\u0337\u0337\u0337" {
		t.Errorf("got %+q", got)
	}
	vowels := strings.Repeat("\u1161", 70)
	for in, want := range map[string]string{
		vowels:                             vowels,
		"\u1100" + vowels + "\u11A8":       "가" + vowels[3:] + "\u11A8",
		strings.Repeat("\u11A8", 40):       strings.Repeat("\u11A8", 40),
		strings.Repeat("가\u11A8", 40):      strings.Repeat("각", 40),
		strings.Repeat("\u1161\u0301", 40): strings.Repeat("\u1161\u0301", 40),
	} {
		if got, _, _ := Clean(in); got != want {
			t.Errorf("Clean(%+q) = %+q", in, got)
		}
	}
}

func TestCleanEveryCharacter(t *testing.T) {
	everyRune(t, func(r rune) {
		in := "a" + string(r) + "ب"
		got, hidden, err := Clean(in)
		if err != nil {
			t.Fatalf("%U: %v", r, err)
		}
		dropped := unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || r >= 0x202A && r <= 0x202E ||
			r >= 0x2066 && r <= 0x2069 || r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE ||
			r == 0x2028 || r == 0x2029 || r == 0xFEFF
		want := norm.NFC.String(in)
		if dropped {
			want = "aب"
		} else if r == '\r' {
			want = "a\nب"
		}
		if got != want || hidden != dropped {
			t.Errorf("%U: %+q, %v; want %+q, %v", r, got, hidden, want, dropped)
		}
	})
}

// checkClean states what holds for every text that passed.
func checkClean(t interface{ Fatalf(string, ...any) }, in string) {
	got, _, err := Clean(in)
	if err != nil {
		if utf8.ValidString(in) && !strings.Contains(in, "\x00") {
			t.Fatalf("Clean(%+q): %v", in, err)
		}
		return
	}
	again, hidden, err := Clean(got)
	if again != got || hidden || err != nil {
		t.Fatalf("not idempotent: %+q, then %+q, %v, %v", got, again, hidden, err)
	}
	if normalize(norm.NFC, got) != got {
		t.Fatalf("not NFC: %+q", got)
	}
	marks := 0
	for _, r := range got {
		if marks++; !unicode.IsMark(r) {
			marks = 0
		}
		if marks > 4 {
			t.Fatalf("five marks in %+q", got)
		}
	}
	line, _, err := CleanLine(in)
	if err != nil || strings.ContainsAny(line, "\n\t") || strings.Contains(line, "  ") {
		t.Fatalf("CleanLine(%+q) = %+q, %v", in, line, err)
	}
	if twice, _, _ := CleanLine(line); twice != line {
		t.Fatalf("CleanLine is not idempotent: %+q, then %+q", line, twice)
	}
}

func TestCleanProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkClean(t, anyBytes().Draw(t, "text")) })
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", "مرحبا", "e\u202E\u0301", "a\u0301\u0323\u031B", "\r\n \uFEFF", "\xff\x00", string(tricky)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) { checkClean(t, in) })
}
