package exchange

import (
	"bufio"
	"bytes"
	"io"
	"regexp"
	"strconv"
	"unicode/utf8"
)

// The limits of single values, so that no file can fill the memory.
const (
	maxToken = 8 << 20  // bytes of one text
	maxTag   = 64 << 10 // bytes of one tag with its attributes
)

// xmlGuard hands encoding/xml a document that it can read, byte by byte: what
// stands before the first tag, comments and processing instructions are left out;
// invalid bytes are replaced and forbidden characters removed; a "<" that begins no
// tag, a stray "]]>" and references to forbidden characters are mended. It refuses
// a document type, and values over the limits.
type xmlGuard struct {
	src      *bufio.Reader
	out      []byte // what the decoder gets next
	next     int
	state    guardState
	run      int // how many of "]" or "-" came in a row
	started  bool
	token    int // bytes since the last token
	tag      int // bytes of the tag that is open
	line     int
	replaced int
	removed  int
	mended   int
}

type guardState int

const (
	inText guardState = iota
	inTag
	inCDATA
	inComment
	inInstruction
)

func newXMLGuard(src *bufio.Reader) *xmlGuard {
	return &xmlGuard{src: src, line: 1, out: make([]byte, 0, 16)}
}

// tokenDone starts the count of the next value.
func (g *xmlGuard) tokenDone() { g.token = 0 }

// ReadByte makes the decoder read without a buffer of its own, so that the limits
// are exact.
func (g *xmlGuard) ReadByte() (byte, error) {
	if g.token++; g.token > maxToken {
		return 0, ErrTooLarge
	}
	for g.next >= len(g.out) {
		if b, ok := g.plain(); ok {
			return b, nil
		}
		g.out, g.next = g.out[:0], 0
		if err := g.fill(); err != nil {
			return 0, err
		}
	}
	b := g.out[g.next]
	g.next++
	return b, nil
}

// plain returns the next byte where it is one of the many that mean nothing to the
// guard.
func (g *xmlGuard) plain() (byte, bool) {
	if g.state != inText && g.state != inCDATA || !g.started {
		return 0, false
	}
	b, err := g.src.ReadByte()
	if err != nil {
		return 0, false // fill meets the same error
	}
	if b < ' ' || b > '~' || b == '<' || b == '>' || b == '&' || b == ']' {
		_ = g.src.UnreadByte() // it was just read
		return 0, false
	}
	g.run = 0
	return b, true
}

func (g *xmlGuard) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	b, err := g.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = b
	return 1, nil
}

// fill reads one character and puts what becomes of it into out.
func (g *xmlGuard) fill() error {
	r, size, err := g.src.ReadRune()
	if err != nil {
		return err
	}
	switch {
	case r == '\n':
		g.line++
	case r == utf8.RuneError && size == 1:
		g.replaced++
	case !xmlChar(r):
		g.removed++
		return nil
	}
	if !g.started && r != '<' {
		return nil
	}
	g.started = true
	return g.step(r)
}

func (g *xmlGuard) step(r rune) error {
	switch g.state {
	case inText:
		return g.text(r)
	case inTag:
		return g.insideTag(r)
	case inCDATA:
		g.emit(r)
		g.endsAfter(r, ']', 2)
	case inComment:
		g.endsAfter(r, '-', 2)
		g.keepLine(r)
	case inInstruction:
		g.endsAfter(r, '?', 1)
		g.keepLine(r)
	}
	return nil
}

func (g *xmlGuard) emit(r rune) { g.out = utf8.AppendRune(g.out, r) }

// keepLine keeps the decoder's count of lines right where text is left out.
func (g *xmlGuard) keepLine(r rune) {
	if r == '\n' {
		g.out = append(g.out, '\n')
	}
}

// endsAfter goes back to text at a ">" that follows n or more of mark.
func (g *xmlGuard) endsAfter(r, mark rune, n int) {
	switch {
	case r == mark:
		g.run++
		return
	case r == '>' && g.run >= n:
		g.state = inText
	}
	g.run = 0
}

func (g *xmlGuard) text(r rune) error {
	switch r {
	case '<':
		g.run = 0
		return g.open()
	case '&':
		g.run = 0
		g.reference()
		return nil
	case ']':
		g.run++
	case '>':
		if g.run >= 2 {
			g.run = 0
			g.mended++
			g.out = append(g.out, "&gt;"...)
			return nil
		}
		g.run = 0
	default:
		g.run = 0
	}
	g.emit(r)
	return nil
}

// open decides what a "<" in the text begins.
func (g *xmlGuard) open() error {
	ahead, _ := g.src.Peek(8) // a shorter rest is judged by what there is
	switch {
	case bytes.HasPrefix(ahead, []byte("![CDATA[")):
		_, _ = g.src.Discard(8)
		g.out = append(g.out, "<![CDATA["...)
		g.state = inCDATA
	case bytes.HasPrefix(ahead, []byte("!--")):
		_, _ = g.src.Discard(3)
		g.state = inComment
	case bytes.HasPrefix(ahead, []byte("!")):
		return ErrDoctype
	case bytes.HasPrefix(ahead, []byte("?")):
		_, _ = g.src.Discard(1)
		g.state = inInstruction
	case len(ahead) > 0 && !beginsTag(ahead[0]):
		g.mended++
		g.out = append(g.out, "&lt;"...)
	default:
		g.state, g.tag = inTag, 0
		g.out = append(g.out, '<')
	}
	return nil
}

func beginsTag(b byte) bool {
	return b == '/' || b == '_' || b == ':' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= utf8.RuneSelf
}

func (g *xmlGuard) insideTag(r rune) error {
	if g.tag++; g.tag > maxTag {
		return ErrTooLarge
	}
	switch r {
	case '&':
		g.reference()
		return nil
	case '>':
		g.state = inText
	}
	g.emit(r)
	return nil
}

var numericReference = regexp.MustCompile(`^#(?:([0-9]{1,8})|[xX]([0-9a-fA-F]{1,7}));`)

// reference leaves out a reference to a character that XML forbids.
func (g *xmlGuard) reference() {
	ahead, _ := g.src.Peek(11) // a shorter rest is judged by what there is
	match := numericReference.FindSubmatch(ahead)
	if match != nil && !allowedReference(match) {
		_, _ = g.src.Discard(len(match[0]))
		g.removed++
		return
	}
	g.out = append(g.out, '&')
}

func allowedReference(match [][]byte) bool {
	digits, base := string(match[1]), 10
	if digits == "" {
		digits, base = string(match[2]), 16
	}
	n, err := strconv.ParseInt(digits, base, 32)
	r := rune(n)
	return err == nil && utf8.ValidRune(r) && xmlChar(r)
}

var _ interface {
	io.ByteReader
	io.Reader
} = (*xmlGuard)(nil)
