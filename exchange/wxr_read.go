package exchange

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"
)

// looksLikeWXR recognises an RSS document with WordPress's elements.
func looksLikeWXR(head string) bool {
	rss := strings.Contains(head, "<rss") || strings.Contains(head, "<channel")
	return rss && (strings.Contains(head, "wordpress.org/export") || strings.Contains(head, "<wp:"))
}

// The limits of fields, in bytes.
const (
	maxField   = 64 << 10
	maxContent = 4 << 20 // of an article
	maxComment = 1 << 20 // of a comment's HTML
)

// maxAuthors bounds what is remembered of the file's list of authors.
const maxAuthors = 10_000

// wxrImport is one WXR file being read.
type wxrImport struct {
	*importJob
	tokens  *xmlTokens
	ours    bool              // Radd wrote the file
	site    string            // address of the site
	date    time.Time         // of the file
	authors map[string]string // login → display name
}

// readWXR reads WXR 1.0, 1.1 and 1.2 item by item.
func readWXR(ctx context.Context, in *input, job *importJob) error {
	x := &wxrImport{importJob: job, tokens: newXMLTokens(in), authors: make(map[string]string)}
	err := x.channel(ctx)
	var parse parseError
	if errors.As(err, &parse) {
		err = &BrokenError{Line: x.tokens.guard.line, Err: parse.err}
	}
	x.noteMending(in)
	return err
}

// parseError tells an error of the file from one of the sink.
type parseError struct{ err error }

func (e parseError) Error() string { return e.err.Error() }

func (x *wxrImport) noteMending(in *input) {
	guard := x.tokens.guard
	x.report.note(NoteBytesReplaced, guard.replaced)
	x.report.note(NoteCharsRemoved, guard.removed)
	x.report.note(NoteMarkup, guard.mended+x.tokens.mended)
	if in.unknownEncoding {
		x.report.note(NoteEncoding, 1)
	}
}

// channel reads to the end of the file. What follows the end of the root element
// is read as well, since exports in several parts are sometimes put into one file,
// but nothing there can break a file that is whole.
func (x *wxrImport) channel(ctx context.Context) error {
	whole := false
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		tok, err := x.tokens.next()
		switch {
		case err != nil && whole:
			return nil
		case err != nil && errors.Is(err, io.EOF):
			return parseError{io.ErrUnexpectedEOF} // a whole file ends with its root
		case err != nil:
			return parseError{err}
		case tok.kind == endToken && x.isRoot(tok.name):
			whole = true
		case tok.kind == startToken:
			if err := x.element(ctx, tok.name); err != nil {
				return err
			}
		}
	}
}

// isRoot reports whether the end of name is the end of the file. Some servers put
// warnings in HTML before the document, so another element that ends is not.
func (x *wxrImport) isRoot(name string) bool {
	return name == "rss" || name == "channel" && len(x.tokens.open) == 0
}

// element reads an element of the channel. Unknown ones are passed through.
func (x *wxrImport) element(ctx context.Context, name string) error {
	switch name {
	case "item":
		return x.item(ctx)
	case "wp:author":
		return x.author()
	case "generator", "pubdate", "wp:base_site_url", "wp:base_blog_url":
		text, _, err := x.tokens.value(maxField)
		if err != nil {
			return parseError{err}
		}
		x.about(name, strings.TrimSpace(text))
	}
	return nil
}

// about notes what the channel says of itself.
func (x *wxrImport) about(name, text string) {
	switch name {
	case "generator":
		x.ours = text == generatorName || strings.HasPrefix(text, generatorName+" ")
	case "pubdate":
		x.date, _ = parseDate(text, x.opts.Zone)
	case "wp:base_blog_url":
		x.site = text
	case "wp:base_site_url":
		if x.site == "" {
			x.site = text
		}
	}
}

// author remembers a display name: items carry the login only.
func (x *wxrImport) author() error {
	fields := newFields()
	if err := x.children("wp:author", fields, nil); err != nil {
		return err
	}
	login, display := fields.get("wp:author_login"), fields.get("wp:author_display_name")
	if login != "" && display != "" && len(x.authors) < maxAuthors {
		x.authors[login] = display
	}
	return nil
}

// wxrFields are the children of an item or comment: the first of each name, and
// the metas of ours under their keys.
type wxrFields struct {
	text map[string]string
	over map[string]bool // which were longer than their limit
}

func newFields() wxrFields {
	return wxrFields{text: make(map[string]string), over: make(map[string]bool)}
}

// get returns a field without white space around it.
func (f wxrFields) get(name string) string { return strings.TrimSpace(f.text[name]) }

func (f wxrFields) set(name, text string, over bool) {
	if _, twice := f.text[name]; !twice && len(f.text) < maxDepth {
		f.text[name] = text
		f.over[name] = over
	}
}

// children reads the children of the element of that name just begun into the
// fields. each, where set, may take a child over. Where the element's end is missing,
// it ends before the next one of its kind, or before the next item.
func (x *wxrImport) children(name string, into wxrFields, each func(tok xmlToken) (taken bool, err error)) error {
	level := len(x.tokens.open)
	for {
		tok, err := x.tokens.next()
		if err != nil {
			return parseError{err}
		}
		if tok.kind == endToken && len(x.tokens.open) < level {
			return nil
		}
		if tok.kind != startToken {
			continue
		}
		if tok.name == name || tok.name == "item" {
			x.tokens.closeBefore(tok, level)
			return nil
		}
		if err := x.child(tok, into, each); err != nil {
			return err
		}
	}
}

// child reads one child, unless each takes it over.
func (x *wxrImport) child(tok xmlToken, into wxrFields, each func(tok xmlToken) (taken bool, err error)) error {
	if each != nil {
		if taken, err := each(tok); err != nil || taken {
			return err
		}
	}
	name := tok.name
	if name == "wp:postmeta" || name == "wp:commentmeta" {
		return x.meta(into)
	}
	text, over, err := x.tokens.value(limitOf(name))
	if err != nil {
		return parseError{err}
	}
	into.set(name, text, over)
	return nil
}

// meta reads a pair of key and value, and keeps ours.
func (x *wxrImport) meta(into wxrFields) error {
	level := len(x.tokens.open)
	key := ""
	for {
		tok, err := x.tokens.next()
		switch {
		case err != nil:
			return parseError{err}
		case tok.kind == endToken && len(x.tokens.open) < level:
			return nil
		case tok.kind == startToken && tok.name == "wp:meta_key":
			if key, _, err = x.tokens.value(maxField); err != nil {
				return parseError{err}
			}
			key = strings.TrimSpace(key)
		case tok.kind == startToken && tok.name == "wp:meta_value" && strings.HasPrefix(key, metaPrefix):
			value, over, err := x.tokens.value(maxContent)
			if err != nil {
				return parseError{err}
			}
			into.set(key, value, over)
		}
	}
}

func limitOf(name string) int {
	switch name {
	case "content:encoded":
		return maxContent
	case "wp:comment_content":
		return maxComment
	}
	return maxField
}
