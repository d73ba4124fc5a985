package commands

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"radd/auth"
	"radd/db"
	"radd/moderation"
)

var shownPassword = regexp.MustCompile(`password ([a-z2-9]{20}) `)

func TestFirstStart(t *testing.T) {
	e := newEnv(t)
	first := serve(t, e)
	get(t, first.address+"/healthz", http.StatusOK)
	get(t, first.address+"/readyz", http.StatusOK)
	password := shownPassword.FindStringSubmatch(first.stderr.String())
	if password == nil {
		t.Fatalf("no password was shown:\n%s", first.stderr)
	}
	signIn(t, first.address, password[1])
	if front := get(t, first.address+"/", http.StatusOK); !strings.Contains(front, "أهلًا بكم في باب الردود") ||
		!strings.Contains(front, "Welcome to the letters page") {
		t.Error("the front page does not show both welcome articles")
	}
	// Other commands work on the same file while the server runs.
	held := must(t, e, "", "export", "--format", "jsonl", "--status", "pending").stdout
	if got := strings.Count(held, `"id":`); got != 2 {
		t.Errorf("%d comments are held, want 2:\n%s", got, held)
	}
	must(t, e, "", "check")
	said := first.stop(t)
	if strings.Count(said, password[1]) != 1 {
		t.Errorf("the password was shown more than once:\n%s", said)
	}

	second := serve(t, e.with("RADD_LOG", "text"))
	signIn(t, second.address, password[1])
	if said := second.stop(t); strings.Contains(said, "password") {
		t.Errorf("the second start speaks of a password:\n%s", said)
	}
	if got := strings.Count(must(t, e, "", "export", "--format", "jsonl").stdout, `"id":`); got != 2 {
		t.Errorf("the second start left %d comments, want 2", got)
	}
}

func TestFirstStartInArabicWithAChosenPassword(t *testing.T) {
	e := newEnv(t).with("LANG", "ar_SY.UTF-8", "RADD_ADMIN_PASSWORD", "harbour lights")
	s := serve(t, e)
	signIn(t, s.address, "harbour lights")
	said := s.stop(t)
	if strings.Contains(said, "harbour") || !strings.Contains(said, "RADD_ADMIN_PASSWORD") || !strings.Contains(said, "كلمة المرور") {
		t.Errorf("the first start says:\n%s", said)
	}
}

func TestWeakAdminPasswordWarns(t *testing.T) {
	s := serve(t, newEnv(t).with("RADD_ADMIN_PASSWORD", "admin123"))
	signIn(t, s.address, "admin123")
	if said := s.stop(t); !strings.Contains(said, "RADD_ADMIN_PASSWORD: ") || strings.Contains(said, "admin123") {
		t.Errorf("the start says:\n%s", said)
	}
}

// TestNoWelcomeInADatabaseThatExists: only a database that serve itself has made is new.
func TestNoWelcomeInADatabaseThatExists(t *testing.T) {
	e := newEnv(t)
	must(t, e, "a long enough pass phrase\n", "user", "add", "salma", "--role", "admin", "--password-stdin")
	s := serve(t, e.with("RADD_LOG", "text"))
	if said := s.stop(t); strings.Contains(said, "password") {
		t.Errorf("there is an administrator already, but:\n%s", said)
	}
	if out := must(t, e, "", "export", "--format", "jsonl").stdout; strings.Contains(out, `"id":`) {
		t.Errorf("welcome articles were added:\n%s", out)
	}
}

func TestNobodyIsAdministrator(t *testing.T) {
	e := newEnv(t)
	must(t, e, "a long enough pass phrase\n", "user", "add", "Admin", "--role", "moderator", "--password-stdin")
	s := serve(t, e.with("RADD_LOG", "text"))
	if said := s.stop(t); !strings.Contains(said, "There is no administrator") {
		t.Errorf("the start says:\n%s", said)
	}
}

func TestWarnsWithoutBaseURL(t *testing.T) {
	for _, c := range []struct {
		args []string
		want bool
	}{
		{[]string{"--addr", "localhost:0"}, false},
		{[]string{"--addr", "127.0.0.1:0"}, false},
		{[]string{"--addr", ":0"}, true},
		{[]string{"--addr", ":0", "--base-url", "https://replies.example.org"}, false},
	} {
		s := start(t, newEnv(t).with("RADD_LOG", "text"), c.args...)
		s.waitFor(t, "msg=serving")
		if got := strings.Contains(s.stop(t), "RADD_BASE_URL"); got != c.want {
			t.Errorf("radd %v: warned %v, want %v:\n%s", c.args, got, c.want, s.stderr)
		}
	}
}

func TestMetricsHaveTheirOwnAddress(t *testing.T) {
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	s := serve(t, newEnv(t), "--metrics-addr", address)
	if page := get(t, "http://"+address+"/metrics", http.StatusOK); !strings.Contains(page, "go_goroutines") {
		t.Error("the metrics page has no metrics")
	}
	get(t, "http://"+address+"/", http.StatusNotFound)
	get(t, s.address+"/metrics", http.StatusNotFound)
	s.stop(t)
}

func TestAddressInUse(t *testing.T) {
	taken, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	for flag, name := range map[string]string{"--addr": "RADD_ADDR", "--metrics-addr": "RADD_METRICS_ADDR"} {
		e := newEnv(t)
		r := radd(t, e.with("RADD_ADDR", "localhost:0"), "", "serve", flag, taken.Addr().String())
		if r.code != exitFailed || !strings.HasPrefix(r.stderr, name+": ") || strings.Count(r.stderr, "\n") != 1 {
			t.Errorf("%s in use: exit %d, %q", flag, r.code, r.stderr)
		}
		if exists(e["RADD_DATABASE"]) {
			t.Errorf("%s in use: a database was made", flag)
		}
	}
}

