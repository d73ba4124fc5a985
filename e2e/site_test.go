package e2e

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"radd/auth"
	"radd/db"
	"radd/db/dbtest"
	"radd/handlers"
	"radd/moderation"
)

const password = "a rather long test passphrase"

// passwordHash is made once: argon2id is slow on purpose.
var passwordHash = sync.OnceValues(func() (string, error) {
	return auth.HashPassword(context.Background(), password)
})

// site is the whole application over a real database file, behind a real server.
type site struct {
	t     *testing.T
	store *db.Store
	url   string
	ids   moderation.IDs

	mu    sync.Mutex
	ahead time.Duration // how far the site's clock is ahead of the machine's
}

func newSite(t *testing.T, change ...func(*handlers.Config)) *site {
	t.Helper()
	s := &site{t: t, store: dbtest.New(t)}
	logger := slog.New(slog.NewTextHandler(failOnError{t}, &slog.HandlerOptions{Level: slog.LevelError}))
	cfg := handlers.Config{Lang: "ar", Version: "test", Now: s.now, Log: logger}
	for _, f := range change {
		f(&cfg)
	}
	app, err := handlers.New(cfg, s.store)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(app.Handler())
	t.Cleanup(server.Close)
	s.url = strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	return s
}

// failOnError makes an error in the server's log an error of the test.
type failOnError struct{ t *testing.T }

func (f failOnError) Write(line []byte) (int, error) {
	f.t.Errorf("the server logged an error: %s", line)
	return len(line), nil
}

func (s *site) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Add(s.ahead)
}

// pass lets time go by on the site's clock.
func (s *site) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += d
}

// addMember stores somebody who can sign in with the password of all tests.
func (s *site) addMember(name string, role moderation.Role) moderation.Member {
	s.t.Helper()
	hash, err := passwordHash()
	if err != nil {
		s.t.Fatal(err)
	}
	m := moderation.Member{ID: s.ids.New(s.now()), Name: name, Role: role, PasswordHash: hash, CreatedAt: s.now()}
	if err := s.store.AddMember(s.t.Context(), m); err != nil {
		s.t.Fatal(err)
	}
	return m
}
