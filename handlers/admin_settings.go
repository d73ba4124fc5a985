package handlers

import (
	"context"
	"fmt"
	"net/http"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"radd/moderation"
	"radd/views"
)

const mailPatience = 20 * time.Second // for a mail server's answer

// settings shows the newsroom's policy.
func (a *App) settings(c echo.Context) error {
	return a.settingsPage(c, http.StatusOK, settingsForm{})
}

// settingsForm is the page's two forms as typed.
type settingsForm struct {
	values   url.Values // nil: as stored
	problems moderation.Problems
	mail     views.Field
}

func (a *App) settingsPage(c echo.Context, status int, f settingsForm) error {
	set, err := a.policy(c)
	if err != nil {
		return err
	}
	base, err := a.adminBase(c, "settings")
	if err != nil {
		return err
	}
	base.Notice = notice(c, base.Printer, eventSettingsChanged, "mail_sent")
	if f.values == nil {
		f.values = settingsValues(set)
	}
	field := func(name string) views.Field { return fieldOf(base.Printer, name, f.values.Get(name), f.problems) }
	return a.page(c, status, views.SettingsPage{
		Base: base, SiteNameAr: field("site_name_ar"), SiteNameEn: field("site_name_en"),
		Months: field("months"), Digits: field("digits"), Mode: field("mode"), CloseDays: field("close_days"),
		MaxLinks: field("max_links"), MaxLength: field("max_length"), TimeZone: field("time_zone"),
		MailOn: a.cfg.Mailer != nil, MailTo: f.mail,
	})
}

// settingsValues is the stored policy as the form would send it.
func settingsValues(set moderation.Settings) url.Values {
	return url.Values{
		"site_name_ar": {set.SiteNameAr}, "site_name_en": {set.SiteNameEn}, "months": {set.Months}, "digits": {set.Digits},
		"mode": {string(set.Mode)}, "close_days": {strconv.Itoa(set.CloseDays)}, "max_links": {strconv.Itoa(set.MaxLinks)},
		"max_length": {strconv.Itoa(set.MaxLength)}, "time_zone": {set.TimeZone},
	}
}

// saveSettings stores the newsroom's policy.
func (a *App) saveSettings(c echo.Context) error {
	before, err := a.policy(c)
	if err != nil {
		return err
	}
	values, err := form(c)
	if err != nil {
		return err
	}
	set, problems := readSettings(values, before)
	if len(problems) > 0 {
		return a.settingsPage(c, http.StatusUnprocessableEntity, settingsForm{values: values, problems: problems})
	}
	if err := a.store.SaveSettings(c.Request().Context(), set); err != nil {
		return err
	}
	if err := a.record(c, eventSettingsChanged, changedSettings(before, set)); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/admin/settings?done="+eventSettingsChanged)
}

// readSettings reads the form over the settings as they are.
func readSettings(values url.Values, set moderation.Settings) (moderation.Settings, moderation.Problems) {
	set.SiteNameAr, set.SiteNameEn = values.Get("site_name_ar"), values.Get("site_name_en")
	set.Months, set.Digits = values.Get("months"), values.Get("digits")
	set.Mode = moderation.Mode(values.Get("mode"))
	set.CloseDays = number(values.Get("close_days"))
	set.MaxLinks, set.MaxLength = number(values.Get("max_links")), number(values.Get("max_length"))
	set.TimeZone = strings.TrimSpace(values.Get("time_zone"))
	return set.Check()
}

// number reads a number in any digits that an Arabic keyboard types; -1, which no
// setting allows, where it is none.
func number(typed string) int {
	n, err := strconv.Atoi(moderation.Fold(typed))
	if err != nil {
		return -1
	}
	return n
}

// changedSettings says for the log what was changed, in the words of the form.
func changedSettings(before, after moderation.Settings) string {
	was, is := settingsValues(before), settingsValues(after)
	var changes []string
	for _, name := range []string{
		"site_name_ar", "site_name_en", "months", "digits", "mode", "close_days", "max_links", "max_length", "time_zone",
	} {
		if was.Get(name) != is.Get(name) {
			changes = append(changes, name+"="+is.Get(name))
		}
	}
	return strings.Join(changes, ", ")
}

// testMail sends a message, so that an administrator sees whether mail works.
func (a *App) testMail(c echo.Context) error {
	values, err := form(c)
	if err != nil {
		return err
	}
	to := strings.TrimSpace(values.Get("to"))
	if key := a.trySend(c, to); key != "" {
		return a.settingsPage(c, http.StatusUnprocessableEntity, settingsForm{mail: views.Field{Value: to, Error: a.printer(c).T(key)}})
	}
	return c.Redirect(http.StatusSeeOther, "/admin/settings?done=mail_sent")
}

// trySend returns the key of what went wrong, or "". The mail server's own words
// are for the log.
func (a *App) trySend(c echo.Context, to string) string {
	address, err := mail.ParseAddress(to)
	switch {
	case a.cfg.Mailer == nil:
		return "error_mail_off"
	case err != nil || address.Address != to:
		return "error_email_malformed"
	}
	p, site := a.printer(c), ""
	if set, err := a.policy(c); err == nil {
		site = set.SiteName(p.Lang())
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), mailPatience)
	defer cancel()
	err = a.cfg.Mailer.Send(ctx, to, p.T("mail_test_subject", "Site", site), p.T("mail_test_text", "Site", site))
	if err != nil {
		a.logError(c, fmt.Errorf("sending a test message: %w", err), http.StatusUnprocessableEntity)
		return "error_mail_failed"
	}
	return ""
}
