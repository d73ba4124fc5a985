package db_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

func TestBackupWhileWriting(t *testing.T) {
	s := dbtest.New(t)
	a, by := dbtest.Article(t, s), dbtest.Member(t, s, "mona", moderation.Moderator)
	var stop atomic.Bool
	var written atomic.Int64
	var wait sync.WaitGroup
	defer wait.Wait()
	defer stop.Store(true)
	for range 3 {
		wait.Go(func() {
			for !stop.Load() {
				dbtest.Decide(t, s, dbtest.Comment(t, s, a), moderation.Approve, by)
				written.Add(1)
			}
		})
	}
	dir := t.TempDir()
	for i, name := range []string{"one.db", "نسخة.db", "a?b#c.db"} {
		for written.Load() < int64(20*(i+1)) { // let some more be written
			if t.Failed() {
				return
			}
			dbtest.Comment(t, s, a)
		}
		acknowledged := written.Load()
		path := filepath.Join(dir, name)
		if err := s.Backup(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
		copied := dbtest.Open(t, path)
		if r := noFaults(t, copied); r.Decisions < acknowledged {
			t.Errorf("%d decisions, %d were answered", r.Decisions, acknowledged)
		}
		if page, _, err := copied.Queue(t.Context(), db.QueueFilter{Query: "bridge", Limit: 5}); err != nil || len(page) != 5 {
			t.Errorf("search in the copy: %d, %v", len(page), err)
		}
	}
}

func TestBackupRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "radd.db")
	s := dbtest.Open(t, path)
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{taken, path, dir} {
		if err := s.Backup(t.Context(), target); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", target, err)
		}
	}
	if err := s.Backup(t.Context(), filepath.Join(dir, "none", "x.db")); err == nil {
		t.Error("backup into a directory that does not exist")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Backup(ended, filepath.Join(dir, "late.db")); err == nil {
		t.Error("backup in an ended context")
	}
	if text, err := os.ReadFile(taken); err != nil || string(text) != "mine" {
		t.Errorf("%q, %v", text, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestRenameInto(t *testing.T) {
	dir := t.TempDir()
	from, path := filepath.Join(dir, "from"), filepath.Join(dir, "to")
	for i, want := range []error{nil, fs.ErrExist} {
		text := itoa(i)
		if err := os.WriteFile(from, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := db.RenameInto(from, path); !errors.Is(err, want) {
			t.Errorf("%d: %v", i, err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != "0" {
			t.Errorf("%d: %q, %v", i, got, err)
		}
	}
	if err := db.RenameInto(filepath.Join(dir, "none"), filepath.Join(dir, "new")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty file was left: %v", err)
	}
}
