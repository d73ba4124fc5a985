package handlers

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"radd/auth"
	"radd/moderation"
	"radd/views"
)

// users lists the people of the desk.
func (a *App) users(c echo.Context) error {
	return a.usersPage(c, http.StatusOK, url.Values{"role": {string(moderation.Moderator)}}, nil)
}

func (a *App) usersPage(c echo.Context, status int, values url.Values, problems moderation.Problems) error {
	base, err := a.adminBase(c, "users")
	if err != nil {
		return err
	}
	members, err := a.store.Members(c.Request().Context())
	if err != nil {
		return err
	}
	base.Notice = notice(c, base.Printer, eventMemberAdded)
	return a.page(c, status, views.UsersPage{
		Base: base, Members: members,
		Name:     fieldOf(base.Printer, "name", values.Get("name"), problems),
		Password: fieldOf(base.Printer, "password", "", problems), // never sent back
		Role:     fieldOf(base.Printer, "role", values.Get("role"), problems),
	})
}

// addUser stores a new member of the desk.
func (a *App) addUser(c echo.Context) error {
	values, err := form(c)
	if err != nil {
		return err
	}
	m, problems := readMember(values)
	if len(problems) > 0 {
		return a.usersPage(c, http.StatusUnprocessableEntity, values, problems)
	}
	ctx, now := c.Request().Context(), a.now()
	if m.PasswordHash, err = auth.HashPassword(ctx, values.Get("password")); err != nil {
		return err
	}
	m.ID, m.CreatedAt = a.ids.New(now), now
	err = a.store.AddMember(ctx, m)
	if errors.Is(err, moderation.ErrNameTaken) {
		problems = moderation.Problems{{Field: "name", Key: "error_name_taken"}}
		return a.usersPage(c, http.StatusUnprocessableEntity, values, problems)
	}
	if err != nil {
		return err
	}
	if err := a.record(c, eventMemberAdded, m.Name+" role="+string(m.Role)); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/admin/users?done="+eventMemberAdded)
}

func readMember(values url.Values) (moderation.Member, moderation.Problems) {
	var problems moderation.Problems
	name, key := moderation.CheckMemberName(values.Get("name"))
	if key != "" {
		problems = append(problems, moderation.Problem{Field: "name", Key: key, Count: moderation.MaxMemberName})
	}
	problems = append(problems, passwordProblems("password", values.Get("password"), name)...)
	role, ok := moderation.ParseRole(values.Get("role"))
	if !ok {
		problems = append(problems, moderation.Problem{Field: "role", Key: "error_role"})
	}
	return moderation.Member{Name: name, Role: role}, problems
}

// passwordProblems says what is wrong with a new password.
func passwordProblems(field, password, name string) moderation.Problems {
	key, limit := auth.PasswordProblem(password, name)
	if key == "" {
		return nil
	}
	return moderation.Problems{{Field: field, Key: key, Count: limit}}
}

// user shows one member of the desk.
func (a *App) user(c echo.Context) error {
	who, err := a.memberOf(c)
	if err != nil {
		return err
	}
	return a.userPage(c, http.StatusOK, who, nil)
}

// memberOf returns the member of the address.
func (a *App) memberOf(c echo.Context) (moderation.Member, error) {
	id, ok := moderation.ParseID(c.Param("id"))
	if !ok {
		return moderation.Member{}, moderation.ErrNotFound
	}
	return a.store.MemberByID(c.Request().Context(), id)
}

func (a *App) userPage(c echo.Context, status int, who moderation.Member, problems moderation.Problems) error {
	base, err := a.adminBase(c, "users")
	if err != nil {
		return err
	}
	p := base.Printer
	base.Title = who.Name
	base.Notice = notice(c, p, eventMemberChanged, eventPasswordChanged, "sessions_ended")
	if problem := problems.For(""); problem != nil {
		base.Notice = &views.Notice{Text: message(p, problem)}
	}
	page := views.UserPage{
		Base: base, Who: who, Self: who.ID == member(c).ID,
		Password: fieldOf(p, "password", "", problems),
		Role:     fieldOf(p, "role", string(who.Role), problems),
	}
	if page.Sessions, err = a.sessionsOf(c, who.ID); err != nil {
		return err
	}
	return a.page(c, status, page)
}

