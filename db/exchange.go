package db

import (
	"context"
	"time"

	"radd/moderation"
)

// idSlack is how much later than its comment's time an id may have been made for:
// ids go on rising while the clock is set back, and imported ones have milliseconds
// that the file did not know.
const idSlack = 24 * time.Hour

// SelectComments returns up to limit comments of the selection with ids above
// after, by id. Each call is one short query, so a slow reader holds nothing open.
func (s *Store) SelectComments(
	ctx context.Context, sel moderation.Selection, after moderation.ID, limit int,
) ([]moderation.Comment, error) {
	where, a := `c.id > @after`, args{"limit": max(limit, 1)}
	if sel.Status != "" {
		where += ` AND c.status = @status`
		a["status"] = sel.Status
	}
	if sel.ArticleID != 0 {
		where += ` AND c.article_id = @article`
		a["article"] = sel.ArticleID
	}
	// Ids sort by time, so the times narrow the range of ids; the times themselves
	// then decide.
	if !sel.From.IsZero() {
		after = max(after, moderation.FirstID(sel.From)-1)
		where += ` AND c.created_at >= @from`
		a["from"] = ceilMillis(sel.From)
	}
	if !sel.To.IsZero() {
		where += ` AND c.id < @before AND c.created_at < @to`
		a["before"], a["to"] = moderation.FirstID(sel.To.Add(idSlack)), ceilMillis(sel.To)
	}
	a["after"] = after
	return all(ctx, s.read, "select comments",
		`SELECT `+commentFields+` FROM comments c WHERE `+where+` ORDER BY c.id LIMIT @limit`, a, scanComment)
}

// ceilMillis rounds up: stored times have no fractions, so "at or after t" begins
// there, and so does "not before t".
func ceilMillis(t time.Time) int64 {
	ms := t.UnixMilli()
	if time.UnixMilli(ms).Before(t) {
		ms++
	}
	return ms
}

// SelectArticles returns up to limit whole articles, drafts included, with ids above after, by id.
func (s *Store) SelectArticles(ctx context.Context, after moderation.ID, limit int) ([]moderation.Article, error) {
	return all(ctx, s.read, "select articles",
		`SELECT `+wholeArticle+` FROM articles WHERE id > @after ORDER BY id LIMIT @limit`,
		args{"after": after, "limit": max(limit, 1)}, scanArticle)
}
