package exchange

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlText turns a comment's HTML into plain text: paragraphs and breaks become
// lines, a link's address follows its text, quotations get "> ", lists their marks.
// Bare line feeds count, as they do in WordPress. Scripts and styles are left out.
func htmlText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	z := html.NewTokenizer(strings.NewReader(s))
	var w textWriter
	for {
		switch z.Next() {
		case html.ErrorToken:
			w.text(string(z.Raw())) // a "<" at the end that began no tag
			return w.b.String()
		case html.TextToken:
			w.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(z.Token())
		case html.EndTagToken:
			w.end(z.Token().DataAtom)
		case html.CommentToken:
			if section, ok := strings.CutPrefix(string(z.Text()), "[CDATA["); ok { // text to XML, a comment to HTML
				w.text(strings.TrimSuffix(section, "]]"))
			}
		case html.DoctypeToken: // no text
		}
	}
}

// maxMarks bounds how deep quotations, lists and links are followed.
const maxMarks = 16

// textWriter collects the lines.
type textWriter struct {
	b      strings.Builder
	lines  int    // line feeds due before the next text
	eat    eating // white space before the next text that belongs to the markup
	drop   bool   // the next text is no text (script, style)
	quotes int    // depth of quotations
	mark   string // of a list entry, due before the next text
	lists  []int  // the number of the last entry, or -1 for a list without numbers
	links  []openLink
}

// eating is how much white space the markup before a text makes meaningless.
type eating int

const (
	eatNothing eating = iota
	eatLine           // the rest of the line, behind a break
	eatAll            // all, at the edge of a block
)

// openLink is a link whose end has not come.
type openLink struct {
	address string
	start   int // where its text begins
}

// text writes text as it is, with its line feeds.
func (w *textWriter) text(s string) {
	if w.drop {
		w.drop = false
		return
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	switch w.eat {
	case eatNothing:
	case eatLine:
		s = strings.TrimPrefix(strings.TrimLeft(s, " \t"), "\n")
	case eatAll:
		s = strings.TrimLeft(s, " \t\n")
	}
	if s != "" {
		w.eat = eatNothing
	}
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			w.lines++
		}
		if line != "" {
			w.write(line)
		}
	}
}

// write writes a piece of one line, with what is due before it.
func (w *textWriter) write(s string) {
	if w.b.Len() == 0 {
		w.lines = 0
	}
	prefix := strings.Repeat("> ", w.quotes)
	if w.b.Len() == 0 || w.lines > 0 {
		w.b.WriteString(strings.Repeat("\n", w.lines) + prefix)
	}
	w.b.WriteString(w.mark + s)
	w.lines, w.mark, w.eat = 0, "", eatNothing
}

// atLeast makes n line feeds due before the next text.
func (w *textWriter) atLeast(n int) {
	if n > 0 {
		w.lines = max(w.lines, n)
		w.eat = eatAll
	}
}

func (w *textWriter) start(t html.Token) {
	w.drop = false
	switch t.DataAtom {
	case atom.Br:
		w.lines++
		w.eat = eatLine
	case atom.Script, atom.Style, atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript:
		w.drop = t.Type == html.StartTagToken
	case atom.Blockquote:
		w.atLeast(2)
		w.quotes = min(w.quotes+1, maxMarks)
	case atom.Ul, atom.Ol:
		w.list(t.DataAtom)
	case atom.Li:
		w.entry()
	case atom.A:
		w.link(t)
	case atom.Img:
		w.image(t)
	default:
		w.atLeast(blockLines(t.DataAtom))
	}
}

func (w *textWriter) end(a atom.Atom) {
	w.drop = false
	switch a {
	case atom.Blockquote:
		w.quotes = max(w.quotes-1, 0)
		w.atLeast(2)
	case atom.Ul, atom.Ol:
		if len(w.lists) > 0 {
			w.lists = w.lists[:len(w.lists)-1]
		}
		w.atLeast(1)
	case atom.A:
		w.linkEnd()
	default:
		w.atLeast(blockLines(a))
	}
}

// blockLines is how many line feeds stand around an element.
func blockLines(a atom.Atom) int {
	switch a {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Pre, atom.Table, atom.Figure, atom.Hr:
		return 2
	case atom.Div, atom.Tr, atom.Li, atom.Dt, atom.Dd, atom.Dl, atom.Section, atom.Article, atom.Figcaption:
		return 1
	default:
		return 0
	}
}

func (w *textWriter) list(a atom.Atom) {
	w.atLeast(1)
	if len(w.lists) >= maxMarks {
		return
	}
	if a == atom.Ol {
		w.lists = append(w.lists, 0)
	} else {
		w.lists = append(w.lists, -1)
	}
}

func (w *textWriter) entry() {
	w.atLeast(1)
	w.mark = "- "
	if n := len(w.lists); n > 0 && w.lists[n-1] >= 0 {
		w.lists[n-1]++
		w.mark = strconv.Itoa(w.lists[n-1]) + ". "
	}
}

func (w *textWriter) link(t html.Token) {
	if len(w.links) < maxMarks {
		w.links = append(w.links, openLink{address: webAddress(attribute(t, "href")), start: w.b.Len()})
	}
}

// linkEnd writes the address behind the link's text, where that says anything else.
func (w *textWriter) linkEnd() {
	n := len(w.links)
	if n == 0 {
		return
	}
	link := w.links[n-1]
	w.links = w.links[:n-1]
	text := strings.Trim(w.b.String()[link.start:], "> \n")
	switch {
	case link.address == "" || bareAddress(text) == bareAddress(link.address):
	case text == "":
		w.write(link.address)
	default:
		w.write(" (" + link.address + ")")
	}
}

// image writes what the picture shows, or where it is.
func (w *textWriter) image(t html.Token) {
	if alt := strings.TrimSpace(attribute(t, "alt")); alt != "" {
		w.write(strings.Join(strings.Fields(alt), " "))
	} else if address := webAddress(attribute(t, "src")); address != "" {
		w.write(address)
	}
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// webAddress returns s where it is an http or https address, and "" where not.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	lower := strings.ToLower(s)
	if strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		return s
	}
	return ""
}

// bareAddress leaves out what people leave out of addresses.
func bareAddress(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	return strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
}
