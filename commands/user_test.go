package commands

import (
	"errors"
	"strings"
	"testing"
	"time"

	"radd/auth"
	"radd/db"
	"radd/moderation"
)

const passPhrase = "seven quiet harbours"

func addUser(t *testing.T, e env, name, role string) {
	t.Helper()
	must(t, e, passPhrase+"\n", "user", "add", name, "--role", role, "--password-stdin")
}

func openDB(t *testing.T, e env) *db.Store {
	t.Helper()
	store, err := db.Open(t.Context(), e["RADD_DATABASE"])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func TestUserAddAndList(t *testing.T) {
	e := newEnv(t)
	addUser(t, e, "هدى الخطيب", "admin")
	addUser(t, e, "omar", "moderator")
	out := must(t, e, "", "user", "list").stdout
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != 3 || lines[0] != "name\trole\tstate\tadded\tseen" {
		t.Fatalf("the list is %q", out)
	}
	for _, line := range lines[1:] {
		fields := strings.Split(line, "\t")
		if len(fields) != 5 || fields[2] != "active" || fields[4] != "-" {
			t.Errorf("the line is %q", line)
			continue
		}
		if want := map[string]string{"هدى الخطيب": "admin", "omar": "moderator"}[fields[0]]; fields[1] != want {
			t.Errorf("%s is %s, want %s", fields[0], fields[1], want)
		}
		if at, err := time.Parse(time.RFC3339, fields[3]); err != nil || time.Since(at) > time.Minute {
			t.Errorf("%s was added at %s", fields[0], fields[3])
		}
	}
	m, err := openDB(t, e).MemberByName(t.Context(), "omar")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := auth.CheckPassword(t.Context(), m.PasswordHash, passPhrase); err != nil || !ok {
		t.Errorf("the password does not fit: %v", err)
	}
}

func TestUserAddRefuses(t *testing.T) {
	e := newEnv(t)
	addUser(t, e, "Omar", "moderator")
	for _, c := range []struct{ name, password, says string }{
		{"omar", passPhrase, "taken"},
		{"salma", "short", "12"},
		{"salma", "", "12"},
		{"salma", strings.Repeat("long enough ", 100), "1,024"},
		{"salma", "password1234", "guess"},
		{"salma", "salma-salma-salma", "guess"},
	} {
		r := radd(t, e, c.password, "user", "add", c.name, "--role", "admin", "--password-stdin")
		if r.code != exitFailed || !strings.Contains(r.stderr, c.says) || strings.Count(r.stderr, "\n") != 1 {
			t.Errorf("adding %q with %q: exit %d, %q", c.name, c.password, r.code, r.stderr)
		}
	}
	if out := must(t, e, "", "user", "list").stdout; strings.Count(out, "\n") != 2 {
		t.Errorf("the list is %q", out)
	}
}

func TestUserPasswordEndsSessions(t *testing.T) {
	e := newEnv(t)
	addUser(t, e, "omar", "moderator")
	addUser(t, e, "salma", "admin")
	store := openDB(t, e)
	at := now()
	for _, name := range []string{"omar", "salma"} {
		m, err := store.MemberByName(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		session := db.Session{Hash: auth.HashToken(name), MemberID: m.ID, CreatedAt: at, SeenAt: at, ExpiresAt: at.Add(time.Hour)}
		if err := store.AddSession(t.Context(), session); err != nil {
			t.Fatal(err)
		}
	}
	must(t, e, "nine other harbours\r\n", "user", "password", "omar", "--password-stdin")
	for name, want := range map[string]error{"omar": moderation.ErrNotFound, "salma": nil} {
		if _, _, err := store.SessionByHash(t.Context(), auth.HashToken(name), at, at.Add(-time.Hour)); !errors.Is(err, want) {
			t.Errorf("%s's session: %v, want %v", name, err, want)
		}
	}
	m, err := store.MemberByName(t.Context(), "omar")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := auth.CheckPassword(t.Context(), m.PasswordHash, "nine other harbours"); err != nil || !ok {
		t.Errorf("the new password does not fit: %v", err)
	}
	events, _, err := store.Events(t.Context(), 0, 10)
	if err != nil || len(events) != 3 || events[0].Kind != "password_changed" || events[0].Detail != "omar" ||
		events[0].Member != "radd user password" || events[2].Kind != "member_added" {
		t.Errorf("the log has %+v, %v", events, err)
	}
	r := radd(t, e, passPhrase, "user", "password", "nobody", "--password-stdin")
	if r.code != exitFailed || !strings.Contains(r.stderr, "nobody") {
		t.Errorf("an unknown name: exit %d, %q", r.code, r.stderr)
	}
}

// TestCommandsThatReadMakeNoDatabase: a mistyped name is told, not filled with an
// empty database.
func TestCommandsThatReadMakeNoDatabase(t *testing.T) {
	e := newEnv(t)
	for _, args := range [][]string{
		{"user", "list"},
		{"user", "password", "omar", "--password-stdin"},
		{"export", "--format", "csv"},
		{"backup", e["RADD_DATABASE"] + ".backup"},
		{"check"},
	} {
		r := radd(t, e, passPhrase, args...)
		if r.code != exitFailed || r.stdout != "" || !strings.HasPrefix(r.stderr, "RADD_DATABASE: ") {
			t.Errorf("radd %v: exit %d, %q, %q", args, r.code, r.stdout, r.stderr)
		}
		if exists(e["RADD_DATABASE"]) {
			t.Fatalf("radd %v made a database", args)
		}
	}
}
