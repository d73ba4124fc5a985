package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"radd/moderation"
)

// Reply is a new comment with what keeps it single and lets its author come back.
type Reply struct {
	moderation.Comment
	SubmissionKey string // one form sent; empty where the form had no stamp
	ContentKey    string // moderation.ContentKey: one author, article, parent and text
	TokenHash     string // SHA-256 of the private link's token, hex
	Takes         []Take // limits to be counted against
}

// AddReply stores a reply in one transaction, which is on disk when it returns, in
// this order: a form that was stored before gives that comment back with fresh
// false; an article that does not exist is moderation.ErrNotFound; a parent must be
// an approved comment of the article (moderation.ErrParent) and gives the reply its
// RootID; the same ContentKey is moderation.ErrDuplicate; a limit that is used up is
// *moderation.TooFastError and counts nothing.
func (s *Store) AddReply(ctx context.Context, r Reply) (stored moderation.Comment, fresh bool, err error) {
	r.Version, r.Arrival = 1, r.Status
	if r.UpdatedAt.IsZero() {
		r.UpdatedAt = r.CreatedAt
	}
	stored, fresh, err = s.addReply(ctx, r)
	column, taken := takenColumn(err)
	switch {
	case taken && column == "comments.submission_key":
		// Another program stored the same form between our look and our row.
		stored, fresh, err = s.addReply(ctx, r)
	case taken && column == "comments.content_key":
		err = moderation.ErrDuplicate
	}
	if err == nil && fresh {
		s.sweepLimits(ctx, r.Takes...)
	}
	return stored, fresh, err
}

func (s *Store) addReply(ctx context.Context, r Reply) (stored moderation.Comment, fresh bool, err error) {
	err = s.inTx(ctx, "add reply", func(tx *sql.Tx) error {
		if r.SubmissionKey != "" {
			stored, err = commentBy(ctx, tx, "c.submission_key = @key", args{"key": r.SubmissionKey})
			if !errors.Is(err, moderation.ErrNotFound) {
				return err
			}
		}
		if r.RootID, err = rootOf(ctx, tx, r.Comment); err != nil {
			return err
		}
		if err := refuseDuplicate(ctx, tx, r.ContentKey); err != nil {
			return err
		}
		if err := take(ctx, tx, r.Takes); err != nil {
			return err
		}
		if err := insertComment(ctx, tx, r); err != nil {
			return err
		}
		stored, fresh = r.Comment, true
		return countReplies(ctx, tx, replyCounts{r.ArticleID: change("", r.Status)})
	})
	if err != nil {
		return moderation.Comment{}, false, err
	}
	return stored, fresh, nil
}

// rootOf returns the top of the thread that the new comment belongs to.
func rootOf(ctx context.Context, tx *sql.Tx, c moderation.Comment) (moderation.ID, error) {
	_, err := one(ctx, tx, "read article", `SELECT id FROM articles WHERE id = @id`, args{"id": c.ArticleID}, scanInt)
	if err != nil || c.ParentID == 0 {
		return c.ID, err
	}
	parent, err := commentBy(ctx, tx, "c.id = @id", args{"id": c.ParentID})
	if errors.Is(err, moderation.ErrNotFound) || err == nil && (!parent.Public() || parent.ArticleID != c.ArticleID) {
		return 0, moderation.ErrParent
	}
	return parent.RootID, err
}

// refuseDuplicate finds the same text by the same author in the same place.
func refuseDuplicate(ctx context.Context, tx *sql.Tx, contentKey string) error {
	if contentKey == "" {
		return nil
	}
	_, err := one(ctx, tx, "look for the same text",
		`SELECT id FROM comments WHERE content_key = @key`, args{"key": contentKey}, scanInt)
	if errors.Is(err, moderation.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return moderation.ErrDuplicate
}

// replyCount is what happens to an article's public comments.
type replyCount struct {
	approved int64 // how many more are approved
	changes  int64 // how many changes readers see
}

// replyCounts are the counts by article.
type replyCounts map[moderation.ID]replyCount

// change is the count for one comment that goes from one status to another. A new
// comment comes from "".
func change(from, to moderation.Status) replyCount {
	var n replyCount
	if from == moderation.Approved {
		n.approved--
		n.changes = 1
	}
	if to == moderation.Approved {
		n.approved++
		n.changes = 1
	}
	return n
}

// add counts one more change below the article.
func (c replyCounts) add(article moderation.ID, n replyCount) {
	sum := c[article]
	c[article] = replyCount{sum.approved + n.approved, sum.changes + n.changes}
}

// countReplies brings the articles' own figures in step.
func countReplies(ctx context.Context, tx *sql.Tx, counts replyCounts) error {
	for article, n := range counts {
		if n == (replyCount{}) {
			continue
		}
		_, err := run(ctx, tx, "count replies", `
			UPDATE articles SET replies = replies + @approved, comments_version = comments_version + @changes
			WHERE id = @id`, args{"id": article, "approved": n.approved, "changes": n.changes})
		if err != nil {
			return fmt.Errorf("article %d: %w", article, err)
		}
	}
	return nil
}
