package db

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"radd/moderation"
)

// ImportArticle stores an article that is not there yet: neither its ID nor its
// Source (nor, where it has no Source, one of the same Slug, title and text). Where it is, the stored one is returned with fresh false.
// A slug that is taken by another gets a number. With dry nothing is written.
func (s *Store) ImportArticle(ctx context.Context, a moderation.Article, dry bool) (stored moderation.Article, fresh bool, err error) {
	err = s.inTx(ctx, "import article", func(tx *sql.Tx) error {
		stored, err = knownArticle(ctx, tx, a)
		if !errors.Is(err, moderation.ErrNotFound) {
			return err
		}
		if a.Slug, err = freeSlug(ctx, tx, a.Slug); err != nil {
			return err
		}
		a.Version, a.Replies = max(a.Version, 1), 0
		stored, fresh = a, true
		if dry {
			return nil
		}
		return insertArticle(ctx, tx, a)
	})
	if err != nil {
		return moderation.Article{}, false, err
	}
	return stored, fresh, nil
}

// knownArticle returns the stored article that is the same as a, or moderation.ErrNotFound.
func knownArticle(ctx context.Context, tx *sql.Tx, a moderation.Article) (moderation.Article, error) {
	stored, err := articleBy(ctx, tx, "id = @id", args{"id": a.ID})
	if !errors.Is(err, moderation.ErrNotFound) {
		return stored, err
	}
	if a.Source != "" {
		return articleBy(ctx, tx, "source = @source", args{"source": a.Source})
	}
	stored, err = articleBy(ctx, tx, "slug = @slug", args{"slug": a.Slug})
	if err == nil && (stored.Title != a.Title || stored.Body != a.Body) {
		err = moderation.ErrNotFound // another article that happens to have the same address
	}
	return stored, err
}

// freeSlug returns the slug, with the first number that makes it unique where it is
// taken.
func freeSlug(ctx context.Context, tx *sql.Tx, slug string) (string, error) {
	for n, try := 2, slug; ; n++ {
		_, err := one(ctx, tx, "look for slug", `SELECT id FROM articles WHERE slug = @slug`, args{"slug": try}, scanInt)
		if errors.Is(err, moderation.ErrNotFound) {
			return try, nil
		}
		if err != nil {
			return "", err
		}
		try = slug + "-" + strconv.Itoa(n)
	}
}

// ImportComments stores, in one transaction, the comments that are not there yet:
// neither their ID nor their Source. It returns how many were new; with dry it only
// counts. Their articles' counts of replies are kept in step. An imported comment
// arrives with the status it has, unless it comes from another Radd and was decided
// there (moderation.Carried); one whose parent is neither stored nor among the
// comments, or belongs to another article, stands at top level.
func (s *Store) ImportComments(ctx context.Context, comments []moderation.Comment, dry bool) (added int, err error) {
	if dry {
		return countNew(ctx, s.read, comments)
	}
	err = s.inTx(ctx, "import comments", func(tx *sql.Tx) error {
		counts := replyCounts{}
		threads := newThreads(comments)
		for _, c := range comments {
			own, err := threads.place(ctx, tx, c.ID)
			if err != nil {
				return err
			}
			if own.stored {
				continue
			}
			c = threads.batch[own.id]
			c.ParentID, c.RootID, c.Version = own.parent, own.root, max(c.Version, 1)
			if err := insertCarried(ctx, tx, c); err != nil {
				return err
			}
			own.stored = true
			threads.places[own.id] = own
			added++
			counts.add(c.ArticleID, change("", c.Status))
		}
		return countReplies(ctx, tx, counts)
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

// insertCarried stores an imported comment, with an entry for what was decided
// where it comes from.
func insertCarried(ctx context.Context, tx *sql.Tx, c moderation.Comment) error {
	entry, decided := moderation.Carried(c)
	if !decided {
		c.Arrival = c.Status
	}
	if err := insertComment(ctx, tx, Reply{Comment: c}); err != nil || !decided {
		return err
	}
	return insertDecision(ctx, tx, entry)
}

// countNew counts the comments that an import would add.
func countNew(ctx context.Context, r runner, comments []moderation.Comment) (added int, err error) {
	ids, sources := map[moderation.ID]bool{}, map[string]bool{}
	for _, c := range comments {
		if ids[c.ID] || c.Source != "" && sources[c.Source] {
			continue
		}
		_, err := one(ctx, r, "look for comment", `SELECT id FROM comments WHERE id = @id
			UNION ALL SELECT id FROM comments WHERE source = @source`, args{"id": c.ID, "source": orNull(c.Source)}, scanInt)
		if err != nil && !errors.Is(err, moderation.ErrNotFound) {
			return 0, err
		}
		ids[c.ID], sources[c.Source] = true, true
		if err != nil {
			added++
		}
	}
	return added, nil
}
