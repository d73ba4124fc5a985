package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"radd/moderation"
)

// Change is one comment as moderation decided it, and the entry that says so.
type Change struct {
	After      moderation.Comment  // its Version is Seen+1
	Seen       int64               // the version that was on the screen
	Entry      moderation.Decision // goes into the journal
	ContentKey string              // the new one where the text changed
}

// check refuses an entry that does not say what the comment became.
func (c Change) check() error {
	e, after := c.Entry, c.After
	if e.CommentID != after.ID || e.To != after.Status || e.Version != after.Version || after.Version != c.Seen+1 {
		return fmt.Errorf("save decision: the entry %d does not fit the comment %d", e.ID, after.ID)
	}
	return nil
}

// SaveChanges stores decisions in one transaction: each comment whose version is
// the one seen is updated together with its article's count and the journal; the
// others are returned as conflicts, with what they are now and who made them so.
// A comment that does not exist is moderation.ErrNotFound for the whole, and a
// revised text that its author has sent before is moderation.ErrDuplicate.
func (s *Store) SaveChanges(ctx context.Context, changes []Change) (conflicts []*moderation.ConflictError, err error) {
	err = s.inTx(ctx, "save decisions", func(tx *sql.Tx) error {
		counts := replyCounts{}
		for _, c := range changes {
			conflict, err := saveChange(ctx, tx, c, counts)
			if err != nil {
				return err
			}
			if conflict != nil {
				conflicts = append(conflicts, conflict)
			}
		}
		return countReplies(ctx, tx, counts)
	})
	if column, taken := takenColumn(err); taken && column == "comments.content_key" {
		err = moderation.ErrDuplicate
	}
	if err != nil {
		return nil, err
	}
	return conflicts, nil
}

// saveChange stores one decision, or returns the conflict.
func saveChange(ctx context.Context, tx *sql.Tx, c Change, counts replyCounts) (*moderation.ConflictError, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	article, err := updateComment(ctx, tx, c)
	if errors.Is(err, moderation.ErrNotFound) {
		return findConflict(ctx, tx, c)
	}
	if err != nil {
		return nil, err
	}
	counts.add(article, change(c.Entry.From, c.Entry.To))
	return nil, insertDecision(ctx, tx, c.Entry)
}

// updateComment writes what a decision may change, and nothing else. It returns the
// comment's article, or moderation.ErrNotFound where the comment is not as it was seen.
func updateComment(ctx context.Context, tx *sql.Tx, c Change) (moderation.ID, error) {
	set, a := "", args{
		"id": c.After.ID, "seen": c.Seen, "from": c.Entry.From,
		"status": c.After.Status, "version": c.After.Version, "updated_at": millis(c.After.UpdatedAt),
	}
	switch c.Entry.Action {
	case moderation.Revise:
		reasons, err := encodeReasons(c.After.Reasons)
		if err != nil {
			return 0, err
		}
		set = `, body = @body, folded = @folded, content_key = @content_key, lang = @lang, dir = @dir, reasons = @reasons`
		a["body"], a["folded"] = c.After.Body, searchText(c.After.Name, c.After.Body)
		a["content_key"], a["lang"], a["dir"], a["reasons"] = orNull(c.ContentKey), c.After.Lang, c.After.Dir, reasons
	case moderation.Withdraw:
		set = `, content_key = NULL` // its author may send the text again
	default: // a decision leaves the text alone
	}
	article, err := one(ctx, tx, "save decision", `
		UPDATE comments SET status = @status, version = @version, updated_at = @updated_at`+set+`
		WHERE id = @id AND version = @seen AND status = @from RETURNING article_id`, a, scanInt)
	return moderation.ID(article), err
}

// findConflict says what the comment is now and who made it so.
func findConflict(ctx context.Context, tx *sql.Tx, c Change) (*moderation.ConflictError, error) {
	current, err := commentBy(ctx, tx, "c.id = @id", args{"id": c.After.ID})
	if err != nil {
		return nil, err
	}
	if current.Version == c.Seen {
		return nil, fmt.Errorf("save decision: comment %d is %s, not %s", current.ID, current.Status, c.Entry.From)
	}
	latest, err := one(ctx, tx, "read latest decision", `SELECT `+decisionFields+` FROM decisions d
		WHERE d.comment_id = @id ORDER BY d.version DESC LIMIT 1`, args{"id": current.ID}, scanDecision)
	if err != nil && !errors.Is(err, moderation.ErrNotFound) {
		return nil, err
	}
	return &moderation.ConflictError{Current: current, Latest: latest}, nil
}

func insertDecision(ctx context.Context, tx *sql.Tx, d moderation.Decision) error {
	if d.BatchID == 0 {
		d.BatchID = d.ID
	}
	_, err := run(ctx, tx, "write journal", `
		INSERT INTO decisions (id, comment_id, batch_id, action, from_status, to_status, version, member_id, member,
			note, previous, undoes, at)
		VALUES (@id, @comment_id, @batch_id, @action, @from, @to, @version, @member_id, @member,
			@note, @previous, @undoes, @at)`, args{
		"id": d.ID, "comment_id": d.CommentID, "batch_id": d.BatchID, "action": d.Action, "from": d.From, "to": d.To,
		"version": d.Version, "member_id": orNullID(d.MemberID), "member": d.Member, "note": d.Note,
		"previous": d.Previous, "undoes": orNullID(d.Undoes), "at": millis(d.At),
	})
	return err
}
