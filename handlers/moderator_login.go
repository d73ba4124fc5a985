package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"time"

	"github.com/labstack/echo/v4"

	"radd/auth"
	"radd/db"
	"radd/moderation"
	"radd/views"
)

// Wrong passwords: how many one address may try for one name, and for all names, and
// how many all addresses together for one name. The last is the widest, since it
// shuts out the member too.
var (
	loginPairLimit    = db.Limit{Burst: 5, Every: time.Minute}
	loginAddressLimit = db.Limit{Burst: 20, Every: 30 * time.Second}
	loginNameLimit    = db.Limit{Burst: 20, Every: 3 * time.Minute}
)

// loginForm is where members sign in.
func (a *App) loginForm(c echo.Context) error {
	return a.loginPage(c, http.StatusOK, views.LoginPage{Next: localPath(c.QueryParam("next"), "")})
}

func (a *App) loginPage(c echo.Context, status int, page views.LoginPage) error {
	base, err := a.base(c, "login_title")
	if err != nil {
		return err
	}
	page.Base = base
	page.Private = true
	return a.page(c, status, page)
}

// login signs a member in. An unknown name, a wrong password and a disabled member
// get the same answer after the same work.
func (a *App) login(c echo.Context) error {
	values, err := form(c)
	if err != nil {
		return err
	}
	page := views.LoginPage{Username: values.Get("username"), Next: localPath(values.Get("next"), "")}
	ctx, p := c.Request().Context(), a.printer(c)
	takes := a.loginTakes(page.Username, clientAddress(c.Request(), a.cfg.TrustedProxies))
	var fast *moderation.TooFastError
	if err := a.store.WouldTake(ctx, takes...); errors.As(err, &fast) {
		page.Error = p.T("login_too_many", "Wait", p.Wait(retryAfter(c, fast.RetryAfter)))
		return a.loginPage(c, http.StatusTooManyRequests, page)
	} else if err != nil {
		return err
	}
	m, ok, err := a.authenticate(c, page.Username, values.Get("password"))
	if err != nil {
		return err
	}
	if !ok {
		if err := a.store.Take(ctx, takes...); err != nil && !errors.As(err, &fast) {
			return err
		}
		if err := a.event(c, m, "sign_in_failed", m.Name); err != nil {
			return err
		}
		page.Error = p.T("login_wrong")
		return a.loginPage(c, http.StatusUnauthorized, page)
	}
	if err := a.signIn(c, m); err != nil {
		return err
	}
	if err := a.event(c, m, "sign_in", ""); err != nil {
		return err
	}
	if page.Next == "" {
		page.Next = "/moderation"
	}
	return c.Redirect(http.StatusSeeOther, page.Next)
}

func (a *App) loginTakes(name string, address netip.Addr) []db.Take {
	now, key, who := a.now(), limitKey(address), a.sealer.blind(moderation.Fold(name))
	return []db.Take{
		{Key: "login:pair:" + who + ":" + key, Limit: loginPairLimit, Now: now},
		{Key: "login:name:" + who, Limit: loginNameLimit, Now: now},
		{Key: "login:address:" + key, Limit: loginAddressLimit, Now: now},
	}
}

// authenticate returns the member where the password is right. Where it is wrong,
// the member is the one that was meant, or zero.
func (a *App) authenticate(c echo.Context, name, password string) (moderation.Member, bool, error) {
	ctx := c.Request().Context()
	clean, _, err := moderation.CleanLine(name)
	if err != nil {
		clean = ""
	}
	m, err := a.store.MemberByName(ctx, clean)
	if err != nil && !errors.Is(err, moderation.ErrNotFound) {
		return m, false, err
	}
	hash := m.PasswordHash
	if m.Disabled {
		hash = ""
	}
	ok, err := auth.CheckPassword(ctx, hash, password)
	return m, ok, err
}

// event records an act of m, who may not be signed in yet; one by nobody known is
// not recorded.
func (a *App) event(c echo.Context, m moderation.Member, kind, detail string) error {
	if m.ID == 0 {
		return nil
	}
	now := a.now()
	return a.store.AddEvent(context.WithoutCancel(c.Request().Context()), db.Event{
		ID: a.ids.New(now), At: now, MemberID: m.ID, Member: m.Name, Kind: kind, Detail: detail,
	})
}

// logout ends the session in the database and in the browser.
func (a *App) logout(c echo.Context) error {
	if err := a.signOut(c); err != nil {
		return err
	}
	c.Response().Header().Set("Clear-Site-Data", `"cache"`)
	return c.Redirect(http.StatusSeeOther, "/login")
}
