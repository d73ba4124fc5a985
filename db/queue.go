package db

import (
	"context"
	"strings"

	"radd/moderation"
)

// CountLimit is where the queue's counts stop: a count of CountLimit means "this
// many or more", so that a count costs the same in a queue of any size.
const CountLimit = 1000

// QueueFilter chooses comments for moderators. Pending ones come longest waiting
// first, the others newest first.
type QueueFilter struct {
	Status    moderation.Status // empty for all, newest first
	ArticleID moderation.ID     // 0 for all
	Author    string            // an e-mail address (with @) or a whole name, spelling folded
	Query     string            // words of the text or name, spelling folded; all must occur
	After     moderation.ID     // the last one of the page before; 0 for the first page
	Limit     int
}

// Queue returns a page of the queue, and whether more follow.
func (s *Store) Queue(ctx context.Context, f QueueFilter) (page []QueueItem, more bool, err error) {
	query, a, possible := f.statement()
	if !possible {
		return nil, false, nil
	}
	list, err := all(ctx, s.read, "read queue", query, a, scanComment)
	if err != nil {
		return nil, false, err
	}
	list, more = cutPage(list, f.Limit)
	page, err = s.queueItems(ctx, list)
	return page, more, err
}

// statement returns the filter as SQL; possible is false where nothing can match.
// Every combination reads one index in the order of the page, so it stops when the
// page is full.
func (f QueueFilter) statement() (query string, a args, possible bool) {
	from, key, where := `comments c`, `c.id`, ""
	a = args{"limit": oneMore(f.Limit)}
	if f.Query != "" {
		// The full-text index gives its rows by id too. CROSS JOIN: it goes first.
		from, key, where = `comments_words w CROSS JOIN comments c ON c.id = w.docid`, `w.docid`, ` AND w.folded MATCH @match`
		a["match"] = matchQuery(f.Query)
	}
	if f.Status != "" {
		where += ` AND c.status = @status`
		a["status"] = f.Status
	}
	where += f.author(a)
	order := " DESC"
	a["after"] = f.After
	if f.Status == moderation.Pending {
		where = key + ` > @after` + where
		order = ""
	} else {
		where = key + ` < @after` + where
		if f.After == 0 {
			a["after"] = lastID
		}
	}
	return `SELECT ` + commentFields + ` FROM ` + from + ` WHERE ` + where + ` ORDER BY ` + key + order + ` LIMIT @limit`,
		a, a["match"] != ""
}

// author returns the conditions on article and author. An author has fewer comments
// than an article may have, so with both the article is only compared (the plus sign
// keeps SQLite from using its index).
func (f QueueFilter) author(a args) string {
	article, author := ` AND c.article_id = @article`, ""
	if email := strings.ToLower(strings.TrimSpace(f.Author)); strings.Contains(email, "@") {
		author = ` AND c.email_key = @author`
		a["author"] = email
	} else if f.Author != "" {
		author = ` AND c.name_key = @author`
		a["author"] = moderation.Fold(f.Author)
	}
	if f.ArticleID == 0 {
		return author
	}
	a["article"] = f.ArticleID
	if author != "" {
		article = ` AND +c.article_id = @article`
	}
	return article + author
}

// QueueCounts counts the comments of each status, up to CountLimit.
func (s *Store) QueueCounts(ctx context.Context) (map[moderation.Status]int, error) {
	counts := make(map[moderation.Status]int, len(moderation.Statuses()))
	for _, status := range moderation.Statuses() {
		n, err := one(ctx, s.read, "count queue",
			`SELECT COUNT(*) FROM (SELECT 1 FROM comments WHERE status = @status LIMIT @limit) AS some`,
			args{"status": status, "limit": CountLimit}, scanInt)
		if err != nil {
			return nil, err
		}
		counts[status] = int(n)
	}
	return counts, nil
}
