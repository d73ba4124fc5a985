package handlers

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"radd/moderation"
	"radd/views"
	"radd/views/locale"
)

const (
	languageCookie = "radd_lang"
	yearSeconds    = 365 * 24 * 3600
	maxSections    = 8
	maxUserAgent   = 300
)

const (
	printerKey  = "printer"
	settingsKey = "settings"
)

// policy returns the newsroom's settings, read once per request.
func (a *App) policy(c echo.Context) (moderation.Settings, error) {
	if set, ok := c.Get(settingsKey).(moderation.Settings); ok {
		return set, nil
	}
	set, err := a.store.Settings(c.Request().Context())
	if err == nil {
		c.Set(settingsKey, set)
	}
	return set, err
}

// printer returns the printer of the request's language. A language asked for in
// the address is remembered by a cookie, which only those get who asked.
func (a *App) printer(c echo.Context) *locale.Printer {
	if p, ok := c.Get(printerKey).(*locale.Printer); ok {
		return p
	}
	set, err := a.policy(c)
	if err != nil {
		set = moderation.DefaultSettings() // an error page must be possible without the database
	}
	p := locale.New(a.language(c), locale.Options{Months: set.Months, Digits: set.Digits, Zone: set.Zone(), Now: a.now()})
	c.Set(printerKey, p)
	return p
}

func (a *App) language(c echo.Context) string {
	asked, remembered := c.QueryParam("lang"), cookieValue(c, languageCookie)
	lang := locale.Match(asked, remembered, c.Request().Header.Get("Accept-Language"), a.cfg.Lang)
	if asked == lang && remembered != lang {
		a.setCookie(c, languageCookie, lang, yearSeconds)
	}
	return lang
}

// base fills in what the layout of every page needs. titleKey may be empty.
func (a *App) base(c echo.Context, titleKey string) (views.Base, error) {
	p := a.printer(c)
	set, err := a.policy(c)
	if err != nil {
		return views.Base{}, err
	}
	b := views.Base{Printer: p, SiteName: set.SiteName(p.Lang()), SwitchURL: a.switchURL(c, p)}
	if titleKey != "" {
		b.Title = p.T(titleKey)
	}
	if m, ok := c.Get(memberKey).(moderation.Member); ok {
		b.Member, b.Private = &m, true
		b.Counts, err = a.store.QueueCounts(c.Request().Context())
		return b, err
	}
	b.Sections, err = a.sections(c, p)
	return b, err
}

func (a *App) sections(c echo.Context, p *locale.Printer) ([]views.Link, error) {
	names, err := a.store.Sections(c.Request().Context(), p.Lang(), maxSections)
	if err != nil {
		return nil, err
	}
	current := c.QueryParam("section")
	links := make([]views.Link, 0, len(names))
	for _, name := range names {
		links = append(links, views.Link{URL: withQuery("/", "section", name), Text: name, Current: name == current})
	}
	return links, nil
}

// switchURL is the address of this page in the other language. A page that answers
// a form stands at an address that cannot be asked for; its switch leads to the page
// that has the form.
func (a *App) switchURL(c echo.Context, p *locale.Printer) string {
	other := "en"
	if p.Lang() == "en" {
		other = "ar"
	}
	here := c.Request().URL.RequestURI()
	if !isSafe(c.Request().Method) {
		here = formPage(c.Request().URL.EscapedPath())
	}
	if slices.Contains(replyTokens(c), c.QueryParam("mine")) {
		here = withQuery(here, "mine", "") // the cookie shows the reply as well, and stays in this browser
	}
	return withQuery(here, "lang", other)
}

// formPage is the page whose form is posted to the path.
func formPage(path string) string {
	if strings.HasPrefix(path, "/moderation/") {
		return "/moderation"
	}
	for _, verb := range []string{"/replies", "/revise", "/withdraw", "/password", "/sessions/end", "/mail", "/enable", "/disable"} {
		if page, found := strings.CutSuffix(path, verb); found {
			return page
		}
	}
	return path
}

// page renders the page whole before the first byte is sent.
func (a *App) page(c echo.Context, status int, page views.Page) error {
	var b bytes.Buffer
	if err := a.views.Render(&b, page); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Language", a.printer(c).Lang())
	return c.HTMLBlob(status, b.Bytes())
}

// shareable marks the answer as the same for everybody who sent no cookies.
func shareable(c echo.Context) {
	h := c.Response().Header()
	h.Add("Vary", "Accept-Language, Cookie")
	if len(c.Request().Cookies()) == 0 && h.Get("Set-Cookie") == "" {
		h.Set("Cache-Control", "no-cache")
	}
}

func (a *App) setCookie(c echo.Context, name, value string, maxAge int) {
	http.SetCookie(c.Response(), &http.Cookie{ //nolint:gosec // G124: Secure follows the scheme of the public address
		Name: name, Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, Secure: a.secure(), SameSite: http.SameSiteLaxMode,
	})
}

func cookieValue(c echo.Context, name string) string {
	cookie, err := c.Cookie(name)
	if err != nil {
		return ""
	}
	return cookie.Value
}

func wantsJSON(c echo.Context) bool {
	return strings.HasPrefix(c.Request().Header.Get("Accept"), "application/json")
}

// truncate cuts s to at most n bytes at a character's border.
func truncate(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
