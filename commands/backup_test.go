package commands

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3" // to damage a database behind the store's back
)

func TestBackupAndRestore(t *testing.T) {
	e := newsroom(t)
	before := must(t, e, "", "export", "--format", "wxr", "--personal").stdout
	dir := t.TempDir()
	backup := filepath.Join(dir, "backup.db")
	must(t, e, "", "backup", backup)
	if r := radd(t, e, "", "backup", backup); r.code != exitFailed || !strings.Contains(r.stderr, "not overwritten") {
		t.Errorf("a second backup: exit %d, %q", r.code, r.stderr)
	}
	if r := radd(t, e, "", "restore", backup); r.code != exitFailed || !strings.Contains(r.stderr, e["RADD_DATABASE"]) {
		t.Errorf("restoring over a database: exit %d, %q", r.code, r.stderr)
	}
	restored := e.with("RADD_DATABASE", filepath.Join(dir, "restored", "radd.db"))
	if err := os.Mkdir(filepath.Join(dir, "restored"), 0o700); err != nil {
		t.Fatal(err)
	}
	must(t, restored, "", "restore", backup)
	if entries, err := os.ReadDir(filepath.Join(dir, "restored")); err != nil || len(entries) != 1 {
		t.Errorf("beside the database stand %v, %v", entries, err)
	}
	if info, err := os.Stat(restored["RADD_DATABASE"]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read the database: %v, %v", info, err)
	}
	after := must(t, restored, "", "export", "--format", "wxr", "--personal").stdout
	if comments(after) != comments(before) || !strings.Contains(after, "dima@example.com") {
		t.Errorf("the restored database exports otherwise:\n%s\n%s", before, after)
	}
}

// comments is the part of a WXR file behind the dates of the export itself.
func comments(wxr string) string {
	at := strings.Index(wxr, "<item>")
	return wxr[max(at, 0):]
}

func TestRestoreRefuses(t *testing.T) {
	e := newEnv(t)
	dir := t.TempDir()
	for name, content := range map[string]string{
		"empty": "", "text": strings.Repeat("hello ", 1000), "cut": "SQLite format 3\x00 and then nothing of use",
	} {
		path := filepath.Join(dir, name)
		write(t, path, content)
		if r := radd(t, e, "", "restore", path); r.code != exitFailed {
			t.Errorf("restoring %s: exit %d, %q", name, r.code, r.stderr)
		}
	}
	if r := radd(t, e, "", "restore", filepath.Join(dir, "nothing")); r.code != exitFailed {
		t.Errorf("restoring nothing: exit %d, %q", r.code, r.stderr)
	}
	write(t, e["RADD_DATABASE"]+"-wal", "the log of a database that is gone")
	if r := radd(t, e, "", "restore", filepath.Join(dir, "text")); r.code != exitFailed || !strings.Contains(r.stderr, "radd.db-wal") {
		t.Errorf("restoring beside a log: exit %d, %q", r.code, r.stderr)
	}
	if entries, err := os.ReadDir(filepath.Dir(e["RADD_DATABASE"])); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestCheckFindsFaults(t *testing.T) {
	e := newsroom(t)
	sound := must(t, e, "", "check")
	if want := "articles\t2\ncomments\t4\ndecisions\t0\nfaults\t0\n"; sound.stdout != want {
		t.Errorf("check printed %q, want %q", sound.stdout, want)
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	damage(t, e["RADD_DATABASE"])
	r := radd(t, e, "", "check")
	if r.code != exitFailed || !strings.Contains(r.stdout, "faults\t2\n") || strings.Count(r.stdout, "\nfault\t") != 2 ||
		r.stderr != "The database has 2 faults.\n" {
		t.Errorf("exit %d, %q, %q", r.code, r.stdout, r.stderr)
	}
	// A backup of it is refused, too.
	must(t, e, "", "backup", backup)
	restored := newEnv(t)
	if r := radd(t, restored, "", "restore", backup); r.code != exitFailed || !strings.Contains(r.stderr, "2 faults") {
		t.Errorf("restoring a faulty backup: exit %d, %q", r.code, r.stderr)
	}
	if entries, err := os.ReadDir(filepath.Dir(restored["RADD_DATABASE"])); err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

// damage miscounts the replies of both articles.
func damage(t *testing.T, path string) {
	t.Helper()
	raw, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = raw.Close() }()
	if _, err := raw.Exec(`UPDATE articles SET replies = replies + 5`); err != nil {
		t.Fatal(err)
	}
}
