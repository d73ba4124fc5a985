package db

import (
	"context"
	"database/sql"
	"time"

	"radd/moderation"
)

// Session is one signed-in browser. The cookie holds a random id; the row holds
// only its hash, so a copy of the database signs nobody in.
type Session struct {
	Hash      string // SHA-256 of the cookie's id, hex
	MemberID  moderation.ID
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time // absolute end
	UserAgent string
}

const sessionFields = `s.hash, s.member_id, s.created_at, s.seen_at, s.expires_at, s.user_agent`

// scanSession reads the columns of sessionFields and then those that go to more.
func scanSession(row scanner, more ...any) (Session, error) {
	var v Session
	var created, seen, expires int64
	targets := []any{&v.Hash, (*int64)(&v.MemberID), &created, &seen, &expires, &v.UserAgent}
	err := row.Scan(append(targets, more...)...)
	v.CreatedAt, v.SeenAt, v.ExpiresAt = moment(created), moment(seen), moment(expires)
	return v, err
}

// AddSession stores a session of a member who was seen now, and removes those that
// have expired.
func (s *Store) AddSession(ctx context.Context, v Session) error {
	return s.inTx(ctx, "add session", func(tx *sql.Tx) error {
		_, err := run(ctx, tx, "remove expired sessions",
			`DELETE FROM sessions WHERE expires_at <= @now`, args{"now": millis(v.CreatedAt)})
		if err != nil {
			return err
		}
		_, err = run(ctx, tx, "add session", `
			INSERT INTO sessions (hash, member_id, created_at, seen_at, expires_at, user_agent)
			VALUES (@hash, @member_id, @created_at, @seen_at, @expires_at, @user_agent)`, args{
			"hash": v.Hash, "member_id": v.MemberID, "created_at": millis(v.CreatedAt), "seen_at": millis(v.SeenAt),
			"expires_at": millis(v.ExpiresAt), "user_agent": v.UserAgent,
		})
		if err != nil {
			return err
		}
		_, err = run(ctx, tx, "touch member", `UPDATE members SET seen_at = @now WHERE id = @id AND seen_at < @now`,
			args{"id": v.MemberID, "now": millis(v.SeenAt)})
		return err
	})
}

// SessionByHash returns a session that has neither expired nor been idle since
// idleSince, with its member; moderation.ErrNotFound otherwise or where the member
// is disabled.
func (s *Store) SessionByHash(ctx context.Context, hash string, now, idleSince time.Time) (Session, moderation.Member, error) {
	var m moderation.Member
	v, err := one(ctx, s.read, "read session", `SELECT `+sessionFields+`, `+memberFields+`
		FROM sessions s JOIN members m ON m.id = s.member_id
		WHERE s.hash = @hash AND s.expires_at > @now AND s.seen_at >= @idle AND m.disabled = 0`,
		args{"hash": hash, "now": millis(now), "idle": millis(idleSince)}, func(row scanner) (Session, error) {
			var created, seen int64
			v, err := scanSession(row, memberTargets(&m, &created, &seen)...)
			m.CreatedAt, m.SeenAt = moment(created), moment(seen)
			return v, err
		})
	return v, m, err
}

// TouchSession records that the session and its member were seen now.
func (s *Store) TouchSession(ctx context.Context, hash string, now time.Time) error {
	values := args{"hash": hash, "now": millis(now)}
	return s.inTx(ctx, "touch session", func(tx *sql.Tx) error {
		_, err := run(ctx, tx, "touch session",
			`UPDATE sessions SET seen_at = @now WHERE hash = @hash AND seen_at < @now`, values)
		if err != nil {
			return err
		}
		_, err = run(ctx, tx, "touch member", `UPDATE members SET seen_at = @now
			WHERE id = (SELECT member_id FROM sessions WHERE hash = @hash) AND seen_at < @now`, values)
		return err
	})
}

// DeleteSession ends one session; one that is not there is no error.
func (s *Store) DeleteSession(ctx context.Context, hash string) error {
	_, err := run(ctx, s.write, "end session", `DELETE FROM sessions WHERE hash = @hash`, args{"hash": hash})
	return err
}

// SessionsOf returns the member's sessions that have not expired, last seen first.
func (s *Store) SessionsOf(ctx context.Context, memberID moderation.ID, now time.Time) ([]Session, error) {
	return all(ctx, s.read, "list sessions", `SELECT `+sessionFields+` FROM sessions s
		WHERE s.member_id = @member AND s.expires_at > @now ORDER BY s.seen_at DESC, s.hash`,
		args{"member": memberID, "now": millis(now)}, func(row scanner) (Session, error) { return scanSession(row) })
}

// DeleteSessionsOf ends the member's sessions but the one with the hash keep (may be empty).
func (s *Store) DeleteSessionsOf(ctx context.Context, memberID moderation.ID, keep string) error {
	return deleteSessionsOf(ctx, s.write, memberID, keep)
}

func deleteSessionsOf(ctx context.Context, r runner, memberID moderation.ID, keep string) error {
	_, err := run(ctx, r, "end sessions", `DELETE FROM sessions WHERE member_id = @member AND hash <> @keep`,
		args{"member": memberID, "keep": keep})
	return err
}
