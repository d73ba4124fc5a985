package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Backup writes a consistent, synced copy to path while the store is in use. The
// file gets its name only when it is whole; an existing file is refused.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := s.backup(ctx, path); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

func (s *Store) backup(ctx context.Context, path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return &fs.PathError{Op: "create", Path: path, Err: errors.Join(err, fs.ErrExist)}
	}
	// In the same directory, so that naming it is one step of the file system; and
	// made by us, so that only its owner can read it.
	f, err := os.CreateTemp(filepath.Dir(path), ".backup-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // after it has got its name, it is gone already
	defer f.Close()
	if err := s.copyInto(ctx, f.Name()); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return giveName(f.Name(), path)
}

// copyInto writes the copy over a connection of its own: writers go on meanwhile, and
// SQLite refuses a copy over one that cannot write.
func (s *Store) copyInto(ctx context.Context, path string) error {
	pool, err := openPool(fileDSN(s.path, "_busy_timeout=5000"), 1)
	if err != nil {
		return err
	}
	defer pool.Close() //nolint:errcheck // it has written nothing that could be lost
	_, err = run(ctx, pool, "copy", `VACUUM INTO @path`, args{"path": path})
	return err
}

// giveName names the whole file. A link, unlike a rename, refuses a name that
// somebody has taken in the meantime.
func giveName(temporary, path string) error {
	err := os.Link(temporary, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = renameInto(temporary, path)
	}
	if err != nil {
		return err
	}
	if runtime.GOOS == "windows" {
		return nil // a directory cannot be synced there
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// renameInto names the file where the file system has no links, as on many memory
// sticks: it takes the name first and then puts the file in its place.
func renameInto(temporary, path string) error {
	placeholder, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the path is the operator's own
	if err != nil {
		return err
	}
	if err := errors.Join(placeholder.Close(), os.Rename(temporary, path)); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
