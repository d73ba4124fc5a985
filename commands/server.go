package commands

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"radd/handlers"
)

// stopWait is how long requests under way may take to end after the stop.
const stopWait = 25 * time.Second

// newServer bounds how long a client may take for each part of a request, so that
// slow ones cannot use up the connections. A handler that has to take longer (an
// upload, an export, server-sent events) puts its own deadline off.
func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// run serves until ctx ends or a server fails; then it lets the requests under way
// end.
func run(ctx context.Context, log *slog.Logger, app *handlers.App, on listeners) error {
	site := newServer(app.Handler(), log)
	servers := []*http.Server{site}
	ended := make(chan error, 2)
	go serveOn(site, on.site, ended)
	if on.metrics != nil {
		pages := http.NewServeMux()
		pages.Handle("GET /metrics", app.Metrics())
		metrics := newServer(pages, log)
		servers = append(servers, metrics)
		go serveOn(metrics, on.metrics, ended)
	}
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
	}
	log.Info("stopping")
	app.StopAccepting()
	stop(context.WithoutCancel(ctx), log, servers)
	return err
}

func serveOn(server *http.Server, listener net.Listener, ended chan<- error) {
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		ended <- failed(err, "cli_serving")
	}
}

// stop closes what waits and waits for what runs, but no longer than stopWait.
func stop(ctx context.Context, log *slog.Logger, servers []*http.Server) {
	ctx, cancel := context.WithTimeout(ctx, stopWait)
	defer cancel()
	for _, server := range servers {
		if err := server.Shutdown(ctx); err != nil {
			log.Warn("requests were cut off", "error", err.Error())
			_ = server.Close() // nothing more can be done for them
		}
	}
}
