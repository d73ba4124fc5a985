package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"radd/moderation"
)

// ErrSlugTaken refuses a second article with the same slug.
var ErrSlugTaken = errors.New("slug is taken")

// articleFields are the columns of an article but its body, as scanArticle reads them.
const articleFields = `id, version, replies, published, published_at, created_at, updated_at,
	lang, mode, slug, section, title, byline, COALESCE(source, ''), summary`

// wholeArticle and briefArticle are the columns with and without the body.
const (
	wholeArticle = articleFields + `, body`
	briefArticle = articleFields + `, ''`
)

func scanArticle(row scanner) (moderation.Article, error) {
	var a moderation.Article
	var published, created, updated int64
	err := row.Scan((*int64)(&a.ID), &a.Version, &a.Replies, &a.Published, &published, &created, &updated,
		&a.Lang, (*string)(&a.Mode), &a.Slug, &a.Section, &a.Title, &a.Byline, &a.Source, &a.Summary, &a.Body)
	a.PublishedAt, a.CreatedAt, a.UpdatedAt = moment(published), moment(created), moment(updated)
	return a, err
}

// articleArgs are the values that both a new and a changed article write.
func articleArgs(a moderation.Article) args {
	return args{
		"id": a.ID, "version": a.Version, "published": a.Published, "published_at": millis(a.PublishedAt),
		"updated_at": millis(a.UpdatedAt), "lang": a.Lang, "mode": a.Mode, "slug": a.Slug,
		"section": a.Section, "title": a.Title, "byline": a.Byline, "summary": a.Summary, "body": a.Body,
		"folded": " " + searchText(a.Title, a.Section, a.Byline) + " ",
	}
}

// AddArticle stores a new article. ErrSlugTaken where the slug exists.
func (s *Store) AddArticle(ctx context.Context, a moderation.Article) error {
	return insertArticle(ctx, s.write, a)
}

func insertArticle(ctx context.Context, r runner, a moderation.Article) error {
	a.Version = max(a.Version, 1)
	values := articleArgs(a)
	values["created_at"], values["source"] = millis(a.CreatedAt), orNull(a.Source)
	_, err := run(ctx, r, "add article", `
		INSERT INTO articles (id, version, replies, comments_version, published, published_at, created_at, updated_at,
			lang, mode, slug, section, title, byline, source, summary, folded, body)
		VALUES (@id, @version, 0, 1, @published, @published_at, @created_at, @updated_at,
			@lang, @mode, @slug, @section, @title, @byline, @source, @summary, @folded, @body)`, values)
	return slugError(err)
}

// SaveArticle stores a, whose Version must be seen+1, over the version seen.
// ErrStale where another version is stored, ErrSlugTaken where the slug exists,
// moderation.ErrNotFound where there is no such article.
func (s *Store) SaveArticle(ctx context.Context, a moderation.Article, seen int64) error {
	if a.Version != seen+1 {
		return fmt.Errorf("save article: version %d does not follow %d", a.Version, seen)
	}
	values := articleArgs(a)
	values["seen"] = seen
	return s.inTx(ctx, "save article", func(tx *sql.Tx) error {
		changed, err := run(ctx, tx, "save article", `
			UPDATE articles SET version = @version, published = @published, published_at = @published_at,
				updated_at = @updated_at, lang = @lang, mode = @mode, slug = @slug, section = @section,
				title = @title, byline = @byline, summary = @summary, folded = @folded, body = @body
			WHERE id = @id AND version = @seen`, values)
		if err != nil || changed == 1 {
			return slugError(err)
		}
		if _, err := articleBy(ctx, tx, "id = @id", args{"id": a.ID}); err != nil {
			return err
		}
		return ErrStale
	})
}

// slugError names the refusal of a slug that another article has.
func slugError(err error) error {
	if column, taken := takenColumn(err); taken && column == "articles.slug" {
		return fmt.Errorf("%w: %w", ErrSlugTaken, err)
	}
	return err
}

// ArticleBySlug returns the article, or moderation.ErrNotFound.
func (s *Store) ArticleBySlug(ctx context.Context, slug string) (moderation.Article, error) {
	return articleBy(ctx, s.read, "slug = @slug", args{"slug": slug})
}

// ArticleByID returns the article, or moderation.ErrNotFound.
func (s *Store) ArticleByID(ctx context.Context, id moderation.ID) (moderation.Article, error) {
	return articleBy(ctx, s.read, "id = @id", args{"id": id})
}

// articleBy returns the article that the condition, which names a unique column,
// describes.
func articleBy(ctx context.Context, r runner, condition string, a args) (moderation.Article, error) {
	return one(ctx, r, "read article", `SELECT `+wholeArticle+` FROM articles WHERE `+condition, a, scanArticle)
}

// ArticlesByIDs returns those articles that exist, without bodies, by id.
func (s *Store) ArticlesByIDs(ctx context.Context, ids []moderation.ID) (map[moderation.ID]moderation.Article, error) {
	found := make(map[moderation.ID]moderation.Article, len(ids))
	err := eachChunk(ids, func(a args, list string) error {
		return each(ctx, s.read, "read articles",
			`SELECT `+briefArticle+` FROM articles WHERE id IN (`+list+`)`, a, func(row scanner) error {
				article, err := scanArticle(row)
				found[article.ID] = article
				return err
			})
	})
	return found, err
}

// searchText is what the search looks at: the words of the texts, their spelling
// folded, with one space between two.
func searchText(texts ...string) string {
	return strings.Join(moderation.Words(strings.Join(texts, "\n")), " ")
}
