package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"radd/auth"
	"radd/db"
	"radd/moderation"
	"radd/views"
)

// passwordLimit bounds how often somebody who found an open browser can guess the
// member's password in it.
func passwordLimit() db.Limit { return db.Limit{Burst: 5, Every: time.Minute} }

// account shows a member's own password form and sessions.
func (a *App) account(c echo.Context) error {
	return a.accountPage(c, http.StatusOK, nil)
}

// accountPage never sends a password back.
func (a *App) accountPage(c echo.Context, status int, problems moderation.Problems) error {
	base, err := a.accountBase(c)
	if err != nil {
		return err
	}
	return a.accountView(c, status, views.AccountPage{
		Base:    base,
		Current: fieldOf(base.Printer, "current", "", problems),
		New:     fieldOf(base.Printer, "new", "", problems),
		Repeat:  fieldOf(base.Printer, "repeat", "", problems),
	})
}

func (a *App) accountBase(c echo.Context) (views.Base, error) {
	base, err := a.adminBase(c, "account")
	if err == nil {
		base.Notice = notice(c, base.Printer, eventPasswordChanged, "sessions_ended")
	}
	return base, err
}

func (a *App) accountView(c echo.Context, status int, page views.AccountPage) error {
	var err error
	if page.Sessions, err = a.sessionsOf(c, member(c).ID); err != nil {
		return err
	}
	return a.page(c, status, page)
}

// changePassword gives the member who is signed in a new password and signs them
// out everywhere else.
func (a *App) changePassword(c echo.Context) error {
	values, err := form(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	m, err := a.store.MemberByID(ctx, member(c).ID)
	if err != nil {
		return err
	}
	problems, err := a.checkNewPassword(c, m, values)
	var tooFast *moderation.TooFastError
	switch {
	case errors.As(err, &tooFast):
		return a.passwordTooFast(c, tooFast.RetryAfter)
	case err != nil:
		return err
	case len(problems) > 0:
		return a.accountPage(c, http.StatusUnprocessableEntity, problems)
	}
	if m.PasswordHash, err = auth.HashPassword(ctx, values.Get("new")); err != nil {
		return err
	}
	if err := a.store.SaveMember(ctx, m, ""); err != nil {
		return err
	}
	if err := a.signIn(c, m); err != nil { // this browser goes on, a stolen copy of its cookie does not
		return err
	}
	if err := a.record(c, eventPasswordChanged, m.Name); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/account?done="+eventPasswordChanged)
}

// checkNewPassword looks at the new password first, so that a slip there costs none
// of the few tries at the current one.
func (a *App) checkNewPassword(c echo.Context, m moderation.Member, values url.Values) (moderation.Problems, error) {
	problems := passwordProblems("new", values.Get("new"), m.Name)
	if values.Get("repeat") != values.Get("new") {
		problems = append(problems, moderation.Problem{Field: "repeat", Key: "password_repeat"})
	}
	if len(problems) > 0 {
		return problems, nil
	}
	ctx := c.Request().Context()
	err := a.store.Take(ctx, db.Take{Key: "password:" + m.ID.String(), Limit: passwordLimit(), Now: a.now()})
	if err != nil {
		return nil, err
	}
	right, err := auth.CheckPassword(ctx, m.PasswordHash, values.Get("current"))
	if err != nil {
		return nil, err
	}
	if !right {
		problems = append(problems, moderation.Problem{Field: "current", Key: "password_wrong"})
	}
	return problems, nil
}

func (a *App) passwordTooFast(c echo.Context, wait time.Duration) error {
	base, err := a.accountBase(c)
	if err != nil {
		return err
	}
	wait = retryAfter(c, wait)
	return a.accountView(c, http.StatusTooManyRequests, views.AccountPage{
		Base: base, Current: views.Field{Error: base.T("login_too_many", "Wait", base.Wait(wait))},
	})
}

// endOwnSessions signs the member out everywhere else.
func (a *App) endOwnSessions(c echo.Context) error {
	if err := a.store.DeleteSessionsOf(c.Request().Context(), member(c).ID, a.sessionHash(c)); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/account?done=sessions_ended")
}
