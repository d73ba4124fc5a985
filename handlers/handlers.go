// Package handlers is the only place that knows Echo: it reads requests, asks the
// domain and the store, and answers with a page, a redirect, JSON or a file.
package handlers

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"

	"radd/db"
	"radd/moderation"
	"radd/static"
	"radd/views"
)

// Config is what the web application needs to know from its environment.
type Config struct {
	BaseURL        *url.URL       // the public address; nil: from the request, for localhost only
	Lang           string         // for a visitor who asked for none that we speak
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed
	Mailer         Mailer         // nil: mail is off
	Version        string
	Log            *slog.Logger
	Now            func() time.Time // nil: time.Now
}

// Mailer sends one message. It is a seam: a real server stands behind it.
type Mailer interface {
	Send(ctx context.Context, to, subject, text string) error
}

// App is the web application.
type App struct {
	cfg      Config
	store    *db.Store
	views    *views.Views
	ids      moderation.IDs
	sessions *sessionStore
	sealer   sealer
	metrics  *metrics
	crossing *http.CrossOriginProtection
	draining atomic.Bool
	handler  http.Handler
}

// New wires the application over an open store.
func New(cfg Config, store *db.Store) (*App, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	pages, err := views.New(static.URL)
	if err != nil {
		return nil, fmt.Errorf("parsing the pages: %w", err)
	}
	key, err := store.Key(context.Background(), "forms")
	if err != nil {
		return nil, fmt.Errorf("reading the key of the forms: %w", err)
	}
	a := &App{
		cfg: cfg, store: store, views: pages, sealer: sealer{key: key},
		metrics: newMetrics(cfg.Version), crossing: http.NewCrossOriginProtection(),
	}
	a.sessions = &sessionStore{store: store, secure: a.secure(), now: a.now}
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(5))
	if err != nil {
		return nil, fmt.Errorf("preparing compression: %w", err)
	}
	a.handler = decodedPath(compress(a.router()))
	return a, nil
}

func (a *App) router() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = a.fail
	e.IPExtractor = func(r *http.Request) string { return clientAddress(r, a.cfg.TrustedProxies).String() }
	e.Use(a.observe, a.recovering, a.headers, a.knownHost, a.sameOrigin)
	a.routes(e)
	return e
}

// Handler is the whole site, to be served by a net/http server.
func (a *App) Handler() http.Handler { return a.handler }

// Metrics is the Prometheus page, to be served on an address of its own.
func (a *App) Metrics() http.Handler { return a.metrics.handler() }

// StopAccepting turns readiness off, so that a balancer sends no more requests.
func (a *App) StopAccepting() { a.draining.Store(true) }

func (a *App) now() time.Time { return a.cfg.Now().UTC().Truncate(time.Millisecond) }

// secure reports whether the public address is https: cookies are then Secure and
// browsers are told to stay there.
func (a *App) secure() bool { return a.cfg.BaseURL != nil && a.cfg.BaseURL.Scheme == "https" }

// absolute returns the public address of a path of ours.
func (a *App) absolute(c echo.Context, path string) string {
	if a.cfg.BaseURL != nil {
		return strings.TrimSuffix(a.cfg.BaseURL.String(), "/") + path
	}
	return "http://" + c.Request().Host + path
}

// decodedPath routes by the decoded path alone, so that %2F, upper and lower case
// hex all mean the same door as the plain spelling.
func decodedPath(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.RawPath = ""
		next.ServeHTTP(w, r)
	})
}
