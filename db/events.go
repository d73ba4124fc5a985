package db

import (
	"context"
	"time"

	"radd/moderation"
)

// Event is one administrative act: an export, a change of people or settings, a
// sign-in. Kind names a text "event_KIND" in views/locale; Detail is its subject.
type Event struct {
	At       time.Time
	MemberID moderation.ID
	Member   string
	Kind     string
	Detail   string
	ID       moderation.ID
}

// AddEvent records an administrative act.
func (s *Store) AddEvent(ctx context.Context, e Event) error {
	_, err := run(ctx, s.write, "add event", `INSERT INTO events (id, at, member_id, member, kind, detail)
		VALUES (@id, @at, @member_id, @member, @kind, @detail)`, args{
		"id": e.ID, "at": millis(e.At), "member_id": orNullID(e.MemberID), "member": e.Member,
		"kind": e.Kind, "detail": e.Detail,
	})
	return err
}

// Events returns a page of administrative acts, newest first, and whether more follow.
func (s *Store) Events(ctx context.Context, after moderation.ID, limit int) (page []Event, more bool, err error) {
	if after == 0 {
		after = lastID
	}
	list, err := all(ctx, s.read, "read events", `
		SELECT id, at, COALESCE(member_id, 0), member, kind, detail FROM events
		WHERE id < @after ORDER BY id DESC LIMIT @limit`, args{"after": after, "limit": oneMore(limit)}, scanEvent)
	page, more = cutPage(list, limit)
	return page, more, err
}

func scanEvent(row scanner) (Event, error) {
	var e Event
	var at int64
	err := row.Scan((*int64)(&e.ID), &at, (*int64)(&e.MemberID), &e.Member, &e.Kind, &e.Detail)
	e.At = moment(at)
	return e, err
}
