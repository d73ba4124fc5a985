package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

func TestOpenTakesAnyFileName(t *testing.T) {
	for _, name := range []string{"radd.db", "with space.db", "a?b#c%41&d=e.db", "قاعدة البيانات.db", "file:x", "-o"} {
		path := filepath.Join(t.TempDir(), name)
		s, err := db.Open(t.Context(), path)
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		if err := s.Ready(t.Context()); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		s.Close()
		info, err := os.Stat(path)
		if err != nil || info.Size() == 0 || info.Mode().Perm() != 0o600 {
			t.Errorf("%q: %v, %v", name, info, err)
		}
		left, err := os.ReadDir(filepath.Dir(path))
		if err != nil || len(left) != 1 {
			t.Errorf("%q: left behind %v, %v", name, left, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.db")
	if err := os.WriteFile(broken, []byte("this is no database, and long enough to be seen as none at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"", t.TempDir(), filepath.Join(t.TempDir(), "none", "radd.db"), "nul\x00byte", broken} {
		if s, err := db.Open(t.Context(), path); err == nil {
			s.Close()
			t.Errorf("%q was opened", path)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if s, err := db.Open(ctx, filepath.Join(t.TempDir(), "radd.db")); err == nil {
		s.Close()
		t.Error("opened in an ended context")
	}
}

func TestConnectionSettings(t *testing.T) {
	s := dbtest.New(t)
	want := map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1", "trusted_schema": "0",
		"cell_size_check": "1", "busy_timeout": "5000", "journal_size_limit": "67108864", "query_only": "0",
	}
	for pragma, value := range want {
		var got string
		if err := s.Writer().QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != value {
			t.Errorf("writer: %s is %q, %v, want %q", pragma, got, err, value)
		}
	}
	if _, err := s.Reader().ExecContext(t.Context(), "DELETE FROM comments"); err == nil {
		t.Error("a reading connection wrote")
	}
}

func TestReopenKeepsEverything(t *testing.T) {
	path := filepath.Join(t.TempDir(), "radd.db")
	s, err := db.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	c := dbtest.Comment(t, s, dbtest.Article(t, s))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err == nil {
		t.Error("a closed store is ready")
	}
	if got, err := dbtest.Open(t, path).CommentByID(t.Context(), c.ID); err != nil || got.Body != c.Body {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestOpenAtTheSameTime(t *testing.T) {
	for range 2 {
		path := filepath.Join(t.TempDir(), "radd.db")
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				s, err := db.Open(t.Context(), path)
				if err != nil {
					t.Error(err)
					return
				}
				defer s.Close()
				if err := s.Ready(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "radd.db")
	s := dbtest.Open(t, path)
	if _, err := s.Writer().ExecContext(t.Context(),
		"INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err == nil {
		t.Error("ready with a newer schema")
	}
	if _, err := db.Open(t.Context(), path); !errors.Is(err, db.ErrNewerSchema) {
		t.Errorf("%v", err)
	}
}

func TestOlderThan(t *testing.T) {
	for version, older := range map[string]bool{
		"3.51.3": false, "3.51.2": true, "3.54.1": false, "3.9.99": true, "4.0": false, "3.51": true, "": true, "x.y": true,
	} {
		if got := db.OlderThan(version, [3]int{3, 51, 3}); got != older {
			t.Errorf("%q: %v", version, got)
		}
	}
}

func TestBindIsStrict(t *testing.T) {
	text := "SELECT @b, @a, @b, 'x@c' -- @d"
	for range 2 { // the second time from memory
		query, values, err := db.Bind(t.Context(), text, db.Args{"a": 1, "b": 2})
		if err != nil || query != "SELECT $1, $2, $1, 'x@c' -- @d" || len(values) != 2 || values[0] != 2 || values[1] != 1 {
			t.Errorf("%q %v %v", query, values, err)
		}
		for _, wrong := range []db.Args{nil, {"a": 1}, {"a": 1, "c": 2}, {"a": 1, "b": 2, "c": 3}} {
			if _, _, err := db.Bind(t.Context(), text, wrong); err == nil {
				t.Errorf("%v passed", wrong)
			}
		}
	}
}

func TestFullDiskIsTold(t *testing.T) {
	s := dbtest.New(t)
	a := dbtest.Article(t, s)
	// A file that may not grow behaves as a full disk does.
	_, err := s.Writer().ExecContext(t.Context(), "PRAGMA max_page_count = 1")
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		c := dbtest.NewComment(a, func(c *moderation.Comment) { c.Body = strings.Repeat("long ", 2000) })
		if _, _, err = s.AddReply(t.Context(), db.Reply{Comment: c}); err != nil {
			break
		}
	}
	if !errors.Is(err, db.ErrUnavailable) {
		t.Errorf("a full disk is %v", err)
	}
	if _, err := s.ArticleByID(t.Context(), a.ID); err != nil {
		t.Errorf("reading on a full disk: %v", err)
	}
}
