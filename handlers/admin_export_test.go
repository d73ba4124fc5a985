package handlers_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"radd/db/dbtest"
	"radd/moderation"
)

// csvIDs returns the ids in a CSV file.
func csvIDs(t *testing.T, body string) []string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, row := range rows[1:] {
		ids = append(ids, row[0])
	}
	return ids
}

func TestExportSelects(t *testing.T) {
	s := newSite(t)
	set := moderation.DefaultSettings()
	set.TimeZone = "Asia/Amman" // UTC+3: its 2 March begins at 21:00 on 1 March in UTC
	if err := s.store.SaveSettings(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	garden := dbtest.Article(t, s.store, titled("حديقة", "حديقة", "ar"))
	river := dbtest.Article(t, s.store, titled("A river", "river", "en"))
	day := time.Date(2026, 3, 1, 21, 0, 0, 0, time.UTC)
	early := dbtest.Comment(t, s.store, garden, at(day.Add(-time.Millisecond)))
	morning := dbtest.Comment(t, s.store, garden, at(day), dbtest.Status(moderation.Approved))
	night := dbtest.Comment(t, s.store, river, at(day.Add(24*time.Hour-time.Millisecond)))
	next := dbtest.Comment(t, s.store, river, at(day.Add(24*time.Hour)), dbtest.Status(moderation.Spam))
	v := s.signedIn(moderation.Admin)
	for name, c := range map[string]struct {
		query string
		want  []moderation.Comment
	}{
		"all":        {"", []moderation.Comment{early, morning, night, next}},
		"empty form": {"&status=&article=&from=&to=", []moderation.Comment{early, morning, night, next}},
		"one day":    {"&from=2026-03-02&to=2026-03-02", []moderation.Comment{morning, night}},
		"from":       {"&from=2026-03-03", []moderation.Comment{next}},
		"to":         {"&to=2026-03-01", []moderation.Comment{early}},
		"status":     {"&status=pending", []moderation.Comment{early, night}},
		"article":    {"&article=%D8%AD%D8%AF%D9%8A%D9%82%D8%A9", []moderation.Comment{early, morning}},
		"nothing":    {"&article=river&status=rejected", nil},
	} {
		t.Run(name, func(t *testing.T) {
			a := v.get("/admin/export?format=csv" + c.query).want(http.StatusOK)
			var want []string
			for _, comment := range c.want {
				want = append(want, comment.ID.String())
			}
			if got := csvIDs(t, a.body); !slices.Equal(got, want) {
				t.Errorf("%v, want %v", got, want)
			}
			if got := a.header.Get("Content-Disposition"); got != `attachment; filename="radd-comments-2026-11-22.csv"` {
				t.Errorf("Content-Disposition: %s", got)
			}
			if a.header.Get("Content-Type") != "text/csv; charset=utf-8" || a.header.Get("Cache-Control") != "no-store" {
				t.Errorf("headers: %v", a.header)
			}
		})
	}
}

func TestExportFormatsAndPersonalFields(t *testing.T) {
	s := newSite(t)
	article := dbtest.Article(t, s.store)
	dbtest.Comment(t, s.store, article, dbtest.Author("Layla", "layla@example.org"), func(c *moderation.Comment) {
		c.Body, c.Address, c.UserAgent = "A text in each file", "198.51.100.77", "Browser/9.9"
	})
	v := s.signedIn(moderation.Admin)
	text := map[string]func(body string) string{
		"csv":   func(body string) string { return body },
		"jsonl": func(body string) string { return jsonText(t, body) },
		"wxr":   func(body string) string { return xmlText(t, body) },
		"xlsx":  func(body string) string { return workbookText(t, body) },
	}
	for format, read := range text {
		t.Run(format, func(t *testing.T) {
			public := read(v.get("/admin/export?format=" + format).want(http.StatusOK).body)
			s.wantEvent(t, "export", "format="+format)
			personal := read(v.get("/admin/export?personal=1&format=" + format).want(http.StatusOK).body)
			s.wantEvent(t, "export", "format="+format+" personal=1")
			if !strings.Contains(public, "A text in each file") || !strings.Contains(personal, "A text in each file") {
				t.Error("the comment is missing")
			}
			for _, secret := range []string{"layla@example.org", "198.51.100.77", "Browser/9.9"} {
				if strings.Contains(public, secret) {
					t.Errorf("%s is in a file that was not to hold it", secret)
				}
			}
			if !strings.Contains(personal, "layla@example.org") || !strings.Contains(personal, "198.51.100.77") {
				t.Error("the personal fields are missing")
			}
		})
	}
}

func jsonText(t *testing.T, body string) string {
	t.Helper()
	for line := range strings.Lines(body) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
	}
	return body
}

func xmlText(t *testing.T, body string) string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(body))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return body
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func workbookText(t *testing.T, body string) string {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.Join(row, "\t") + "\n")
	}
	return b.String()
}

func TestExportMistakesKeepWhatWasTyped(t *testing.T) {
	s := newSite(t)
	v := s.signedIn(moderation.Admin)
	if got := v.openForm("/admin/export", "/admin/export").Get("format"); got != "csv" {
		t.Errorf("the form offers %q", got)
	}
	for query, field := range map[string]string{
		"from=yesterday": "from", "to=2026-13-01": "to", "from=2026-03-02&to=2026-03-01": "to",
		"article=nothing": "article", "article=%ff": "article",
	} {
		a := v.get("/admin/export?format=jsonl&status=spam&personal=1&" + query).want(http.StatusUnprocessableEntity).wantError(field)
		kept := chosenValues(a.doc().Find(`form[action="/admin/export"]`))
		if kept.Get("format") != "jsonl" || kept.Get("status") != "spam" || kept.Get("personal") != "1" {
			t.Errorf("%s: the form became %v", query, kept)
		}
	}
	for _, query := range []string{"format=pdf", "format=csv&status=deleted"} {
		a := v.get("/admin/export?" + query).want(http.StatusUnprocessableEntity)
		if a.doc().Find(`.notice-bad[role="alert"]`).Length() != 1 || a.header.Get("Content-Disposition") != "" {
			t.Errorf("%s: nothing says what is wrong", query)
		}
	}
}

// TestBrokenExportLooksBroken takes the database away in the middle of a download.
func TestBrokenExportLooksBroken(t *testing.T) {
	s := newSite(t)
	article := dbtest.Article(t, s.store)
	long := strings.Repeat("A long text. ", 500)
	for range 3 { // 10 MB in all: more than the buffers of a connection hold
		comments := make([]moderation.Comment, 500)
		for i := range comments {
			comments[i] = dbtest.NewComment(article, func(c *moderation.Comment) { c.Body = long })
		}
		if _, err := s.store.ImportComments(t.Context(), comments, false); err != nil {
			t.Fatal(err)
		}
	}
	v := s.signedIn(moderation.Admin)
	v.client.Transport = &http.Transport{DisableCompression: true, DialContext: smallBuffer}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.server.URL+"/admin/export?format=csv", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := v.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.ReadFull(response.Body, make([]byte, 1<<20)); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v", response.StatusCode, err)
	}
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, response.Body); err == nil {
		t.Errorf("the file ends after %d more bytes as if it were whole", n)
	}
}

// smallBuffer connects so that the server soon has to wait for the client.
func smallBuffer(ctx context.Context, network, address string) (net.Conn, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, network, address)
	if tcp, ok := conn.(*net.TCPConn); ok && err == nil {
		err = tcp.SetReadBuffer(256 << 10)
	}
	return conn, err
}
