package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// headBytes is how much of a file is looked at to recognise it. WordPress puts a
// long comment before the first element.
const headBytes = 16 << 10

// progressBytes is how often Progress is called.
const progressBytes = 256 << 10

// input is a file as UTF-8, whatever it was. Invalid bytes may still be in it.
type input struct {
	*bufio.Reader
	head            string // the beginning
	unknownEncoding bool   // it names an encoding that does not exist
	counter         *countingReader
}

func openInput(r io.Reader, progress func(int64)) (*input, error) {
	in := &input{counter: &countingReader{r: r, report: progress}}
	raw := bufio.NewReaderSize(in.counter, headBytes)
	head, err := raw.Peek(headBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	in.Reader = bufio.NewReaderSize(in.decode(raw, head), headBytes)
	head, err = in.Peek(headBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	in.head = string(head)
	return in, nil
}

var encodingDeclaration = regexp.MustCompile(`<\?xml[^>]*?encoding\s*=\s*["']\s*([^"'>]+?)\s*["']`)

// decode turns the file into UTF-8: by its byte order mark, by zero bytes around
// its first character, or by what its XML declaration says. A file that calls
// itself UTF-16 but can be read byte by byte was saved again as UTF-8.
func (in *input) decode(r io.Reader, head []byte) io.Reader {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("<\x00")):
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00<")):
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	}
	declared := encodingDeclaration.FindSubmatch(head)
	if declared == nil || bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		return r
	}
	encoding, name := charset.Lookup(string(declared[1]))
	switch {
	case name == "utf-8", strings.HasPrefix(name, "utf-16"):
		return r
	case encoding == nil, name == "replacement":
		in.unknownEncoding = true
		return r
	}
	return transform.NewReader(r, encoding.NewDecoder())
}

// progress reports what was read since the last report.
func (in *input) progress() {
	if c := in.counter; c.report != nil && c.n > c.reported {
		c.reported = c.n
		c.report(c.n)
	}
}

// countingReader counts the bytes of the file and reports now and then.
type countingReader struct {
	r           io.Reader
	n, reported int64
	report      func(int64)
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if c.report != nil && c.n-c.reported >= progressBytes {
		c.reported = c.n
		c.report(c.n)
	}
	return n, err
}
