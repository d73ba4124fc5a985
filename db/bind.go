package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"radd/moderation"

	"github.com/jackc/pgx/v5"
)

// ErrNoDriver says that the program was built without a C compiler and so without
// SQLite.
var ErrNoDriver = errors.New("built without cgo: SQLite needs a C compiler (gcc) at build time")

// args are the values of a statement's @names.
type args map[string]any

// boundText is a statement with numbers in place of names.
type boundText struct {
	text  string
	names []string // in the order of their numbers
}

// boundTexts keeps each statement's boundText. The statements are those written in
// this package, so there are not many.
var boundTexts sync.Map

// bind puts numbers in place of @names. It is strict: a name without a value and a
// value without a name are errors. The numbers follow the order of first
// appearance, which both SQLite's driver and PostgreSQL read alike.
func bind(ctx context.Context, text string, a args) (string, []any, error) {
	found, ok := boundTexts.Load(text)
	if !ok {
		b, err := rewrite(ctx, text, a)
		if err != nil {
			return "", nil, err
		}
		found, _ = boundTexts.LoadOrStore(text, b)
	}
	b, _ := found.(boundText)
	if len(a) != len(b.names) {
		return "", nil, fmt.Errorf("%d values for %d names", len(a), len(b.names))
	}
	values := make([]any, len(b.names))
	for i, name := range b.names {
		value, ok := a[name]
		if !ok {
			return "", nil, fmt.Errorf("no value for @%s", name)
		}
		values[i] = value
	}
	return b.text, values, nil
}

// rewrite lets pgx's rewriter number the names: given each name as its own value,
// it returns the names in order.
func rewrite(ctx context.Context, text string, a args) (boundText, error) {
	own := make(pgx.StrictNamedArgs, len(a))
	for name := range a {
		own[name] = name
	}
	numbered, order, err := own.RewriteQuery(ctx, nil, text, nil)
	if err != nil {
		return boundText{}, err
	}
	b := boundText{text: numbered, names: make([]string, len(order))}
	for i, name := range order {
		b.names[i], _ = name.(string)
	}
	return b, nil
}

// runner runs statements: a pool or a transaction.
type runner interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// scanner is a row to be read.
type scanner interface{ Scan(dest ...any) error }

// attempted says what failed, and whether trying again later may help.
func attempted(what string, err error) error {
	if isUnavailable(err) {
		return fmt.Errorf("%s: %w: %w", what, ErrUnavailable, err)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// each runs a query and gives every row to read. what says in an error what was
// attempted.
func each(ctx context.Context, r runner, what, text string, a args, read func(scanner) error) error {
	query, values, err := bind(ctx, text, a)
	if err != nil {
		return attempted(what, err)
	}
	rows, err := r.QueryContext(ctx, query, values...)
	if err != nil {
		return attempted(what, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows); err != nil {
			return attempted(what, err)
		}
	}
	if err := rows.Err(); err != nil {
		return attempted(what, err)
	}
	return nil
}

// all returns every row of a query.
func all[T any](ctx context.Context, r runner, what, text string, a args, scan func(scanner) (T, error)) ([]T, error) {
	var list []T
	err := each(ctx, r, what, text, a, func(row scanner) error {
		v, err := scan(row)
		list = append(list, v)
		return err
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}

// one returns the first row of a query, or moderation.ErrNotFound.
func one[T any](ctx context.Context, r runner, what, text string, a args, scan func(scanner) (T, error)) (T, error) {
	list, err := all(ctx, r, what, text, a, scan)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("%s: %w", what, moderation.ErrNotFound)
	}
	if err != nil {
		var none T
		return none, err
	}
	return list[0], nil
}

// run executes a statement and returns how many rows it changed.
func run(ctx context.Context, r runner, what, text string, a args) (int64, error) {
	query, values, err := bind(ctx, text, a)
	if err != nil {
		return 0, attempted(what, err)
	}
	result, err := r.ExecContext(ctx, query, values...)
	if err != nil {
		return 0, attempted(what, err)
	}
	return result.RowsAffected()
}

// inTx runs f in a transaction, which is on disk when inTx returns nil and undone
// when f returns an error. It must not be nested: there is one writing connection.
func (s *Store) inTx(ctx context.Context, what string, f func(tx *sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return attempted(what, err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	if err := f(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return attempted(what, err)
	}
	return nil
}
