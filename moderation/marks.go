package moderation

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxMarks is how many combining marks may follow each other. Vowelled Arabic needs
// two, Qur'anic text and Vietnamese no more than four.
const maxMarks = 4

// maxNormRun is the longest run of marks left to package norm, which puts thirty
// decomposed ones in order and breaks a longer run up with U+034F. One mark
// decomposes into three at most, and so does the letter before them.
const maxNormRun = 9

// limitMarks brings s to NFC and cuts every run of combining marks to maxMarks.
func limitMarks(s string) string {
	s = normalize(norm.NFC, orderLongRuns(s))
	var b strings.Builder
	b.Grow(len(s))
	marks := 0
	for _, r := range s {
		if !isMark(r) {
			marks = 0
		} else if marks++; marks > maxMarks {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// orderLongRuns shortens the runs of marks that are too long for package norm, so
// that what remains of them is what the Unicode Standard would have left.
func orderLongRuns(s string) string {
	var b strings.Builder
	done, start, count := 0, -1, 0 // s[start:] is a base and count marks
	flush := func(end int) {
		if count > maxNormRun {
			b.WriteString(s[done:start])
			b.WriteString(composeRun(s[start:end]))
			done = end
		}
	}
	for i, r := range s {
		if start >= 0 && isMark(r) {
			count++
			continue
		}
		flush(i)
		start, count = i, 0
	}
	flush(len(s))
	return b.String() + s[done:]
}

// composeRun brings a base and its marks to NFC and leaves out the marks that
// limitMarks would cut.
func composeRun(run string) string {
	var decomposed []rune
	for _, r := range run {
		decomposed = append(decomposed, []rune(norm.NFD.String(string(r)))...)
	}
	orderMarks(decomposed)
	composed := composeMarks(decomposed)
	return string(composed[:min(len(composed), 1+maxMarks)])
}

// composeMarks is the canonical composition algorithm (Unicode Standard, D117): each
// mark joins the last starter where the two compose, unless a mark that stayed
// between them blocks it.
func composeMarks(decomposed []rune) []rune {
	var out []rune
	starter, lastClass := -1, uint8(0) // the index of the last starter; the class of the last of out
	for _, r := range decomposed {
		class := combiningClass(r)
		if starter >= 0 && (starter == len(out)-1 || lastClass < class) {
			if both := []rune(norm.NFC.String(string(out[starter]) + string(r))); len(both) == 1 {
				out[starter] = both[0]
				continue
			}
		}
		if class == 0 {
			starter = len(out)
		}
		out, lastClass = append(out, r), class
	}
	return out
}

// orderMarks puts each run of characters with a combining class in canonical order.
func orderMarks(runes []rune) {
	for start := 0; start < len(runes); start++ {
		end := start
		for end < len(runes) && combiningClass(runes[end]) != 0 {
			end++
		}
		slices.SortStableFunc(runes[start:end], func(a, b rune) int { return int(combiningClass(a)) - int(combiningClass(b)) })
		start = end
	}
}

// isMark is unicode.IsMark, faster where there are none.
func isMark(r rune) bool { return r >= 0x0300 && unicode.IsMark(r) }

func combiningClass(r rune) uint8 { return norm.NFD.PropertiesString(string(r)).CCC() }
