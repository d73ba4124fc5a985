package db

import (
	"context"

	"radd/moderation"
)

// decisionFields are the columns of the entry d as decisionTargets reads them.
const decisionFields = `d.id, d.comment_id, d.batch_id, d.action, d.from_status, d.to_status, d.version,
	COALESCE(d.member_id, 0), d.member, d.note, d.previous, COALESCE(d.undoes, 0), d.at`

// decisionTargets are where the columns of decisionFields go; at is the time.
func decisionTargets(d *moderation.Decision, at *int64) []any {
	return []any{
		(*int64)(&d.ID), (*int64)(&d.CommentID), (*int64)(&d.BatchID), (*string)(&d.Action), (*string)(&d.From),
		(*string)(&d.To), &d.Version, (*int64)(&d.MemberID), &d.Member, &d.Note, &d.Previous, (*int64)(&d.Undoes), at,
	}
}

func scanDecision(row scanner) (moderation.Decision, error) {
	var d moderation.Decision
	var at int64
	err := row.Scan(decisionTargets(&d, &at)...)
	d.At = moment(at)
	return d, err
}

// Decisions returns the entries with this ID or BatchID, or moderation.ErrNotFound.
func (s *Store) Decisions(ctx context.Context, id moderation.ID) ([]moderation.Decision, error) {
	list, err := all(ctx, s.read, "read decisions",
		`SELECT `+decisionFields+` FROM decisions d WHERE d.id = @id OR d.batch_id = @id ORDER BY d.id`,
		args{"id": id}, scanDecision)
	if err == nil && len(list) == 0 {
		err = moderation.ErrNotFound
	}
	return list, err
}

// Journal returns every entry on the comment, oldest first.
func (s *Store) Journal(ctx context.Context, commentID moderation.ID) ([]moderation.Decision, error) {
	return all(ctx, s.read, "read journal",
		`SELECT `+decisionFields+` FROM decisions d WHERE d.comment_id = @id ORDER BY d.version`,
		args{"id": commentID}, scanDecision)
}

// LatestDecisions returns the newest entry of each of the comments, by comment.
func (s *Store) LatestDecisions(ctx context.Context, commentIDs []moderation.ID) (map[moderation.ID]moderation.Decision, error) {
	latest := make(map[moderation.ID]moderation.Decision, len(commentIDs))
	err := eachChunk(commentIDs, func(a args, list string) error {
		// A comment's version is that of its newest entry.
		return each(ctx, s.read, "read latest decisions", `SELECT `+decisionFields+` FROM comments c
			JOIN decisions d ON d.comment_id = c.id AND d.version = c.version WHERE c.id IN (`+list+`)`, a,
			func(row scanner) error {
				d, err := scanDecision(row)
				latest[d.CommentID] = d
				return err
			})
	})
	return latest, err
}

// LogEntry is an entry of the journal with the comment it is about.
type LogEntry struct {
	moderation.Decision
	AuthorName   string
	ArticleTitle string
}

// LogFilter chooses entries of the whole journal, newest first.
type LogFilter struct {
	MemberID moderation.ID // 0 for all
	After    moderation.ID // the last one of the page before
	Limit    int
}

// Log returns a page of the whole journal, and whether more follow.
func (s *Store) Log(ctx context.Context, f LogFilter) (page []LogEntry, more bool, err error) {
	where, a := `d.id < @after`, args{"after": f.After, "limit": oneMore(f.Limit)}
	if f.After == 0 {
		a["after"] = lastID
	}
	if f.MemberID != 0 {
		where += ` AND d.member_id = @member`
		a["member"] = f.MemberID
	}
	list, err := all(ctx, s.read, "read log", `SELECT `+decisionFields+`, COALESCE(c.name, ''), COALESCE(a.title, '')
		FROM decisions d LEFT JOIN comments c ON c.id = d.comment_id LEFT JOIN articles a ON a.id = c.article_id
		WHERE `+where+` ORDER BY d.id DESC LIMIT @limit`, a, scanLogEntry)
	page, more = cutPage(list, f.Limit)
	return page, more, err
}

func scanLogEntry(row scanner) (LogEntry, error) {
	var e LogEntry
	var at int64
	err := row.Scan(append(decisionTargets(&e.Decision, &at), &e.AuthorName, &e.ArticleTitle)...)
	e.At = moment(at)
	return e, err
}
