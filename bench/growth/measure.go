package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"radd/db"
	"radd/handlers"
)

const deepPage = 500

// client is a browser without JavaScript, signed in as an administrator.
type client struct {
	base string
	http *http.Client
	ip   int
}

func measure(ctx context.Context, path string, n, rounds int) (figures, error) {
	f := figures{Comments: n}
	store, err := db.Open(ctx, path)
	if err != nil {
		return f, err
	}
	defer store.Close()
	app, err := handlers.New(handlers.Config{ //nolint:contextcheck // requests have contexts of their own
		Lang: "ar", Log: slog.New(slog.DiscardHandler), TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}, store)
	if err != nil {
		return f, err
	}
	server := httptest.NewServer(app.Handler())
	defer server.Close()
	jar, err := cookiejar.New(nil)
	if err != nil {
		return f, err
	}
	c := &client{base: server.URL, http: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}}
	if err := c.post(ctx, "/login", url.Values{"username": {"admin"}, "password": {password}}); err != nil {
		return f, err
	}
	if stat, err := os.Stat(path); err == nil {
		f.FileMiB = float64(stat.Size()) / (1 << 20)
	}
	return f, c.measure(ctx, &f, rounds)
}

func (c *client) measure(ctx context.Context, f *figures, rounds int) error {
	deep, page, err := c.walk(ctx)
	if err != nil {
		return err
	}
	f.DeepPage = page
	for _, m := range []struct {
		to  *float64
		run func(int) error
	}{
		{&f.QueueMS, func(int) error { return c.get(ctx, "/moderation") }},
		{&f.DeepMS, func(int) error { return c.get(ctx, deep) }},
		{&f.SearchMS, func(int) error { return c.get(ctx, "/moderation?status=all&q=hippocampus") }},
		{&f.ArticleMS, func(int) error { return c.get(ctx, "/articles/"+hotSlug) }},
		{&f.ReplyMS, func(i int) error { return c.reply(ctx, i) }},
	} {
		if *m.to, err = timed(rounds, m.run); err != nil {
			return err
		}
	}
	if err := c.measureDecisions(ctx, f, rounds); err != nil {
		return err
	}
	return c.measureExports(ctx, f)
}

// timed returns the median time of the runs in milliseconds, after one that does
// not count.
func timed(rounds int, run func(int) error) (float64, error) {
	var times []time.Duration
	for i := range rounds + 1 {
		began := time.Now()
		if err := run(i); err != nil {
			return 0, err
		}
		if i > 0 {
			times = append(times, time.Since(began))
		}
	}
	return median(times), nil
}

// walk follows the queue's links to page 500, or to the last one.
func (c *client) walk(ctx context.Context) (address string, page int, err error) {
	address = "/moderation"
	for page = 1; page < deepPage; page++ {
		doc, err := c.document(ctx, address)
		if err != nil {
			return "", 0, err
		}
		next, ok := doc.Find(`a[rel="next"]`).Attr("href")
		if !ok {
			return address, page, nil
		}
		address = next
	}
	return address, page, nil
}

func (c *client) measureDecisions(ctx context.Context, f *figures, rounds int) error {
	doc, err := c.document(ctx, "/moderation")
	if err != nil {
		return err
	}
	cards := doc.Find("[data-version]")
	rounds = min(rounds, cards.Length()-1)
	f.DecideMS, err = timed(rounds, func(i int) error {
		card := cards.Eq(i)
		id := strings.TrimPrefix(card.AttrOr("id", ""), "comment-")
		return c.post(ctx, "/moderation/comments/"+id+"/approve", url.Values{"version": {card.AttrOr("data-version", "")}})
	})
	return err
}

func (c *client) measureExports(ctx context.Context, f *figures) error {
	f.IdleMiB = resident()
	for _, format := range []string{"csv", "xlsx", "jsonl", "wxr"} {
		idle := resident()
		e := exportFigures{Format: format}
		began := time.Now()
		response, err := c.do(ctx, http.MethodGet, "/admin/export?personal=1&format="+format, nil)
		if err != nil {
			return err
		}
		peak := watch(func() { e.Bytes, err = io.Copy(io.Discard, response.Body) })
		if err := errors.Join(err, response.Body.Close()); err != nil {
			return err
		}
		e.Seconds = time.Since(began).Seconds()
		e.PerSecond, e.AboveMiB = float64(f.Comments)/e.Seconds, max(peak-idle, 0)
		f.Exports = append(f.Exports, e)
	}
	return nil
}

// watch runs f and returns the most memory that was resident meanwhile, in MiB.
func watch(f func()) float64 {
	stop, peaks := make(chan struct{}), make(chan float64)
	go func() {
		ticker, peak := time.NewTicker(5*time.Millisecond), 0.0
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				peak = max(peak, residentNow())
			case <-stop:
				peaks <- max(peak, residentNow())
				return
			}
		}
	}()
	f()
	close(stop)
	return <-peaks
}

// resident is what stays after the garbage has gone back to the system.
func resident() float64 {
	runtime.GC()
	debug.FreeOSMemory()
	return residentNow()
}

func residentNow() float64 {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, err := strconv.ParseFloat(strings.Fields(string(b))[1], 64)
	if err != nil {
		return 0
	}
	return pages * float64(os.Getpagesize()) / (1 << 20)
}

func (c *client) get(ctx context.Context, path string) error {
	response, err := c.do(ctx, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, response.Body)
	return errors.Join(err, response.Body.Close())
}

func (c *client) document(ctx context.Context, path string) (*goquery.Document, error) {
	response, err := c.do(ctx, http.MethodGet, path, nil)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return goquery.NewDocumentFromReader(response.Body)
}

func (c *client) reply(ctx context.Context, i int) error {
	return c.post(ctx, "/articles/"+hotSlug+"/replies", url.Values{
		"name": {"قارئة"}, "email": {fmt.Sprintf("new%d@example.org", i)}, "body": {fmt.Sprint("ردّ جديد رقم ", i)},
	})
}

func (c *client) post(ctx context.Context, path string, values url.Values) error {
	response, err := c.do(ctx, http.MethodPost, path, strings.NewReader(values.Encode()))
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, response.Body)
	return errors.Join(err, response.Body.Close())
}

// do sends a request from an address of its own, and fails where it is refused.
func (c *client) do(ctx context.Context, method, path string, body io.Reader) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return nil, err
	}
	c.ip++
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", c.ip>>16&255, c.ip>>8&255, c.ip&255))
	r.Header.Set("Origin", c.base)
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := c.http.Do(r)
	if err != nil {
		return nil, err
	}
	if response.StatusCode >= http.StatusBadRequest {
		return nil, errors.Join(fmt.Errorf("%s %s: %s", method, path, response.Status), response.Body.Close())
	}
	return response, nil
}
