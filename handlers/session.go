package handlers

import (
	"net/http"
	"net/url"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"radd/auth"
	"radd/moderation"
)

const memberKey = "member"

// member returns who is signed in; only behind guard.
func member(c echo.Context) moderation.Member {
	m, _ := c.Get(memberKey).(moderation.Member)
	return m
}

// session returns the request's session.
func (a *App) session(c echo.Context) (*sessions.Session, error) {
	return a.sessions.Get(c.Request(), a.sessions.cookieName())
}

// sessionHash returns the hash under which the request's session is stored, or "".
func (a *App) sessionHash(c echo.Context) string {
	session, err := a.session(c)
	if err != nil || session.ID == "" {
		return ""
	}
	return auth.HashToken(session.ID)
}

// guard lets in who is signed in and permitted; others are sent to sign in, or
// refused.
func (a *App) guard(permission moderation.Permission) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			session, err := a.session(c)
			if err != nil {
				return err
			}
			m, ok := session.Values[valueMember].(moderation.Member)
			if !ok {
				return a.sendToLogin(c)
			}
			c.Set(memberKey, m)
			if !moderation.Permit(m, permission) {
				return moderation.ErrForbidden
			}
			return next(c)
		}
	}
}

func (a *App) sendToLogin(c echo.Context) error {
	if wantsJSON(c) {
		return echo.NewHTTPError(http.StatusUnauthorized)
	}
	next := "/moderation"
	if isSafe(c.Request().Method) {
		next = c.Request().URL.RequestURI()
	}
	return c.Redirect(http.StatusSeeOther, "/login?next="+url.QueryEscape(next))
}

// signIn ends the session of before, if there was one, and starts one for m.
func (a *App) signIn(c echo.Context, m moderation.Member) error {
	session, err := a.session(c)
	if err != nil {
		return err
	}
	if session.ID != "" {
		if err := a.store.DeleteSession(c.Request().Context(), auth.HashToken(session.ID)); err != nil {
			return err
		}
	}
	session.ID = ""
	session.Values[valueMember] = m
	return a.sessions.Save(c.Request(), c.Response(), session)
}

func (a *App) signOut(c echo.Context) error {
	session, err := a.session(c)
	if err != nil {
		return err
	}
	session.Options.MaxAge = -1
	return a.sessions.Save(c.Request(), c.Response(), session)
}
