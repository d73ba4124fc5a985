package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"radd/views"
	"radd/views/locale"
)

// The kinds of administrative acts; each names a text "event_KIND".
const (
	eventExport          = "export"
	eventImport          = "import"
	eventMemberAdded     = "member_added"
	eventMemberChanged   = "member_changed"
	eventPasswordChanged = "password_changed"
	eventSettingsChanged = "settings_changed"
	eventArticleAdded    = "article_added"
	eventArticleChanged  = "article_changed"
)

// adminBase is base for a page of the desk with the title "title_TAB".
func (a *App) adminBase(c echo.Context, tab string) (views.Base, error) {
	base, err := a.base(c, "title_"+tab)
	base.Tab = tab
	return base, err
}

// notice returns the text "done_KEY" for the page to which a form that was taken
// led with ?done=KEY. Only the allowed keys speak: a link from elsewhere must not
// make the desk say what it likes.
func notice(c echo.Context, p *locale.Printer, allowed ...string) *views.Notice {
	done := c.QueryParam("done")
	if !slices.Contains(allowed, done) {
		return nil
	}
	return &views.Notice{Text: p.T("done_" + done), Good: true}
}

// record enters an administrative act of the one who is signed in into the log,
// also where they have closed the connection since.
func (a *App) record(c echo.Context, kind, detail string) error {
	return a.event(c, member(c), kind, detail)
}