func TestDamagedDatabase(t *testing.T) {
	e := newEnv(t)
	write(t, e["RADD_DATABASE"], strings.Repeat("no database at all. ", 100))
	r := radd(t, e, "", "serve", "--addr", "localhost:0")
	if r.code != exitFailed || !strings.HasPrefix(r.stderr, "RADD_DATABASE: ") {
		t.Errorf("exit %d, %q", r.code, r.stderr)
	}
}

// TestStopWaitsForRequests: a request that runs when the stop comes gets its answer.
func TestStopWaitsForRequests(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	server := newServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-release
		_, _ = io.WriteString(w, "answered")
	}), slog.New(slog.DiscardHandler))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go serveOn(server, listener, ended)
	answer := make(chan string, 1)
	go func() { answer <- get(t, "http://"+listener.Addr().String(), http.StatusOK) }()
	<-entered
	stopped := make(chan struct{})
	go func() {
		stop(t.Context(), slog.New(slog.DiscardHandler), []*http.Server{server})
		close(stopped)
	}()
	select {
	case <-stopped:
		t.Error("the stop did not wait for the request")
	case <-time.After(50 * time.Millisecond): // there is no event for "still waiting"
	}
	close(release)
	if got := <-answer; got != "answered" {
		t.Errorf("the request got %q", got)
	}
	<-stopped
	select {
	case err := <-ended:
		t.Errorf("the server ended with %v", err)
	default:
	}
}

func TestServerHasTimeouts(t *testing.T) {
	s := newServer(http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	if s.ReadHeaderTimeout == 0 || s.ReadTimeout == 0 || s.WriteTimeout == 0 || s.IdleTimeout == 0 || s.MaxHeaderBytes == 0 {
		t.Errorf("a timeout is missing: %+v", s)
	}
}

func TestRandomPassword(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		password := randomPassword()
		problem, _ := auth.PasswordProblem(password, adminName)
		if len(password) != 20 || strings.ContainsAny(password, "lo01IO") || problem != "" {
			t.Errorf("made %q", password)
		}
		if seen[password] {
			t.Errorf("made %q twice", password)
		}
		seen[password] = true
	}
}

func TestWelcomeTexts(t *testing.T) {
	store, err := db.Open(t.Context(), newEnv(t)["RADD_DATABASE"])
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for range 2 { // the second time there is nothing to do
		if err := addWelcome(t.Context(), store); err != nil {
			t.Fatal(err)
		}
	}
	page, _, err := store.Articles(t.Context(), db.ArticleFilter{Limit: 10})
	if err != nil || len(page) != 2 {
		t.Fatalf("%d articles, %v", len(page), err)
	}
	for _, short := range page {
		a, err := store.ArticleBySlug(t.Context(), short.Slug)
		if err != nil {
			t.Fatal(err)
		}
		if moderation.LangOf(a.Body) != a.Lang || moderation.LangOf(a.Title) != a.Lang ||
			a.Section == "" || a.Byline == "" || a.Summary == "" {
			t.Errorf("the article in %q is incomplete: %+v", a.Lang, a)
		}
		if a.Slug != moderation.Slug(a.Slug) {
			t.Errorf("the slug %q is spelt otherwise: %q", a.Slug, moderation.Slug(a.Slug))
		}
	}
	counts, err := store.QueueCounts(t.Context())
	if err != nil || counts[moderation.Pending] != 2 || counts[moderation.Approved] != 0 {
		t.Errorf("the queue has %v, %v", counts, err)
	}
}

func get(t *testing.T, address string, status int) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Error(err)
		return ""
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != status {
		t.Errorf("GET %s: %d, %v", address, response.StatusCode, err)
	}
	return string(body)
}

// signIn signs in as the first administrator.
func signIn(t *testing.T, address, password string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.PostForm(address+"/login", url.Values{"username": {adminName}, "password": {password}})
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusSeeOther {
		t.Errorf("signing in: %d", response.StatusCode)
	}
	if _, err := response.Location(); errors.Is(err, http.ErrNoLocation) {
		t.Error("signing in leads nowhere")
	}
}

// TestWelcomeAfterAStartThatWasCutOff: the file is there already, but nobody is in it.
func TestWelcomeAfterAStartThatWasCutOff(t *testing.T) {
	e := newEnv(t)
	write(t, e["RADD_DATABASE"], "")
	s := serve(t, e)
	if said := s.stop(t); !shownPassword.MatchString(said) {
		t.Errorf("no password was shown:\n%s", said)
	}
	if got := strings.Count(must(t, e, "", "export", "--format", "jsonl").stdout, `"id":`); got != 2 {
		t.Errorf("%d comments, want 2", got)
	}
}

// TestNoWelcomeAfterAnImport: a newsroom that brings its archive has its own articles.
func TestNoWelcomeAfterAnImport(t *testing.T) {
	e := newEnv(t)
	must(t, e, wordpress, "import", "-")
	s := serve(t, e)
	s.stop(t)
	if got := strings.Count(must(t, e, "", "export", "--format", "jsonl").stdout, `"id":`); got != 1 {
		t.Errorf("%d comments, want the imported one", got)
	}
}
