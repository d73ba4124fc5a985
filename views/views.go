// Package views turns page structs into HTML. It knows package moderation and
// nothing else of Radd: no HTTP and no SQL. Each page is a struct that embeds Base
// and names its template; what it shows is computed before it gets here.
package views

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"
	"sync"
)

// The templates: a frame for the reader's pages and one for the desk's, the parts
// that pages share, and one file for each page.
//
//go:embed *.html */*.html
var files embed.FS

// The names that the two frames define.
const (
	readerLayout = "layout"
	deskLayout   = "desk_layout"
)

// Page is one page: a struct of this package.
type Page interface {
	template() string // the template's path below views, without .html
}

// Views holds the parsed templates. It may be used concurrently.
type Views struct {
	pages map[string]frame // by the page's template path
}

// frame is a page's templates and which of them to begin with.
type frame struct {
	templates *template.Template
	layout    string
}

// New parses the embedded templates. asset returns the address of a static file.
//
// Each page defines "content", which the frame puts into itself. Pages in reader/
// stand in layout.html, those in moderator/ and admin/ in desk_layout.html, and the
// message page in either.
func New(asset func(name string) string) (*Views, error) {
	shared, err := template.New("").Funcs(helpers(asset)).ParseFS(files, "*layout.html", "partials/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse shared templates: %w", err)
	}
	names, err := fs.Glob(files, "*/*.html")
	if err != nil {
		return nil, fmt.Errorf("list templates: %w", err)
	}
	v := &Views{pages: map[string]frame{}}
	for _, name := range append(names, messageTemplate+".html") {
		if strings.HasPrefix(name, "partials/") {
			continue
		}
		templates, err := template.Must(shared.Clone()).ParseFS(files, name)
		if err != nil {
			return nil, fmt.Errorf("parse template %s: %w", name, err)
		}
		v.add(strings.TrimSuffix(name, ".html"), templates)
	}
	return v, nil
}

func (v *Views) add(page string, templates *template.Template) {
	switch {
	case page == messageTemplate:
		// A set of templates is escaped for the frame it is first used with.
		v.pages[deskMessageTemplate] = frame{template.Must(templates.Clone()), deskLayout}
		v.pages[page] = frame{templates, readerLayout}
	case strings.HasPrefix(page, "reader/"):
		v.pages[page] = frame{templates, readerLayout}
	default:
		v.pages[page] = frame{templates, deskLayout}
	}
}

// maxPooled is the largest buffer kept for the next page. A rare huge page must not
// hold its memory for good.
const maxPooled = 1 << 20

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render writes the page whole or, with an error, not at all.
func (v *Views) Render(w io.Writer, page Page) error {
	f, ok := v.pages[page.template()]
	if !ok {
		return fmt.Errorf("render %s: no such template", page.template())
	}
	b, _ := buffers.Get().(*bytes.Buffer)
	b.Reset()
	defer func() {
		if b.Cap() <= maxPooled {
			buffers.Put(b)
		}
	}()
	if err := f.templates.ExecuteTemplate(b, f.layout, page); err != nil {
		return fmt.Errorf("render %s: %w", page.template(), err)
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write %s: %w", page.template(), err)
	}
	return nil
}
