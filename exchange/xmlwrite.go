package exchange

import (
	"bufio"
	"strings"
	"unicode/utf8"
)

// xmlWriter writes elements without ever producing what XML 1.0 forbids. The
// buffered writer keeps its first error for the flush at the end of the page.
type xmlWriter struct {
	w *bufio.Writer
}

func (x xmlWriter) raw(s string) { _, _ = x.w.WriteString(s) }

// text writes an element with escaped text.
func (x xmlWriter) text(indent, name, value string) {
	x.raw(indent + "<" + name + ">")
	x.raw(xmlEscaper.Replace(xmlChars(value)))
	x.raw("</" + name + ">\n")
}

// cdata writes an element with a CDATA section, as WordPress does.
func (x xmlWriter) cdata(indent, name, value string) {
	x.raw(indent + "<" + name + "><![CDATA[")
	x.raw(strings.ReplaceAll(xmlChars(value), "]]>", "]]]]><![CDATA[>"))
	x.raw("]]></" + name + ">\n")
}

// meta writes a pair of key and value: name is "wp:postmeta" or "wp:commentmeta".
func (x xmlWriter) meta(indent, name, key, value string) {
	x.raw(indent + "<" + name + ">\n")
	x.text(indent+"\t", "wp:meta_key", key)
	x.cdata(indent+"\t", "wp:meta_value", value)
	x.raw(indent + "</" + name + ">\n")
}

var xmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r", "&#xD;")

// asHTML makes plain text safe to be read as HTML, and asText turns exactly that
// back. Of the entities only these three are written, so nothing else may be decoded:
// a text that spoke of "&eacute;" comes back as it was typed.
var (
	asHTML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	asText = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")
)

// xmlChars drops the characters that no XML 1.0 document may hold.
// https://www.w3.org/TR/xml/#charsets
func xmlChars(s string) string {
	clean := true
	for _, r := range s {
		if !xmlChar(r) {
			clean = false
			break
		}
	}
	if clean && utf8.ValidString(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if xmlChar(r) {
			return r
		}
		return -1
	}, s)
}

func xmlChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r < 0xFFFE || r > 0xFFFF
}
