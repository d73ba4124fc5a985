package db

import (
	"context"
	"time"

	"radd/moderation"
)

// AuthorRecord is what became of the comments under one e-mail address. Counts stop at 100.
type AuthorRecord struct {
	Approved, Rejected, Spam, Pending int
	Last                              time.Time // the newest one before this comment, zero for none
}

// recordLimit is where the counts of an AuthorRecord stop.
const recordLimit = 100

// QueueItem is a comment with what a moderator needs to judge it.
type QueueItem struct {
	moderation.Comment
	Article moderation.Article // without its body
	Parent  *moderation.Comment
	Record  AuthorRecord // without the comment itself
}

// QueueItemByID returns one comment as the queue shows it, or moderation.ErrNotFound.
func (s *Store) QueueItemByID(ctx context.Context, id moderation.ID) (QueueItem, error) {
	c, err := s.CommentByID(ctx, id)
	if err != nil {
		return QueueItem{}, err
	}
	items, err := s.queueItems(ctx, []moderation.Comment{c})
	if err != nil {
		return QueueItem{}, err
	}
	return items[0], nil
}

// queueItems adds what belongs to the comments, with one query for each kind.
func (s *Store) queueItems(ctx context.Context, comments []moderation.Comment) ([]QueueItem, error) {
	var own, articleIDs, parentIDs []moderation.ID
	for _, c := range comments {
		own, articleIDs = append(own, c.ID), append(articleIDs, c.ArticleID)
		if c.ParentID != 0 {
			parentIDs = append(parentIDs, c.ParentID)
		}
	}
	articles, err := s.ArticlesByIDs(ctx, articleIDs)
	if err != nil {
		return nil, err
	}
	parents, err := s.CommentsByIDs(ctx, parentIDs)
	if err != nil {
		return nil, err
	}
	records, err := s.records(ctx, own)
	if err != nil {
		return nil, err
	}
	byID := make(map[moderation.ID]*moderation.Comment, len(parents))
	for i := range parents {
		byID[parents[i].ID] = &parents[i]
	}
	items := make([]QueueItem, len(comments))
	for i, c := range comments {
		items[i] = QueueItem{Comment: c, Article: articles[c.ArticleID], Parent: byID[c.ParentID], Record: records[c.ID]}
	}
	return items, nil
}

// countOthers counts the other comments of c's author with the status.
func countOthers(status moderation.Status) string {
	return `(SELECT COUNT(*) FROM (SELECT 1 FROM comments o WHERE o.email_key = c.email_key
		AND o.status = '` + string(status) + `' AND o.id <> c.id LIMIT @limit) AS some)`
}

// records returns the records of the comments' authors, by comment. One without an
// e-mail address has none.
func (s *Store) records(ctx context.Context, ids []moderation.ID) (map[moderation.ID]AuthorRecord, error) {
	records := make(map[moderation.ID]AuthorRecord, len(ids))
	err := eachChunk(ids, func(a args, list string) error {
		a["limit"] = recordLimit
		return each(ctx, s.read, "read authors' records", `SELECT c.id, `+
			countOthers(moderation.Approved)+`, `+countOthers(moderation.Rejected)+`, `+
			countOthers(moderation.Spam)+`, `+countOthers(moderation.Pending)+`,
			COALESCE((SELECT o.created_at FROM comments o WHERE o.email_key = c.email_key AND o.id < c.id
				ORDER BY o.id DESC LIMIT 1), 0)
			FROM comments c WHERE c.id IN (`+list+`) AND c.email_key <> ''`, a, func(row scanner) error {
			var id moderation.ID
			var r AuthorRecord
			var last int64
			err := row.Scan(&id, &r.Approved, &r.Rejected, &r.Spam, &r.Pending, &last)
			r.Last = moment(last)
			records[id] = r
			return err
		})
	})
	return records, err
}
