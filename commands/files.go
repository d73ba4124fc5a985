package commands

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// createFile writes a file that gets its name only when it is whole and on disk: up
// to then it has a temporary one in the same directory. A file of that name is
// refused with fs.ErrExist, also where it appears meanwhile.
func createFile(path string, write func(*os.File) error) error {
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".radd-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) //nolint:errcheck // it is gone where it has got its name
	defer file.Close()
	if err := write(file); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	return giveName(file.Name(), path)
}

// giveName names a file that is whole. A link, unlike a rename, refuses a name that
// is taken; where the file system knows no links, the rename does it.
func giveName(temporary, path string) error {
	err := os.Link(temporary, path)
	switch {
	case errors.Is(err, fs.ErrExist):
		return err
	case err != nil:
		err = os.Rename(temporary, path)
	}
	if err != nil {
		return err
	}
	return syncDirectory(filepath.Dir(path))
}

// syncDirectory makes the file's name as lasting as the file.
func syncDirectory(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // a directory cannot be synced there
	}
	handle, err := os.Open(dir) //nolint:gosec // the operator names the directory
	if err != nil {
		return err
	}
	defer handle.Close()
	if err := handle.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", dir, err)
	}
	return nil
}