// sessionsOf returns the member's sessions for a page.
func (a *App) sessionsOf(c echo.Context, id moderation.ID) ([]views.SessionView, error) {
	rows, err := a.store.SessionsOf(c.Request().Context(), id, a.now())
	if err != nil {
		return nil, err
	}
	current := a.sessionHash(c)
	sessions := make([]views.SessionView, 0, len(rows))
	for _, row := range rows {
		sessions = append(sessions, views.SessionView{
			UserAgent: row.UserAgent, SeenAt: row.SeenAt, CreatedAt: row.CreatedAt, Current: row.Hash == current,
		})
	}
	return sessions, nil
}

// keepOwn returns the session that a change of the member leaves alone: one's own,
// where the change is of oneself.
func (a *App) keepOwn(c echo.Context, id moderation.ID) string {
	if id == member(c).ID {
		return a.sessionHash(c)
	}
	return ""
}

// saveUserRole makes somebody a moderator or an administrator.
func (a *App) saveUserRole(c echo.Context) error {
	who, err := a.memberOf(c)
	if err != nil {
		return err
	}
	values, err := form(c)
	if err != nil {
		return err
	}
	role, ok := moderation.ParseRole(values.Get("role"))
	if !ok {
		return a.userPage(c, http.StatusUnprocessableEntity, who, moderation.Problems{{Field: "role", Key: "error_role"}})
	}
	changed := who
	changed.Role = role
	return a.saveUser(c, who, changed, memberChange{field: "role", event: eventMemberChanged, detail: " role=" + string(role)})
}

// saveUserPassword gives somebody else a new password. One's own needs the present
// one, on the account page.
func (a *App) saveUserPassword(c echo.Context) error {
	who, err := a.memberOf(c)
	if err != nil {
		return err
	}
	if who.ID == member(c).ID {
		return moderation.ErrForbidden
	}
	values, err := form(c)
	if err != nil {
		return err
	}
	password := values.Get("password")
	if problems := passwordProblems("password", password, who.Name); problems != nil {
		return a.userPage(c, http.StatusUnprocessableEntity, who, problems)
	}
	changed := who
	if changed.PasswordHash, err = auth.HashPassword(c.Request().Context(), password); err != nil {
		return err
	}
	return a.saveUser(c, who, changed, memberChange{field: "password", event: eventPasswordChanged})
}

// disableUser shuts somebody out, or lets them in again.
func (a *App) disableUser(disabled bool) echo.HandlerFunc {
	return func(c echo.Context) error {
		who, err := a.memberOf(c)
		if err != nil {
			return err
		}
		if disabled && who.ID == member(c).ID {
			return a.userPage(c, http.StatusUnprocessableEntity, who, moderation.Problems{{Key: "error_disable_self"}})
		}
		changed := who
		changed.Disabled = disabled
		detail := " disabled=false"
		if disabled {
			detail = " disabled=true"
		}
		return a.saveUser(c, who, changed, memberChange{event: eventMemberChanged, detail: detail})
	}
}

// memberChange says of a change which field it came from ("" for none) and how the
// log tells it.
type memberChange struct {
	field, event, detail string
}

// saveUser stores the member and ends its sessions.
func (a *App) saveUser(c echo.Context, before, after moderation.Member, change memberChange) error {
	err := a.store.SaveMember(c.Request().Context(), after, a.keepOwn(c, after.ID))
	if errors.Is(err, moderation.ErrLastAdmin) {
		return a.userPage(c, http.StatusUnprocessableEntity, before, moderation.Problems{{Field: change.field, Key: "error_last_admin"}})
	}
	if err != nil {
		return err
	}
	if err := a.record(c, change.event, after.Name+change.detail); err != nil {
		return err
	}
	if after.ID == member(c).ID && !moderation.Permit(after, moderation.MayPeople) {
		return c.Redirect(http.StatusSeeOther, "/moderation") // an administrator no longer
	}
	return c.Redirect(http.StatusSeeOther, "/admin/users/"+after.ID.String()+"?done="+change.event)
}

// endUserSessions signs somebody out everywhere; oneself, everywhere else.
func (a *App) endUserSessions(c echo.Context) error {
	who, err := a.memberOf(c)
	if err != nil {
		return err
	}
	if err := a.store.DeleteSessionsOf(c.Request().Context(), who.ID, a.keepOwn(c, who.ID)); err != nil {
		return err
	}
	if err := a.record(c, eventMemberChanged, who.Name+" sessions=ended"); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/admin/users/"+who.ID.String()+"?done=sessions_ended")
}
