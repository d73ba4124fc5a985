//go:build cgo

package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// connectPragmas hold for one connection only, so each new one gets them: the
// schema may not call functions with side effects, a damaged page is noticed when
// it is read, and the write-ahead log shrinks again after a large transaction.
const connectPragmas = `PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA journal_size_limit = 67108864;`

// connector opens SQLite connections with the same settings each.
type connector struct {
	driver *sqlite3.SQLiteDriver
	dsn    string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.driver }

// openPool prepares a pool of at most size connections, which stay open.
func openPool(dsn string, size int) (*sql.DB, error) {
	pool := sql.OpenDB(connector{dsn: dsn, driver: &sqlite3.SQLiteDriver{
		ConnectHook: func(conn *sqlite3.SQLiteConn) error {
			_, err := conn.Exec(connectPragmas, nil)
			return err
		},
	}})
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	return pool, nil
}

// takenColumn reports which column ("comments.source") made a unique index refuse
// a row.
func takenColumn(err error) (column string, ok bool) {
	var refusal sqlite3.Error
	if !errors.As(err, &refusal) ||
		refusal.ExtendedCode != sqlite3.ErrConstraintUnique && refusal.ExtendedCode != sqlite3.ErrConstraintPrimaryKey {
		return "", false
	}
	_, column, _ = strings.Cut(refusal.Error(), "constraint failed: ")
	return column, true
}

// isUnavailable reports that the file could not be written or read at this moment.
func isUnavailable(err error) bool {
	var refusal sqlite3.Error
	if !errors.As(err, &refusal) {
		return false
	}
	switch refusal.Code {
	case sqlite3.ErrFull, sqlite3.ErrIoErr, sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrBusy, sqlite3.ErrLocked:
		return true
	}
	return false
}

// isBusy reports that another connection was in the way.
func isBusy(err error) bool {
	var refusal sqlite3.Error
	return errors.As(err, &refusal) && (refusal.Code == sqlite3.ErrBusy || refusal.Code == sqlite3.ErrLocked)
}
