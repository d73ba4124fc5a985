package commands

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// env is the environment of a run.
type env map[string]string

func (e env) lookup(name string) (string, bool) {
	value, ok := e[name]
	return value, ok
}

// newEnv names a database that does not exist yet, in a directory of the test's own.
func newEnv(t *testing.T) env {
	t.Helper()
	return env{"RADD_DATABASE": filepath.Join(t.TempDir(), "radd.db"), "LANG": "en_GB.UTF-8"}
}

// with returns a copy with the pairs of names and values added.
func (e env) with(pairs ...string) env {
	copied := env{}
	for name, value := range e {
		copied[name] = value
	}
	for i := 0; i < len(pairs); i += 2 {
		copied[pairs[i]] = pairs[i+1]
	}
	return copied
}

// result is what a run left behind.
type result struct {
	code           int
	stdout, stderr string
}

// radd runs one command to its end.
func radd(t *testing.T, e env, stdin string, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := Run(t.Context(), append([]string{"radd"}, args...), strings.NewReader(stdin), &stdout, &stderr, e.lookup)
	return result{code, stdout.String(), stderr.String()}
}

// must is radd for a command that has to succeed.
func must(t *testing.T, e env, stdin string, args ...string) result {
	t.Helper()
	r := radd(t, e, stdin, args...)
	if r.code != exitDone {
		t.Fatalf("radd %s: exit %d\n%s", strings.Join(args, " "), r.code, r.stderr)
	}
	return r
}

// output collects what a running command writes, and lets a test wait for a line.
type output struct {
	mu      sync.Mutex
	text    strings.Builder
	changed chan struct{}
}

func newOutput() *output { return &output{changed: make(chan struct{}, 1)} }

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.Write(b)
	select {
	case o.changed <- struct{}{}:
	default:
	}
	return len(b), nil
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// server is radd while it serves.
type server struct {
	address string // http://localhost:PORT
	stderr  *output
	cancel  context.CancelFunc
	code    chan int
}

// serve starts the site on a free port and returns when it listens.
func serve(t *testing.T, e env, args ...string) *server {
	t.Helper()
	s := start(t, e, append([]string{"--addr", "localhost:0"}, args...)...)
	line := s.waitFor(t, "http://")
	_, address, _ := strings.Cut(line, "http://")
	s.address = "http://" + strings.TrimSuffix(address, "/")
	return s
}

// start starts radd serve.
func start(t *testing.T, e env, args ...string) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	s := &server{stderr: newOutput(), cancel: cancel, code: make(chan int, 1)}
	args = append([]string{"radd", "serve"}, args...)
	go func() { s.code <- Run(ctx, args, strings.NewReader(""), newOutput(), s.stderr, e.lookup) }()
	return s
}

// waitFor returns the first whole line on standard error that holds text.
func (s *server) waitFor(t *testing.T, text string) string {
	t.Helper()
	tooLong := time.After(20 * time.Second)
	for {
		for line := range strings.Lines(s.stderr.String()) {
			if strings.Contains(line, text) && strings.HasSuffix(line, "\n") {
				return strings.TrimSuffix(line, "\n")
			}
		}
		select {
		case <-s.stderr.changed:
		case code := <-s.code:
			t.Fatalf("serve ended with %d:\n%s", code, s.stderr)
		case <-tooLong:
			t.Fatalf("serve did not say %q:\n%s", text, s.stderr)
		}
	}
}

// stop ends the server in good order and returns all that it said.
func (s *server) stop(t *testing.T) string {
	t.Helper()
	s.cancel()
	select {
	case code := <-s.code:
		if code != exitDone {
			t.Errorf("serve ended with %d", code)
		}
	case <-time.After(20 * time.Second):
		t.Fatalf("serve did not stop:\n%s", s.stderr)
	}
	return s.stderr.String()
}
