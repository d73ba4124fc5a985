package handlers

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/labstack/echo/v4"
)

// observe counts each request and logs those that change something: the route, never the address with its
// values, and nothing that a person typed.
func (a *App) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := time.Now()
		if err := next(c); err != nil {
			c.Error(err)
		}
		took := time.Since(began)
		route, status := c.Path(), c.Response().Status
		if route == "" {
			route = "unknown"
		}
		a.metrics.request(c.Request().Method, route, status, took)
		if !isSafe(c.Request().Method) || status >= http.StatusInternalServerError {
			a.cfg.Log.InfoContext(c.Request().Context(), "request",
				"method", c.Request().Method, "route", route, "status", status, "bytes", c.Response().Size, "ms", took.Milliseconds())
		}
		return nil
	}
}

// recovering turns a panic into the error page.
func (a *App) recovering(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			caught := recover()
			if caught == http.ErrAbortHandler { //nolint:errorlint,err113 // net/http compares it this way too
				panic(caught)
			}
			if caught != nil {
				err = fmt.Errorf("panic: %v\n%s", caught, debug.Stack())
			}
		}()
		return next(c)
	}
}
