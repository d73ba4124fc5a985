package moderation

import (
	"net/url"
	"regexp"
	"strings"
	"sync"

	"mvdan.cc/xurls/v2"
)

// Span is a part of a text by byte offsets.
type Span struct{ Start, End int }

// linkPattern is compiled at the first comment: it is a large expression.
var linkPattern = sync.OnceValue(func() *regexp.Regexp {
	pattern, err := xurls.StrictMatchingScheme(`https?://`)
	if err != nil {
		panic(err) // the expression is a constant, and the tests compile it
	}
	return pattern
})

// Links returns the http and https addresses in a comment's body, in order. An
// address with a user name in it is left out.
func Links(body string) []Span {
	if !strings.Contains(body, "://") {
		return nil
	}
	var links []Span
	for _, match := range linkPattern().FindAllStringIndex(body, -1) {
		link := linkEnd(body[match[0]:match[1]])
		u, err := url.Parse(link)
		if err == nil && u.User == nil && u.Host != "" {
			links = append(links, Span{Start: match[0], End: match[0] + len(link)})
		}
	}
	return links
}

// linkEnd cuts off what the pattern takes for a part of an address and a writer of
// Arabic does not: quotation marks and direction marks, and punctuation before them.
func linkEnd(link string) string {
	if i := strings.IndexAny(link, "«»‹›“”„‘’\u200E\u200F\u061C"); i >= 0 {
		return strings.TrimRight(link[:i], ".,:;!?،؛؟…")
	}
	return link
}

// withoutLinks returns the text between the links.
func withoutLinks(body string) string {
	links := Links(body)
	if len(links) == 0 {
		return body
	}
	var b strings.Builder
	done := 0
	for _, link := range links {
		b.WriteString(body[done:link.Start])
		done = link.End
	}
	return b.String() + body[done:]
}
