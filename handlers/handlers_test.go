package handlers_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"radd/auth"
	"radd/db"
	"radd/db/dbtest"
	"radd/handlers"
	"radd/moderation"
)

const testPassword = "a rather long test passphrase"

// testHash is made once: argon2id is slow on purpose.
var testHash = sync.OnceValue(func() string {
	hash, err := auth.HashPassword(context.Background(), testPassword)
	if err != nil {
		panic(err)
	}
	return hash
})

// site is the whole application over a real database file, behind a real server.
type site struct {
	t      *testing.T
	store  *db.Store
	server *httptest.Server
	log    *safeBuffer

	mu  sync.Mutex
	now time.Time
}

func newSite(t *testing.T, change ...func(*handlers.Config)) *site {
	t.Helper()
	return newSiteOn(t, dbtest.New(t), change...)
}

func newSiteOn(t *testing.T, store *db.Store, change ...func(*handlers.Config)) *site {
	t.Helper()
	s := &site{t: t, store: store, log: &safeBuffer{}, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	cfg := handlers.Config{Lang: "ar", Version: "test", Log: slog.New(slog.NewJSONHandler(s.log, nil)), Now: s.clock}
	for _, f := range change {
		f(&cfg)
	}
	app, err := handlers.New(cfg, s.store)
	if err != nil {
		t.Fatal(err)
	}
	s.server = httptest.NewServer(app.Handler())
	t.Cleanup(func() {
		s.server.Close()
		if t.Failed() {
			t.Log(s.log.String())
		}
	})
	return s
}

func (s *site) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// pass lets time go by.
func (s *site) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// addMember stores somebody who can sign in with testPassword.
func (s *site) addMember(name string, role moderation.Role) moderation.Member {
	s.t.Helper()
	var ids moderation.IDs
	m := moderation.Member{ID: ids.New(s.clock()), Name: name, Role: role, PasswordHash: testHash(), CreatedAt: s.clock()}
	if err := s.store.AddMember(s.t.Context(), m); err != nil {
		s.t.Fatal(err)
	}
	return m
}

// visitor is a browser without JavaScript: it keeps cookies and says where its
// forms come from, and does not follow redirects by itself.
type visitor struct {
	site   *site
	client *http.Client
	header http.Header
}

func (s *site) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &visitor{site: s, header: http.Header{"Accept-Language": {"en"}}, client: &http.Client{
		Jar:           jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// signedIn is a visitor who signed in as a new member of the role.
func (s *site) signedIn(role moderation.Role) *visitor {
	s.t.Helper()
	s.mu.Lock()
	s.now = s.now.Add(time.Millisecond) // a new name each time
	s.mu.Unlock()
	name := fmt.Sprintf("%s %d", role, s.clock().UnixMilli())
	s.addMember(name, role)
	v := s.visitor()
	a := v.post("/login", url.Values{"username": {name}, "password": {testPassword}})
	if a.status != http.StatusSeeOther {
		s.t.Fatalf("signing in: status %d, %s", a.status, a.body)
	}
	return v
}

// answer is a response with its body read.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

func (v *visitor) get(path string) *answer { return v.do(http.MethodGet, path, nil, nil) }

func (v *visitor) post(path string, values url.Values) *answer {
	return v.do(http.MethodPost, path, strings.NewReader(values.Encode()), http.Header{
		"Content-Type": {"application/x-www-form-urlencoded"}, "Origin": {v.site.server.URL},
	})
}

// postJSON posts a form and asks for JSON.
func (v *visitor) postJSON(path string, values url.Values) *answer {
	return v.do(http.MethodPost, path, strings.NewReader(values.Encode()), http.Header{
		"Content-Type": {"application/x-www-form-urlencoded"}, "Origin": {v.site.server.URL}, "Accept": {"application/json"},
	})
}

func (v *visitor) do(method, path string, body io.Reader, header http.Header) *answer {
	t := v.site.t
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, v.site.server.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []http.Header{v.header, header} {
		for key, values := range h {
			r.Header[key] = values
		}
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	response, err := v.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return &answer{t: t, status: response.StatusCode, header: response.Header, body: string(b)}
}

// want fails the test unless the status is this one.
func (a *answer) want(status int) *answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d; body:\n%.2000s", a.status, status, mainOf(a.body))
	}
	return a
}

func (a *answer) doc() *goquery.Document {
	a.t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	return doc
}

// location is where the answer redirects to, without the fragment.
func (a *answer) location() string {
	path, _, _ := strings.Cut(a.header.Get("Location"), "#")
	return path
}

// formValues are the values that a browser would send back for the form unchanged.
func formValues(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input, textarea").Each(func(_ int, field *goquery.Selection) {
		name, kind := field.AttrOr("name", ""), field.AttrOr("type", "text")
		_, checked := field.Attr("checked")
		switch {
		case name == "" || kind == "submit":
		case (kind == "checkbox" || kind == "radio") && !checked:
		case goquery.NodeName(field) == "textarea":
			values.Add(name, field.Text())
		default:
			values.Add(name, field.AttrOr("value", ""))
		}
	})
	return values
}

// replyValues fills in the reply form of an article's page as a reader would.
func (v *visitor) replyValues(slug, body string) url.Values {
	v.site.t.Helper()
	values := formValues(v.get("/articles/" + url.PathEscape(slug)).want(http.StatusOK).doc().Find("form#reply, #reply form").First())
	v.site.pass(10 * time.Second)
	values.Set("name", "ليلى")
	values.Set("email", "layla@example.org")
	values.Set("body", body)
	return values
}

type safeBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// mainOf is what a page says, without its frame.
func mainOf(body string) string {
	_, after, found := strings.Cut(body, "<main")
	if !found {
		return body
	}
	return after
}
