package db

import (
	"context"
	"database/sql"
	"fmt"

	"radd/moderation"
)

// Report is what Check found.
type Report struct {
	Comments, Decisions, Articles int64
	Faults                        []string // empty when all is well
}

// maxFaults is how many faults a report tells.
const maxFaults = 100

func (r *Report) fault(format string, values ...any) {
	if len(r.Faults) < maxFaults {
		r.Faults = append(r.Faults, fmt.Sprintf(format, values...))
	}
}

// Check looks at the file's integrity, replays the journal and compares the result
// with the comments table, and recounts each article's replies. It reads the state
// of one moment, and rows one by one.
func (s *Store) Check(ctx context.Context) (Report, error) {
	var r Report
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return r, fmt.Errorf("check: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	for _, part := range []func(context.Context, *sql.Tx, *Report) error{
		checkFile, checkReferences, checkJournal, checkThreads, checkCounts,
	} {
		if err := part(ctx, tx, &r); err != nil {
			return r, err
		}
	}
	return r, nil
}

// checkFile looks at the pages, the indexes and the full-text index.
func checkFile(ctx context.Context, tx *sql.Tx, r *Report) error {
	lines, err := all(ctx, tx, "check file", `PRAGMA integrity_check(100)`, nil, scanText)
	for _, line := range lines {
		if line != "ok" {
			r.fault("file: %s", line)
		}
	}
	return err
}

func checkReferences(ctx context.Context, tx *sql.Tx, r *Report) error {
	return each(ctx, tx, "check references", `PRAGMA foreign_key_check`, nil, func(row scanner) error {
		var table, parent string
		var id sql.NullInt64
		var key int64
		if err := row.Scan(&table, &id, &parent, &key); err != nil {
			return err
		}
		r.fault("%s %d refers to a row of %s that does not exist", table, id.Int64, parent)
		return nil
	})
}

// replay is one comment while its entries pass by.
type replay struct {
	id       moderation.ID
	arrival  moderation.Status
	status   moderation.Status
	version  int64
	reached  moderation.Status // by the entries so far
	entries  int64
	lastSeen int64 // the version of the last entry
}

// checkJournal plays every comment's entries in order, from the status it arrived
// with: each must begin where the one before ended, and the last must have made the
// comment what it is.
func checkJournal(ctx context.Context, tx *sql.Tx, r *Report) error {
	var now replay
	err := each(ctx, tx, "replay journal", `
		SELECT c.id, c.arrival, c.status, c.version, COALESCE(d.id, 0), COALESCE(d.from_status, ''),
			COALESCE(d.to_status, ''), COALESCE(d.version, 0)
		FROM comments c LEFT JOIN decisions d ON d.comment_id = c.id
		ORDER BY c.id, d.version`, nil, func(row scanner) error {
		var next replay
		var entry moderation.Decision
		err := row.Scan(&next.id, &next.arrival, &next.status, &next.version, &entry.ID, &entry.From, &entry.To, &entry.Version)
		if err != nil {
			return err
		}
		if next.id != now.id {
			now.finish(r)
			now = next
			now.reached = next.arrival
			r.Comments++
		}
		if entry.ID != 0 {
			r.Decisions++
			now.play(entry, r)
		}
		return nil
	})
	now.finish(r)
	return err
}

func (c *replay) play(entry moderation.Decision, r *Report) {
	if entry.From != c.reached {
		r.fault("comment %d: entry %d begins at %s where the journal stands at %s", c.id, entry.ID, entry.From, c.reached)
	}
	if c.entries > 0 && entry.Version != c.lastSeen+1 {
		r.fault("comment %d: entry %d made version %d after version %d", c.id, entry.ID, entry.Version, c.lastSeen)
	}
	c.reached, c.lastSeen = entry.To, entry.Version
	c.entries++
}

func (c *replay) finish(r *Report) {
	if c.id == 0 {
		return
	}
	if c.reached != c.status {
		r.fault("comment %d is %s, by the journal %s", c.id, c.status, c.reached)
	}
	if c.entries > 0 && c.lastSeen != c.version {
		r.fault("comment %d has version %d, by the journal %d", c.id, c.version, c.lastSeen)
	}
}

// checkThreads looks for comments that stand in another thread or article than the
// one they answer.
func checkThreads(ctx context.Context, tx *sql.Tx, r *Report) error {
	return each(ctx, tx, "check threads", `
		SELECT c.id FROM comments c LEFT JOIN comments p ON p.id = c.parent_id
		WHERE c.parent_id IS NULL AND c.root_id <> c.id
			OR p.id IS NOT NULL AND (p.root_id <> c.root_id OR p.article_id <> c.article_id)
		LIMIT 100`, nil, func(row scanner) error {
		id, err := scanInt(row)
		r.fault("comment %d does not stand in the thread of the one it answers", id)
		return err
	})
}

// checkCounts counts each article's approved comments.
func checkCounts(ctx context.Context, tx *sql.Tx, r *Report) error {
	return each(ctx, tx, "count replies", `
		SELECT a.id, a.replies, (SELECT COUNT(*) FROM comments c WHERE c.article_id = a.id AND c.status = 'approved')
		FROM articles a ORDER BY a.id`, nil, func(row scanner) error {
		var id, stored, counted int64
		if err := row.Scan(&id, &stored, &counted); err != nil {
			return err
		}
		r.Articles++
		if stored != counted {
			r.fault("article %d counts %d replies and has %d", id, stored, counted)
		}
		return nil
	})
}
