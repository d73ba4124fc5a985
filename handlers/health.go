package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// healthz answers as long as the process does.
func (a *App) healthz(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// readyz answers 200 while requests can be served, and 503 from the moment the
// program was asked to stop.
func (a *App) readyz(c echo.Context) error {
	if a.draining.Load() {
		return c.String(http.StatusServiceUnavailable, "stopping\n")
	}
	if err := a.store.Ready(c.Request().Context()); err != nil {
		a.logError(c, err, http.StatusServiceUnavailable)
		return c.String(http.StatusServiceUnavailable, "not ready\n")
	}
	return c.String(http.StatusOK, "ready\n")
}

// robots keeps search engines away from pages that are for one person.
func robots(c echo.Context) error {
	return c.String(http.StatusOK, "User-agent: *\nDisallow: /replies/\nDisallow: /moderation\nDisallow: /admin\nDisallow: /login\n")
}
