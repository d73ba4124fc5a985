package exchange

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// maxDepth is how deep elements may be nested.
const maxDepth = 64

// xmlTokens reads the elements of a WXR file under the names that the current
// version gives them ("wp:comment", "content:encoded"), whatever prefix or version
// of the namespace the file uses, and also where it forgot to declare it. End tags
// that fit nothing are passed over, missing ones are added.
type xmlTokens struct {
	dec      *xml.Decoder
	guard    *xmlGuard
	prefixes map[string]string // prefix → namespace
	open     []string
	again    *xmlToken
	mended   int
	cut      int // values that were longer than their limit
}

type tokenKind int

const (
	startToken tokenKind = iota
	endToken
	textToken
)

type xmlToken struct {
	kind tokenKind
	name string
	attr []xml.Attr
	text []byte // valid until the next token
}

func newXMLTokens(in *input) *xmlTokens {
	t := &xmlTokens{guard: newXMLGuard(in.Reader), prefixes: make(map[string]string)}
	t.dec = xml.NewDecoder(t.guard)
	t.dec.Strict = false
	t.dec.Entity = xml.HTMLEntity
	return t
}

// next returns the next token. io.EOF comes only where no element is open.
func (t *xmlTokens) next() (xmlToken, error) {
	if t.again != nil {
		tok := *t.again
		t.again = nil
		return tok, nil
	}
	for {
		raw, err := t.dec.RawToken()
		t.guard.tokenDone()
		if err != nil {
			if errors.Is(err, io.EOF) && len(t.open) > 0 {
				err = io.ErrUnexpectedEOF
			}
			return xmlToken{}, err
		}
		switch raw := raw.(type) {
		case xml.StartElement:
			return t.start(raw)
		case xml.EndElement:
			if name := t.name(raw.Name); t.end(name) {
				return xmlToken{kind: endToken, name: name}, nil
			}
		case xml.CharData:
			return xmlToken{kind: textToken, text: raw}, nil
		}
	}
}

func (t *xmlTokens) start(raw xml.StartElement) (xmlToken, error) {
	for _, a := range raw.Attr {
		if a.Name.Space == "xmlns" && len(t.prefixes) < maxDepth {
			t.prefixes[a.Name.Local] = a.Value
		}
	}
	tok := xmlToken{kind: startToken, name: t.name(raw.Name), attr: raw.Attr}
	switch {
	case voidElement(tok.name):
	case len(t.open) >= maxDepth:
		return tok, ErrTooDeep
	default:
		t.open = append(t.open, tok.name)
	}
	return tok, nil
}

// end closes the innermost open element of the name and all inside it.
func (t *xmlTokens) end(name string) bool {
	if voidElement(name) {
		return false
	}
	for i := len(t.open) - 1; i >= 0; i-- {
		if t.open[i] == name {
			if i < len(t.open)-1 {
				t.mended++
			}
			t.open = t.open[:i]
			return true
		}
	}
	t.mended++
	return false
}

// name returns the element's name with the prefix of the current version.
func (t *xmlTokens) name(n xml.Name) string {
	local := strings.ToLower(n.Local)
	space := t.prefixes[n.Space]
	switch {
	case n.Space == "":
		return local
	case strings.Contains(space, "wordpress.org/export") && strings.Contains(space, "/excerpt"):
		return "excerpt:" + local
	case strings.Contains(space, "wordpress.org/export"):
		return "wp:" + local
	case strings.Contains(space, "purl.org/rss/1.0/modules/content"):
		return "content:" + local
	case strings.Contains(space, "purl.org/dc/elements"):
		return "dc:" + local
	}
	return strings.ToLower(n.Space) + ":" + local
}

// value reads the text of the element just begun, up to limit bytes; over tells
// whether it was longer. Tags inside it, where the file forgot to escape its HTML,
// become text again.
func (t *xmlTokens) value(limit int) (text string, over bool, err error) {
	level := len(t.open)
	var b strings.Builder
	add := func(s string) {
		if over = over || b.Len()+len(s) > limit; !over {
			b.WriteString(s)
		} else if room := limit - b.Len(); room > 0 {
			b.WriteString(strings.ToValidUTF8(s[:min(room, len(s))], ""))
		}
	}
	for {
		tok, err := t.next()
		if err != nil {
			return "", false, err
		}
		switch tok.kind {
		case textToken:
			add(string(tok.text))
		case endToken:
			if len(t.open) < level {
				t.countCut(over)
				return b.String(), over, nil
			}
			add("</" + tok.name + ">")
		case startToken:
			if structural(tok.name) {
				t.closeBefore(tok, level)
				t.countCut(over)
				return b.String(), over, nil
			}
			add(tagText(tok))
		}
	}
}

func (t *xmlTokens) countCut(over bool) {
	if over {
		t.cut++
	}
}

// closeBefore ends the value at an element that cannot be part of it.
func (t *xmlTokens) closeBefore(tok xmlToken, level int) {
	t.mended++
	t.open = append(t.open[:level-1], tok.name)
	t.again = &tok
}

func structural(name string) bool { return name == "item" || strings.HasPrefix(name, "wp:") }

// voidElement reports an element of HTML that has no end tag. It is never open.
func voidElement(name string) bool {
	return slices.Contains([]string{"br", "hr", "img", "input", "wbr", "source", "col"}, name)
}

// tagText is the tag as HTML.
func tagText(tok xmlToken) string {
	var b strings.Builder
	b.WriteString("<" + tok.name)
	for _, a := range tok.attr {
		fmt.Fprintf(&b, ` %s="%s"`, a.Name.Local, xmlEscaper.Replace(a.Value))
	}
	b.WriteString(">")
	return b.String()
}
