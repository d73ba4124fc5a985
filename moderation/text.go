package moderation

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// DirOf returns the direction of the first strong character of s, and fallback
// where there is none (Unicode Bidirectional Algorithm, rules P2 and P3).
func DirOf(s string, fallback Dir) Dir {
	isolates := 0
	for _, r := range s {
		properties, _ := bidi.LookupRune(r)
		switch properties.Class() {
		case bidi.LRI, bidi.RLI, bidi.FSI:
			isolates++ // what is isolated does not count (P2)
		case bidi.PDI:
			isolates = max(isolates-1, 0)
		case bidi.L:
			if isolates == 0 {
				return LTR
			}
		case bidi.R, bidi.AL:
			if isolates == 0 {
				return RTL
			}
		default:
		}
	}
	return fallback
}

// LangOf returns "ar" or "en" by the script that at least three in five letters of s
// are written in, or "" where neither prevails. Links are not counted.
func LangOf(s string) string {
	arabic, latin, letters := 0, 0, 0
	for _, r := range withoutLinks(s) {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		switch {
		case unicode.Is(unicode.Arabic, r):
			arabic++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	switch {
	case letters == 0:
		return ""
	case arabic*5 >= letters*3:
		return "ar"
	case latin*5 >= letters*3:
		return "en"
	}
	return ""
}

// wordsPerMinute is a careful reader's pace in Arabic and English newspapers.
const wordsPerMinute = 180

// ReadingMinutes returns how long the Markdown text takes to read, at least 1.
// Marks of Markdown that stand alone (list bullets, rules, fences) are no words.
func ReadingMinutes(body string) int {
	words := 0
	for field := range strings.FieldsSeq(body) {
		if strings.ContainsFunc(field, isWordRune) {
			words++
		}
	}
	return max(1, (words+wordsPerMinute-1)/wordsPerMinute)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
