package moderation

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings many spellings to one, for search, duplicates and related articles:
// NFKC, lower case, without vowel marks, accents, tatweel, zero-width and direction
// characters; أإآٱ as ا, ى and ئ as ي, ؤ as و, ة as ه, Persian and Urdu letters as
// Arabic ones, Arabic-Indic and Persian digits as 0–9; runs of three or more of one
// letter as one; white space as one space, and none at the ends. Any bytes in, no
// panic; idempotent.
func Fold(s string) string {
	s = strings.ToValidUTF8(s, " ")
	if strings.IndexFunc(s, needsNorm) < 0 {
		return foldRuns(foldRunes(s))
	}
	return foldNorm(s)
}

// foldNorm is Fold for any text. Decomposing first splits letters from their marks.
func foldNorm(s string) string {
	s = norm.NFKD.String(strings.Map(dropLooseMark, s))
	return foldRuns(normalize(norm.NFKC, foldRunes(s)))
}

// Words returns the folded words of s: runs of letters and digits.
func Words(s string) []string {
	return strings.FieldsFunc(Fold(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// ContentKey is equal for two comments by the same author with the same folded text
// in the same place. It is a hash: it tells nothing about them.
func ContentKey(c Comment) string {
	author := "name:" + Fold(c.Name)
	if c.Email != "" {
		author = "email:" + strings.ToLower(c.Email)
	}
	text := Fold(c.Body)
	if text == "" {
		text = c.Body
	}
	hash := sha256.New()
	for _, part := range []string{c.ArticleID.String(), c.ParentID.String(), author, text} {
		// The length before each part keeps ("ab", "c") apart from ("a", "bc").
		_, _ = hash.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		_, _ = hash.Write([]byte(part))
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// dropLooseMark leaves out the presentation forms of single vowel marks, which NFKC
// would turn into a space and the mark, cutting a word in two.
func dropLooseMark(r rune) rune {
	if r >= 0xFC5E && r <= 0xFC63 || r >= 0xFE70 && r <= 0xFE7F {
		return -1
	}
	return r
}

// foldRunes folds character by character: decomposed text, or text that needs no
// decomposing, and leaves no white space at the ends.
func foldRunes(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space, marks := false, 0
	for _, r := range s {
		r = foldRune(r)
		switch {
		case r < 0:
			continue
		case unicode.IsSpace(r):
			space, marks = true, 0
			continue
		case !unicode.IsMark(r):
			marks = 0
		case marks == maxMarks:
			continue
		default:
			marks++
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// foldRune returns the folded form of one character, -1 for none.
func foldRune(r rune) rune {
	if r >= arabicBlock && r < arabicBlock+0x100 {
		return foldedArabic[r-arabicBlock]
	}
	return foldAnyRune(r)
}

func foldAnyRune(r rune) rune {
	switch {
	case r < 0x80 && !unicode.IsControl(r):
		return unicode.ToLower(r)
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(foldedAway, r), unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector):
		return -1
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	}
	if letter, ok := foldedLetters[r]; ok {
		return letter
	}
	return unicode.ToLower(r)
}

// foldRuns shortens runs of three or more of one letter to one. Digits keep their
// runs (1000 is not 10), and so do two equal letters.
func foldRuns(s string) string {
	var b strings.Builder
	done, start, length := 0, 0, 0 // s[start:] begins with length times last
	last := utf8.RuneError
	flush := func(end int) {
		if length > 2 && unicode.IsLetter(last) {
			b.WriteString(s[done:start])
			b.WriteRune(last)
			done = end
		}
	}
	for i, r := range s {
		if r == last {
			length++
			continue
		}
		flush(i)
		last, start, length = r, i, 1
	}
	flush(len(s))
	return b.String() + s[done:]
}
