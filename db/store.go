// Package db is the only place that knows SQL. It keeps what package moderation
// decides, in one SQLite file.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
)

// ErrStale refuses to save over a version that somebody else has changed.
var ErrStale = errors.New("changed in between")

// ErrUnavailable means that the database cannot do it at this moment: the disk is
// full, read-only or failing, or another program holds the file. Nothing was
// changed; trying again later may help.
var ErrUnavailable = errors.New("database unavailable")

// Store is the database. All methods may be called concurrently.
type Store struct {
	// One connection writes: writers wait for it in the order they came, where many
	// connections would fight over SQLite's one lock.
	write *sql.DB
	read  *sql.DB // cannot write
	path  string

	takes atomic.Uint64 // uses of limits so far: now and then old rows are removed
}

// readers is how many queries run at the same time.
const readers = 4

// Open opens the SQLite file at path, creates it where it is missing, and brings
// its schema up to date.
func Open(ctx context.Context, path string) (*Store, error) {
	path, err := createFile(path)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	s := &Store{path: path}
	if s.write, err = openPool(writerDSN(path), 1); err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	if s.read, err = openPool(readerDSN(path), readers); err != nil {
		_ = s.write.Close() // it has done nothing yet
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	if err := s.prepare(ctx); err != nil {
		_ = s.Close() // the error that matters is the first
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	return s, nil
}

// prepare does what has to be true before the first statement of the program.
func (s *Store) prepare(ctx context.Context) error {
	if err := connect(ctx, s.write); err != nil {
		return err
	}
	if err := requireVersion(ctx, s.write); err != nil {
		return err
	}
	if err := migrate(ctx, s.write); err != nil {
		return err
	}
	return s.read.PingContext(ctx)
}

// Close waits for running statements and closes the file.
func (s *Store) Close() error {
	// The writer goes last: closing the last connection of all folds the write-ahead
	// log into the file, which a connection that cannot write would not do.
	return errors.Join(s.read.Close(), s.write.Close())
}

// Ready reports nil when the database answers, its schema is the program's and the
// disk has room for more.
func (s *Store) Ready(ctx context.Context) error {
	want, err := latestMigration()
	if err != nil {
		return err
	}
	got, err := one(ctx, s.read, "read schema version",
		`SELECT MAX(version_id) FROM goose_db_version WHERE is_applied = 1`, nil, scanInt)
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("schema version is %d, this program needs %d", got, want)
	}
	return s.haveRoom()
}

// The disk counts as full when less than this is free: so many bytes, and this part
// of all of it. The last of it is left for what is under way.
const (
	roomBytes = 64 << 20
	roomPart  = 20
)

// haveRoom reports an error when the disk is nearly full. A disk whose size cannot
// be told is taken to have room.
func (s *Store) haveRoom() error {
	free, size, ok := diskSpace(s.path)
	if ok && free < roomBytes && free < size/roomPart {
		return fmt.Errorf("%w: %d bytes left on the disk", ErrUnavailable, free)
	}
	return nil
}
