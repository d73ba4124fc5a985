package exchange

import (
	"strings"
	"unicode/utf8"

	"radd/moderation"
)

// clean passes a text through the boundary. What the boundary would refuse was
// made text before, so nothing is lost here.
func clean(s string) string {
	text, _, err := moderation.Clean(s)
	if err != nil {
		text, _, _ = moderation.Clean(strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", ""))
	}
	return text
}

// cleanLine is clean for a text of one line.
func cleanLine(s string) string {
	line, _, _ := moderation.CleanLine(clean(s)) // valid after clean
	return line
}

// plainLine makes one clean line of a field that may hold HTML.
func plainLine(s string) string { return cleanLine(htmlText(s)) }

// cutRunes shortens a text to n characters and tells whether it was longer.
func cutRunes(s string, n int) (string, bool) {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s, false
	}
	return clean(string([]rune(s)[:n])), true
}
