package moderation

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// normalize is form.String, but adds nothing: package norm puts U+034F into runs of
// more than thirty characters that could compose with the one before, and counts
// Hangul vowels and final consonants among them. Here the text is normalised in
// pieces that end before each of those that composes with nothing.
func normalize(form norm.Form, s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return isHangulVowel(r) || isHangulFinal(r) }) {
		return form.String(s)
	}
	var b strings.Builder
	done, before := 0, rune(0)
	for i, r := range s {
		if isHangulVowel(r) && !isHangulLead(before) || isHangulFinal(r) && !isHangulVowel(before) && !isHangulSyllable(before) {
			b.WriteString(form.String(s[done:i]))
			done = i
		}
		before = r
	}
	b.WriteString(form.String(s[done:]))
	return b.String()
}

// The ranges of the Unicode Standard, section 3.12.
func isHangulLead(r rune) bool     { return r >= 0x1100 && r <= 0x1112 }
func isHangulVowel(r rune) bool    { return r >= 0x1161 && r <= 0x1175 }
func isHangulFinal(r rune) bool    { return r >= 0x11A8 && r <= 0x11C2 }
func isHangulSyllable(r rune) bool { return r >= 0xAC00 && r <= 0xD7A3 }
