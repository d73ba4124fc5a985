package db

import (
	"context"

	"radd/moderation"
)

// ThreadKey is the place behind which a page of an article's comments starts.
type ThreadKey struct {
	Root, ID moderation.ID
}

// ThreadFilter chooses the approved comments of one article. They come thread by
// thread, threads by the time of their first comment, comments of a thread by time.
type ThreadFilter struct {
	ArticleID moderation.ID
	Newest    bool // newest thread first
	After     ThreadKey
	Limit     int
}

// The two orders of an article's comments. The first condition of each is a range
// of the index comments_thread; newest first, SQLite sorts within one thread only.
const (
	oldestThreads = ` AND (c.root_id, c.id) > (@root, @after) ORDER BY c.root_id, c.id LIMIT @limit`
	newestThreads = ` AND c.root_id <= @root AND (c.root_id < @root OR c.id > @after) ORDER BY c.root_id DESC, c.id LIMIT @limit`
)

// Thread returns a page of an article's approved comments, and whether more follow.
func (s *Store) Thread(ctx context.Context, f ThreadFilter) (page []moderation.Comment, more bool, err error) {
	order, after := oldestThreads, f.After
	if f.Newest {
		order = newestThreads
		if after.Root == 0 {
			after.Root = lastID
		}
	}
	list, err := all(ctx, s.read, "read thread",
		`SELECT `+commentFields+` FROM comments c WHERE c.article_id = @article AND c.status = 'approved'`+order,
		args{"article": f.ArticleID, "root": after.Root, "after": after.ID, "limit": oneMore(f.Limit)}, scanComment)
	page, more = cutPage(list, f.Limit)
	return page, more, err
}

// LatestApproved returns the newest approved comments, of one article or (0) of all
// published ones, newest first.
func (s *Store) LatestApproved(ctx context.Context, articleID moderation.ID, limit int) ([]moderation.Comment, error) {
	where, a := `EXISTS (SELECT 1 FROM articles a WHERE a.id = c.article_id AND a.published = 1)`, args{"limit": max(limit, 1)}
	if articleID != 0 {
		where, a["article"] = `c.article_id = @article`, articleID
	}
	return all(ctx, s.read, "read latest comments",
		`SELECT `+commentFields+` FROM comments c WHERE c.status = 'approved' AND `+where+` ORDER BY c.id DESC LIMIT @limit`,
		a, scanComment)
}

// Around returns up to n comments of c's thread before it and n behind it, of any
// status, by time, without c.
func (s *Store) Around(ctx context.Context, c moderation.Comment, n int) ([]moderation.Comment, error) {
	if n < 1 {
		return nil, nil
	}
	values := args{"article": c.ArticleID, "root": c.RootID, "id": c.ID, "limit": n}
	return all(ctx, s.read, "read comments around", `
		SELECT * FROM (SELECT `+commentFields+` FROM comments c
			WHERE c.article_id = @article AND c.root_id = @root AND c.id < @id ORDER BY c.id DESC LIMIT @limit)
		UNION ALL
		SELECT * FROM (SELECT `+commentFields+` FROM comments c
			WHERE c.article_id = @article AND c.root_id = @root AND c.id > @id ORDER BY c.id LIMIT @limit)
		ORDER BY 1`, values, scanComment)
}
