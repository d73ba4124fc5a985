package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"radd/auth"
	"radd/db"
	"radd/moderation"
	"radd/views"
)

// Refusals that only a web page knows.
var (
	errCrossSite = errors.New("sent from another site")
	errTooMany   = errors.New("too many comments for one bulk decision")
)

// outcome is how an error is answered: a status, and the keys page_NAME and
// page_NAME_text of its page.
type outcome struct {
	status int
	page   string
}

func outcomeOf(err error) outcome {
	switch {
	case errors.Is(err, moderation.ErrNotFound):
		return outcome{http.StatusNotFound, "not_found"}
	case errors.Is(err, moderation.ErrForbidden):
		return outcome{http.StatusForbidden, "forbidden"}
	case errors.Is(err, errCrossSite):
		return outcome{http.StatusForbidden, "cross_site"}
	case errors.Is(err, db.ErrStale):
		return outcome{http.StatusConflict, "stale"}
	case errors.Is(err, auth.ErrBusy), errors.Is(err, db.ErrUnavailable):
		return outcome{http.StatusServiceUnavailable, "busy"}
	case errors.Is(err, errTooMany):
		return outcome{http.StatusUnprocessableEntity, "too_many"}
	case isTooLarge(err):
		return outcome{http.StatusRequestEntityTooLarge, "too_large"}
	}
	var answer *echo.HTTPError
	if errors.As(err, &answer) {
		return outcome{answer.Code, pageOfStatus(answer.Code)}
	}
	return outcome{http.StatusInternalServerError, "server_error"}
}

func pageOfStatus(status int) string {
	switch status {
	case http.StatusNotFound:
		return "not_found"
	case http.StatusMethodNotAllowed:
		return "method"
	case http.StatusForbidden:
		return "forbidden"
	case http.StatusUnauthorized:
		return "sign_in"
	case http.StatusRequestEntityTooLarge:
		return "too_large"
	case http.StatusMisdirectedRequest:
		return "host"
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		return "busy"
	}
	if status < http.StatusInternalServerError {
		return "bad_request"
	}
	return "server_error"
}

// fail is the one place that answers an error: people read a page in their language
// (programs JSON), the log gets the error itself.
func (a *App) fail(err error, c echo.Context) {
	if c.Response().Committed || errors.Is(err, context.Canceled) {
		a.logError(c, err, 0)
		return
	}
	out := outcomeOf(err)
	if out.status >= http.StatusInternalServerError {
		a.logError(c, err, out.status)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	if out.status == http.StatusServiceUnavailable {
		retryAfter(c, unavailableWait)
	}
	if wantsJSON(c) {
		_ = c.JSON(out.status, map[string]string{"error": out.page, "message": a.printer(c).T("page_" + out.page + "_text")})
		return
	}
	if err := a.failPage(c, out); err != nil {
		a.logError(c, err, out.status)
		_ = c.String(out.status, http.StatusText(out.status))
	}
}

// unavailableWait is when to try again what could not be done for want of room or time.
const unavailableWait = 5 * time.Second

func (a *App) failPage(c echo.Context, out outcome) error {
	base, err := a.base(c, "page_"+out.page)
	if err != nil {
		return err
	}
	base.Private = true
	return a.page(c, out.status, views.MessagePage{
		Base:    base,
		Heading: base.T("page_" + out.page),
		Text:    base.Digits(base.T("page_" + out.page + "_text")),
		Links:   []views.Link{{URL: "/", Text: base.T("home")}},
		Desk:    base.Member != nil,
	})
}

func (a *App) logError(c echo.Context, err error, status int) {
	level := slog.LevelError
	if status == 0 {
		level = slog.LevelInfo
	}
	a.cfg.Log.Log(c.Request().Context(), level, "request failed",
		"method", c.Request().Method, "route", c.Path(), "status", status, "error", err.Error())
}

func isTooLarge(err error) bool {
	var limit *http.MaxBytesError
	return errors.As(err, &limit)
}
