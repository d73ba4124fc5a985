package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"radd/db"
	"radd/moderation"
	"radd/views"
)

// log shows every decision, or with acts=1 every administrative act, newest first.
func (a *App) log(c echo.Context) error {
	base, err := a.adminBase(c, "log")
	if err != nil {
		return err
	}
	page := views.LogPage{Base: base, Acts: c.QueryParam("acts") == "1"}
	if page.Acts {
		err = a.addEvents(c, &page)
	} else {
		err = a.addDecisions(c, &page)
	}
	if err != nil {
		return err
	}
	return a.page(c, http.StatusOK, page)
}

func (a *App) addDecisions(c echo.Context, page *views.LogPage) error {
	after, _ := moderation.ParseID(c.QueryParam("after")) // anything else is the first page
	by, _ := moderation.ParseID(c.QueryParam("member"))
	entries, more, err := a.store.Log(c.Request().Context(), db.LogFilter{MemberID: by, After: after, Limit: adminRows})
	if err != nil {
		return err
	}
	versions, err := a.versionsOf(c, entries)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		view := journalEntry(page.Printer, entry.Decision, entry.Version == versions[entry.CommentID])
		view.CommentURL = "/moderation/comments/" + entry.CommentID.String()
		view.AuthorName, view.ArticleTitle = entry.AuthorName, entry.ArticleTitle
		page.Entries = append(page.Entries, view)
	}
	if more {
		page.NextURL = withQuery("/admin/log", "member", c.QueryParam("member"), "after", entries[len(entries)-1].ID.String())
	}
	return nil
}

// versionsOf returns the versions that the entries' comments have by now: only an
// entry that made the present one can be taken back.
func (a *App) versionsOf(c echo.Context, entries []db.LogEntry) (map[moderation.ID]int64, error) {
	ids := make([]moderation.ID, 0, len(entries))
	for _, entry := range entries {
		ids = append(ids, entry.CommentID)
	}
	comments, err := a.store.CommentsByIDs(c.Request().Context(), ids)
	if err != nil {
		return nil, err
	}
	versions := make(map[moderation.ID]int64, len(comments))
	for _, comment := range comments {
		versions[comment.ID] = comment.Version
	}
	return versions, nil
}

func (a *App) addEvents(c echo.Context, page *views.LogPage) error {
	after, _ := moderation.ParseID(c.QueryParam("after"))
	events, more, err := a.store.Events(c.Request().Context(), after, adminRows)
	if err != nil {
		return err
	}
	for _, event := range events {
		page.Events = append(page.Events, views.EventView{
			At: event.At, Member: event.Member,
			Text: page.T("event_"+event.Kind, "Member", event.Member, "Detail", event.Detail),
		})
	}
	if more {
		page.NextURL = withQuery("/admin/log", "acts", "1", "after", events[len(events)-1].ID.String())
	}
	return nil
}
