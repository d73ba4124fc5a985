package moderation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxSlug is the length of an address part in characters.
const maxSlug = 80

// Slug makes an address part of a title: letters and digits of any script in lower
// case, without vowel marks, joined by hyphens, at most 80 characters (whole words
// where possible). Empty where the title has neither letters nor digits. The slug of
// a slug is itself.
func Slug(title string) string {
	s := norm.NFKC.String(strings.ToValidUTF8(title, " "))
	return cutSlug(normalize(norm.NFKC, slugRunes(s)))
}

// slugRunes keeps letters and digits, and makes a hyphen of anything between them.
func slugRunes(s string) string {
	var b strings.Builder
	gap, marks := false, 0
	for _, r := range s {
		switch {
		case leftOutOfSlug(r):
			continue
		case unicode.IsMark(r):
			// A mark belongs to a letter, and only so many do.
			if marks++; gap || b.Len() == 0 || marks > maxMarks {
				continue
			}
		case isWordRune(r):
			marks = 0
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
		default:
			gap = true
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// leftOutOfSlug finds what stands inside words without being a letter: vowel marks,
// tatweel, joiners and apostrophes. The hamza and madda above and below are no vowels.
func leftOutOfSlug(r rune) bool {
	switch {
	case r >= 0x0653 && r <= 0x0655:
		return false
	case r >= 0x0610 && r <= 0x061A, r >= 0x064B && r <= 0x065F, r >= 0x06D6 && r <= 0x06ED:
		return true
	case r == 0x0640, r == 0x0670, r == '\'', r == '’', r == 0x034F: // the last comes from package norm
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector)
}

// cutSlug shortens the slug at a hyphen, or in the word where there is only one.
func cutSlug(slug string) string {
	if utf8.RuneCountInString(slug) <= maxSlug {
		return slug
	}
	runes := []rune(slug)
	cut := string(runes[:maxSlug])
	if i := strings.LastIndexByte(cut, '-'); i > 0 && runes[maxSlug] != '-' {
		cut = cut[:i]
	}
	return cut
}
