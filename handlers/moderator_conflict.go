package handlers

import (
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"radd/moderation"
	"radd/views"
)

type conflictJSON struct {
	Error   string            `json:"error"`
	ID      string            `json:"id"`
	Status  moderation.Status `json:"status"`
	Version int64             `json:"version"`
	Member  string            `json:"member"`
	Action  moderation.Action `json:"action"`
	At      string            `json:"at"`
	Message string            `json:"message"`
}

// conflicted answers a decision on a version that is no longer the current one:
// who decided what, and when.
func (a *App) conflicted(c echo.Context, values url.Values, conflict *moderation.ConflictError) error {
	if err := a.tellLatest(c, conflict); err != nil {
		return err
	}
	if wantsJSON(c) {
		return c.JSON(http.StatusConflict, a.conflictJSON(c, conflict))
	}
	return a.conflictPage(c, http.StatusConflict, views.ConflictPage{
		BackURL: localPath(values.Get("next"), "/moderation"),
	}, []*moderation.ConflictError{conflict})
}

// tellLatest fills in the entries that made the comments what they are.
func (a *App) tellLatest(c echo.Context, conflicts ...*moderation.ConflictError) error {
	var ids []moderation.ID
	for _, conflict := range conflicts {
		if conflict.Latest.ID == 0 {
			ids = append(ids, conflict.Current.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	latest, err := a.store.LatestDecisions(c.Request().Context(), ids)
	if err != nil {
		return err
	}
	for _, conflict := range conflicts {
		if entry, ok := latest[conflict.Current.ID]; ok {
			conflict.Latest = entry
		}
	}
	return nil
}

func (a *App) conflictJSON(c echo.Context, conflict *moderation.ConflictError) conflictJSON {
	answer := conflictJSON{
		Error: "conflict", ID: conflict.Current.ID.String(), Status: conflict.Current.Status, Version: conflict.Current.Version,
		Member: conflict.Latest.Member, Action: conflict.Latest.Action, Message: a.conflictText(c, conflict),
	}
	if !conflict.Latest.At.IsZero() {
		answer.At = conflict.Latest.At.UTC().Format(time.RFC3339)
	}
	return answer
}

// conflictText says who did what and when. Without an entry, the form named a
// version that never was.
func (a *App) conflictText(c echo.Context, conflict *moderation.ConflictError) string {
	p, entry := a.printer(c), conflict.Latest
	if entry.ID == 0 {
		return p.T("conflict_version")
	}
	return p.T("conflict_"+string(entry.Action), "Member", entry.Member, "Ago", p.Ago(entry.At))
}

func (a *App) conflictPage(c echo.Context, status int, page views.ConflictPage, conflicts []*moderation.ConflictError) error {
	base, err := a.base(c, "conflict_title")
	if err != nil {
		return err
	}
	page.Base = base
	for _, conflict := range conflicts {
		item, err := a.store.QueueItemByID(c.Request().Context(), conflict.Current.ID)
		if err != nil {
			return err
		}
		cards, err := a.cards(c, item)
		if err != nil {
			return err
		}
		page.Conflicts = append(page.Conflicts, views.ConflictView{
			Text: a.conflictText(c, conflict), Card: cards.view(item, page.BackURL),
		})
	}
	return a.page(c, status, page)
}
