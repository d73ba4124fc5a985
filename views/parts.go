package views

import (
	"slices"
	"unicode/utf8"

	"radd/moderation"
)

// Parts cuts a comment's body at its links and at the marks, which are byte offsets
// of evidence. The texts of the parts in a row are the body, byte for byte. Marks
// that overlap count as one, and one that lies outside the body is left out.
func Parts(body string, marks []moderation.Span) []Part {
	links := moderation.Links(body)
	marks = slices.DeleteFunc(slices.Clone(marks), func(s moderation.Span) bool { return !inside(s, body) })
	cuts := make([]int, 0, 2+2*len(links)+2*len(marks))
	cuts = append(cuts, 0, len(body))
	for _, spans := range [2][]moderation.Span{links, marks} {
		for _, s := range spans {
			cuts = append(cuts, s.Start, s.End)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	parts := make([]Part, 0, len(cuts))
	for i := 1; i < len(cuts); i++ {
		part := Part{Text: body[cuts[i-1]:cuts[i]]}
		if link, ok := covering(links, cuts[i-1]); ok {
			part.Href = body[link.Start:link.End]
		}
		_, part.Mark = covering(marks, cuts[i-1])
		parts = append(parts, part)
	}
	return parts
}

// inside reports whether s is a part of body that begins and ends between characters.
func inside(s moderation.Span, body string) bool {
	if s.Start < 0 || s.Start >= s.End || s.End > len(body) {
		return false
	}
	return utf8.RuneStart(body[s.Start]) && (s.End == len(body) || utf8.RuneStart(body[s.End]))
}

func covering(spans []moderation.Span, at int) (moderation.Span, bool) {
	for _, s := range spans {
		if s.Start <= at && at < s.End {
			return s, true
		}
	}
	return moderation.Span{}, false
}
