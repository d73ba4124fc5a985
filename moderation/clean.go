package moderation

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrNotText refuses bytes that are not valid UTF-8, and NUL.
var ErrNotText = errors.New("not UTF-8 text")

// Clean is the boundary: every text that enters Radd (form, import, command line,
// settings) passes it once, and nothing else changes text. It refuses what is not
// UTF-8 or holds a NUL (ErrNotText); brings the rest to NFC; makes CRLF and CR a
// line feed; removes control characters, hidden direction characters (U+202A–202E,
// U+2066–2069), the byte order mark, U+2028, U+2029 and noncharacters; keeps at most four
// combining marks in a row; and trims white space at both ends. LRM, RLM, ALM, ZWNJ, ZWJ
// and tabs stay. hidden tells whether anything was removed that a reader would not
// have seen. Clean is idempotent.
func Clean(s string) (text string, hidden bool, err error) {
	if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
		return "", false, ErrNotText
	}
	text = strings.ReplaceAll(s, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	visible := strings.Map(dropHidden, text)
	hidden = len(visible) != len(text)
	// Removing comes first: what it brings together may compose.
	return strings.TrimSpace(limitMarks(visible)), hidden, nil
}

// CleanLine is Clean for a text of one line: line feeds and tabs become spaces and
// runs of white space one space.
func CleanLine(s string) (text string, hidden bool, err error) {
	text, hidden, err = Clean(s)
	return strings.Join(strings.Fields(text), " "), hidden, err
}

// dropHidden is the mapping of strings.Map that leaves out what no text may hold.
func dropHidden(r rune) rune {
	switch {
	case r == '\n', r == '\t', r >= 0x20 && r < 0x7F, r >= 0xA0 && r < 0x2028: // nearly all text
		return r
	case unicode.IsControl(r),
		r >= 0x202A && r <= 0x202E, // embeddings and overrides
		r >= 0x2066 && r <= 0x2069, // isolates
		r == 0xFEFF,                // byte order mark
		r == 0x2028, r == 0x2029,   // line and paragraph separator
		unicode.Is(unicode.Noncharacter_Code_Point, r):
		return -1
	}
	return r
}

// blank reports whether s shows nothing: only white space, marks without a letter,
// and characters without a glyph.
func blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !invisible(r) }) < 0
}

func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.M, unicode.Other_Default_Ignorable_Code_Point) ||
		r == 0x2800 // the braille pattern without dots
}
