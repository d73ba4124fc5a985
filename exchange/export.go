package exchange

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"radd/moderation"
)

// pageSize is how many comments one query brings.
const pageSize = 500

// ErrUnknownFormat refuses a format that cannot be written, or a file that no
// reader recognises.
var ErrUnknownFormat = errors.New("unknown format")

// Source is where an export reads: *db.Store. Every call is one short query.
type Source interface {
	SelectComments(ctx context.Context, sel moderation.Selection, after moderation.ID, limit int) ([]moderation.Comment, error)
	SelectArticles(ctx context.Context, after moderation.ID, limit int) ([]moderation.Article, error)
	ArticleByID(ctx context.Context, id moderation.ID) (moderation.Article, error)
	ArticlesByIDs(ctx context.Context, ids []moderation.ID) (map[moderation.ID]moderation.Article, error)
}

// ExportOptions says what an export holds.
type ExportOptions struct {
	Format    Format
	Selection moderation.Selection
	Personal  bool      // e-mail, IP address and user agent too
	BaseURL   string    // of this site, without a slash at its end
	SiteName  string    // title of a WXR file
	Lang      string    // "ar" makes the XLSX sheet run from the right
	Now       time.Time // the moment written into the file
	Generator string    // version of the program

	// Flush, where set, is called after each page of comments and after each
	// 256 KiB of output, so that a web handler can send what there is and put its
	// write deadline off.
	Flush func() error
	// Progress, where set, is called after each page with the comments written so far.
	Progress func(done int)
}

// Export writes the selected comments to w and returns how many they were. An
// error means that the file is incomplete.
func Export(ctx context.Context, w io.Writer, src Source, opts ExportOptions) (count int, err error) {
	e := &exporter{src: src, opts: opts, paced: &pacedWriter{w: w, flush: opts.Flush}}
	e.out = bufio.NewWriterSize(e.paced, 32<<10)
	switch opts.Format {
	case CSV:
		err = e.rows(ctx, newCSV(e))
	case XLSX:
		err = e.rows(ctx, newXLSX(e))
	case JSONL:
		err = e.rows(ctx, newJSONL(e))
	case WXR:
		err = e.wxr(ctx)
	default:
		return 0, fmt.Errorf("export as %q: %w", opts.Format, ErrUnknownFormat)
	}
	if err == nil {
		err = e.flush()
	}
	if err != nil {
		return e.count, fmt.Errorf("export as %s after %d comments: %w", opts.Format, e.count, err)
	}
	return e.count, nil
}

// rowWriter writes one comment a line.
type rowWriter interface {
	begin() error
	comment(c moderation.Comment, a moderation.Article) error
	end() error
}

// exporter is one export under way.
type exporter struct {
	src      Source
	opts     ExportOptions
	paced    *pacedWriter
	out      *bufio.Writer
	count    int
	articles map[moderation.ID]moderation.Article // without bodies
}

// rows passes every selected comment to the writer, by id.
func (e *exporter) rows(ctx context.Context, w rowWriter) error {
	if err := w.begin(); err != nil {
		return err
	}
	err := e.pages(ctx, e.opts.Selection, func(page []moderation.Comment) error {
		if err := e.lookUp(ctx, page); err != nil {
			return err
		}
		for i := range page {
			if err := w.comment(page[i], e.articles[page[i].ArticleID]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.end()
}

// pages calls each with one page of the selection after the other, and counts.
func (e *exporter) pages(ctx context.Context, sel moderation.Selection, each func([]moderation.Comment) error) error {
	for after := moderation.ID(0); ; {
		page, err := e.src.SelectComments(ctx, sel, after, pageSize)
		if err != nil {
			return fmt.Errorf("select comments after %s: %w", after, err)
		}
		if len(page) == 0 {
			return nil
		}
		if err := each(page); err != nil {
			return err
		}
		if err := e.pageDone(len(page)); err != nil {
			return err
		}
		if len(page) < pageSize {
			return nil
		}
		after = page[len(page)-1].ID
	}
}

func (e *exporter) pageDone(n int) error {
	e.count += n
	if err := e.flush(); err != nil {
		return err
	}
	if e.opts.Progress != nil {
		e.opts.Progress(e.count)
	}
	return nil
}

// maxKnownArticles bounds what lookUp remembers.
const maxKnownArticles = 2000

// lookUp fetches the articles of the page that are not known yet.
func (e *exporter) lookUp(ctx context.Context, page []moderation.Comment) error {
	if len(e.articles) > maxKnownArticles || e.articles == nil {
		e.articles = make(map[moderation.ID]moderation.Article)
	}
	var ids []moderation.ID
	for i := range page {
		id := page[i].ArticleID
		if _, known := e.articles[id]; !known {
			e.articles[id] = moderation.Article{ID: id}
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := e.src.ArticlesByIDs(ctx, ids)
	if err != nil {
		return fmt.Errorf("look up %d articles: %w", len(ids), err)
	}
	for id, a := range found {
		a.Body = ""
		e.articles[id] = a
	}
	return nil
}

// articleURL is the article's public address.
func (e *exporter) articleURL(a moderation.Article) string {
	return strings.TrimSuffix(e.opts.BaseURL, "/") + "/articles/" + url.PathEscape(a.Slug)
}

func (e *exporter) flush() error {
	if err := e.out.Flush(); err != nil {
		return err
	}
	return e.paced.send()
}

// formatTime writes a moment the way all exports do: RFC 3339 in UTC.
func formatTime(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(layout)
}

// formatID writes an id, and nothing for none.
func formatID(id moderation.ID) string {
	if id == 0 {
		return ""
	}
	return id.String()
}
