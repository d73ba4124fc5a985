package exchange

import (
	"context"
	"encoding/xml"
	"errors"
	"slices"
	"strings"

	"radd/moderation"
)

// batchBytes bounds a batch of long comments.
const batchBytes = 8 << 20

// wxrItem is one item being read. Its article is stored together with its first
// comments, or at its end, because its fields need not stand before its comments.
type wxrItem struct {
	*wxrImport
	fields   wxrFields
	category string
	held     []wxrFields // comments, until the article is stored
	heldSize int
	stored   bool
	source   string // of the article; its comments' sources begin with it
	article  moderation.Article
	thread   thread
	batch    []moderation.Comment
	size     int // bytes in batch
}

// item reads one item and stores it. Where the file breaks off inside, the whole
// comments up to there are stored, but not the ones that wait for their parent: it
// may follow in the mended file.
func (x *wxrImport) item(ctx context.Context) error {
	it := &wxrItem{wxrImport: x, fields: newFields()}
	it.thread.emit = it.add
	err := x.children("item", it.fields, func(tok xmlToken) (bool, error) {
		switch tok.name {
		case "wp:comment":
			return true, it.comment(ctx)
		case "wp:comment_id":
			return true, it.lostComment()
		case "category":
			return true, it.readCategory(tok.attr)
		}
		return false, nil
	})
	var broken parseError
	switch {
	case err == nil:
		return it.finish(ctx)
	case !errors.As(err, &broken) || !it.stored && len(it.held) == 0:
		return err
	}
	if storeErr := it.store(ctx); storeErr != nil {
		return storeErr
	}
	if storeErr := it.flush(ctx, 1); storeErr != nil {
		return storeErr
	}
	return err
}

// readCategory takes the first category for the section.
func (it *wxrItem) readCategory(attrs []xml.Attr) error {
	name, _, err := it.tokens.value(maxField)
	if err != nil {
		return parseError{err}
	}
	isCategory := slices.ContainsFunc(attrs, func(a xml.Attr) bool { return a.Name.Local == "domain" && a.Value == "category" })
	if isCategory && it.category == "" {
		it.category = plainLine(name)
	}
	return nil
}

// comment reads one comment. It is held until the article is stored.
func (it *wxrItem) comment(ctx context.Context) error {
	raw := newFields()
	if err := it.children("wp:comment", raw, nil); err != nil {
		return err
	}
	it.report.Comments++
	if reason := wrongType(raw.get("wp:comment_type")); reason != "" {
		it.report.skip(reason, commentExample(raw))
		return nil
	}
	if it.stored {
		it.take(raw)
		return it.flush(ctx, batchSize)
	}
	it.held = append(it.held, raw)
	it.heldSize += len(raw.text["wp:comment_content"])
	if len(it.held) < batchSize && it.heldSize < batchBytes {
		return nil
	}
	return it.store(ctx)
}

// lostComment tells of a comment whose beginning is damaged: its fields stand in the
// item, where nobody can say which belong together.
func (it *wxrItem) lostComment() error {
	id, _, err := it.tokens.value(maxField)
	if err != nil {
		return parseError{err}
	}
	raw := newFields()
	raw.set("wp:comment_id", id, false)
	it.report.Comments++
	it.report.skip(SkipBroken, commentExample(raw))
	return nil
}

// store stores the article and takes the comments held for it.
func (it *wxrItem) store(ctx context.Context) error {
	if it.stored {
		return nil
	}
	it.stored = true
	article := it.readArticle()
	it.source = article.Source
	if it.source == "" {
		it.source = "radd:" + article.ID.String()
	}
	var err error
	if it.article, err = it.importJob.article(ctx, article); err != nil {
		return err
	}
	for _, raw := range it.held {
		it.take(raw)
	}
	it.held = nil
	return it.flush(ctx, batchSize)
}

// finish is called at the item's end: what has no comments may be no article.
func (it *wxrItem) finish(ctx context.Context) error {
	if !it.stored && len(it.held) == 0 {
		if reason := it.noArticle(); reason != "" {
			it.report.skip(reason, it.example())
			return nil
		}
	}
	if err := it.store(ctx); err != nil {
		return err
	}
	it.report.note(NoteParentMissing, it.thread.settle())
	return it.flush(ctx, 1)
}

// noArticle returns why an item without comments is left out, or "".
func (it *wxrItem) noArticle() string {
	switch {
	case !it.isArticle():
		return SkipPostType
	case it.fields.get("wp:status") == "trash":
		return SkipTrash
	}
	return ""
}

// isArticle reports whether the item is of a type that readers read.
func (it *wxrItem) isArticle() bool {
	return slices.Contains([]string{"", "post", "page"}, it.fields.get("wp:post_type"))
}

// example names the item in the report.
func (it *wxrItem) example() string {
	kind, _ := cutRunes(clean(it.fields.get("wp:post_type")), 20)
	title, _ := cutRunes(plainLine(it.fields.get("title")), 40)
	return strings.TrimSpace(kind + " " + it.number() + " " + title)
}

func (it *wxrItem) number() string {
	if id := it.fields.get("wp:post_id"); id != "" {
		short, _ := cutRunes(clean(id), 20)
		return "#" + short
	}
	return ""
}

// take converts a comment and puts it into its thread.
func (it *wxrItem) take(raw wxrFields) {
	c := fileComment{key: clean(raw.get("wp:comment_id")), parent: clean(raw.get("wp:comment_parent"))}
	if c.key == "" {
		c.key = contentHash(raw)
	}
	reason := SkipDuplicate
	if !it.thread.has(c.key) {
		reason = it.readComment(&c, raw)
	}
	if reason == "" && it.readBefore(c.Comment) {
		reason = SkipDuplicate
	}
	if reason != "" {
		it.report.skip(reason, commentExample(raw))
		return
	}
	it.report.note(NoteParentMissing, it.thread.put(c))
}

// add puts a comment that has its place into the batch.
func (it *wxrItem) add(c moderation.Comment) {
	it.batch = append(it.batch, c)
	it.size += len(c.Body)
}

// flush stores the batch, where it holds at least that many comments.
func (it *wxrItem) flush(ctx context.Context, atLeast int) error {
	if len(it.batch) < atLeast && it.size < batchBytes {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for chunk := range slices.Chunk(it.batch, batchSize) {
		if err := it.comments(ctx, chunk); err != nil {
			return err
		}
	}
	clear(it.batch)
	it.batch, it.size = it.batch[:0], 0
	return nil
}

// wrongType returns why a comment of this type is no reader's, or "".
func wrongType(kind string) string {
	switch kind {
	case "", "comment":
		return ""
	case "pingback":
		return SkipPingback
	case "trackback":
		return SkipTrackback
	}
	return SkipCommentType
}

// commentExample names a comment in the report: by its number and kind only.
func commentExample(raw wxrFields) string {
	id, _ := cutRunes(clean(raw.get("wp:comment_id")), 20)
	kind, _ := cutRunes(clean(raw.get("wp:comment_type")), 20)
	return strings.TrimSpace("#" + id + " " + kind)
}
