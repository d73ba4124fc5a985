package db

import (
	"context"
	"database/sql"

	"radd/moderation"
)

const memberFields = `m.id, m.name, m.role, m.password_hash, m.disabled, m.created_at, m.seen_at`

// memberTargets are where the columns of memberFields go.
func memberTargets(m *moderation.Member, created, seen *int64) []any {
	return []any{(*int64)(&m.ID), &m.Name, (*string)(&m.Role), &m.PasswordHash, &m.Disabled, created, seen}
}

func scanMember(row scanner) (moderation.Member, error) {
	var m moderation.Member
	var created, seen int64
	err := row.Scan(memberTargets(&m, &created, &seen)...)
	m.CreatedAt, m.SeenAt = moment(created), moment(seen)
	return m, err
}

// AddMember stores a new member. moderation.ErrNameTaken where the name, compared
// by folded spelling, exists.
func (s *Store) AddMember(ctx context.Context, m moderation.Member) error {
	_, err := run(ctx, s.write, "add member", `
		INSERT INTO members (id, name, name_key, role, password_hash, disabled, created_at, seen_at)
		VALUES (@id, @name, @name_key, @role, @password_hash, @disabled, @created_at, @seen_at)`, args{
		"id": m.ID, "name": m.Name, "name_key": moderation.Fold(m.Name), "role": m.Role,
		"password_hash": m.PasswordHash, "disabled": m.Disabled,
		"created_at": millis(m.CreatedAt), "seen_at": millis(m.SeenAt),
	})
	if column, taken := takenColumn(err); taken && column == "members.name_key" {
		return moderation.ErrNameTaken
	}
	return err
}

// SaveMember stores a member's role, password and whether it is disabled, and ends
// its sessions but keepSession (a hash, may be empty). moderation.ErrLastAdmin where
// nobody who may sign in would be an administrator any more.
func (s *Store) SaveMember(ctx context.Context, m moderation.Member, keepSession string) error {
	return s.inTx(ctx, "save member", func(tx *sql.Tx) error {
		before, err := memberBy(ctx, tx, "m.id = @id", args{"id": m.ID})
		if err != nil {
			return err
		}
		_, err = run(ctx, tx, "save member", `UPDATE members
			SET role = @role, password_hash = @password_hash, disabled = @disabled WHERE id = @id`,
			args{"id": m.ID, "role": m.Role, "password_hash": m.PasswordHash, "disabled": m.Disabled})
		if err != nil {
			return err
		}
		if err := requireAdmin(ctx, tx, before); err != nil {
			return err
		}
		return deleteSessionsOf(ctx, tx, m.ID, keepSession)
	})
}

// requireAdmin refuses when the member was an administrator and none is left.
func requireAdmin(ctx context.Context, tx *sql.Tx, before moderation.Member) error {
	if before.Role != moderation.Admin || before.Disabled {
		return nil
	}
	left, err := one(ctx, tx, "count administrators",
		`SELECT COUNT(*) FROM members WHERE role = 'admin' AND disabled = 0`, nil, scanInt)
	if err == nil && left == 0 {
		return moderation.ErrLastAdmin
	}
	return err
}

// memberBy returns the member that the condition, which names a unique column,
// describes.
func memberBy(ctx context.Context, r runner, condition string, a args) (moderation.Member, error) {
	return one(ctx, r, "read member", `SELECT `+memberFields+` FROM members m WHERE `+condition, a, scanMember)
}

// MemberByName returns the member, or moderation.ErrNotFound.
func (s *Store) MemberByName(ctx context.Context, name string) (moderation.Member, error) {
	return memberBy(ctx, s.read, "m.name_key = @key", args{"key": moderation.Fold(name)})
}

// MemberByID returns the member, or moderation.ErrNotFound.
func (s *Store) MemberByID(ctx context.Context, id moderation.ID) (moderation.Member, error) {
	return memberBy(ctx, s.read, "m.id = @id", args{"id": id})
}

// Members returns all members by name.
func (s *Store) Members(ctx context.Context) ([]moderation.Member, error) {
	return all(ctx, s.read, "list members", `SELECT `+memberFields+` FROM members m ORDER BY m.name_key`, nil, scanMember)
}
