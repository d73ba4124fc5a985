package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"radd/db"
	"radd/moderation"
	"radd/views"
)

const (
	queueCards = 50
	maxBulk    = 500
)

// queue shows the comments of one status, by default those that wait.
func (a *App) queue(c echo.Context) error {
	filter, err := a.queueFilter(c)
	if err != nil {
		return err
	}
	base, err := a.base(c, "queue_title_"+queueTab(filter.Status))
	if err != nil {
		return err
	}
	base.Tab = queueTab(filter.Status)
	page := views.QueuePage{
		Base: base, Status: filter.Status, Article: c.QueryParam("article"), Author: filter.Author, Query: filter.Query,
		Return: withQuery(c.Request().URL.RequestURI(), "undo", "", "done", ""), MaxBulk: maxBulk,
	}
	here := withQuery(page.Return, "after", "", "lang", "")
	if page.Article != "" || page.Author != "" || page.Query != "" {
		page.ClearURL = withQuery("/moderation", "status", queueTab(filter.Status))
	}
	if filter.After != 0 {
		page.FirstURL = here
	}
	items, more, err := a.queueItems(c, &page, filter)
	if err != nil {
		return err
	}
	if more {
		page.NextURL = withQuery(here, "after", items[len(items)-1].ID.String())
	}
	if page.Cards, err = a.cardViews(c, items, page.Return); err != nil {
		return err
	}
	if page.Notice, err = a.undoNotice(c); err != nil {
		return err
	}
	return a.page(c, http.StatusOK, page)
}

// queueItems reads the page of the queue; an article that does not exist has none.
func (a *App) queueItems(c echo.Context, page *views.QueuePage, filter db.QueueFilter) ([]db.QueueItem, bool, error) {
	ctx := c.Request().Context()
	if page.Article != "" {
		article, err := a.store.ArticleBySlug(ctx, page.Article)
		if errors.Is(err, moderation.ErrNotFound) {
			return nil, false, nil
		}
		if err != nil {
			return nil, false, err
		}
		filter.ArticleID, page.ArticleTitle = article.ID, article.Title
	}
	return a.store.Queue(ctx, filter)
}

// queueFilter reads the address. An unknown status is a page that is not there.
func (a *App) queueFilter(c echo.Context) (db.QueueFilter, error) {
	filter := db.QueueFilter{Status: moderation.Pending, Limit: queueCards}
	if s := c.QueryParam("status"); s == allStatuses {
		filter.Status = ""
	} else if s != "" {
		status, ok := moderation.ParseStatus(s)
		if !ok {
			return filter, moderation.ErrNotFound
		}
		filter.Status = status
	}
	if after := c.QueryParam("after"); after != "" {
		id, ok := moderation.ParseID(after)
		if !ok {
			return filter, moderation.ErrNotFound
		}
		filter.After = id
	}
	var err error
	if filter.Author, _, err = moderation.CleanLine(c.QueryParam("author")); err != nil {
		return filter, moderation.ErrNotFound
	}
	if filter.Query, _, err = moderation.CleanLine(c.QueryParam("q")); err != nil {
		return filter, moderation.ErrNotFound
	}
	return filter, nil
}

// nothingChosen names the notice after a bulk decision on no comment.
const nothingChosen = "nothing_chosen"

// allStatuses is the queue's status in an address that searches every status.
const allStatuses = "all"

func queueTab(status moderation.Status) string {
	if status == "" {
		return allStatuses
	}
	return string(status)
}

// undoNotice tells what the decision named in the address did, with a way back.
func (a *App) undoNotice(c echo.Context) (*views.Notice, error) {
	ctx, p := c.Request().Context(), a.printer(c)
	id, ok := moderation.ParseID(c.QueryParam("undo"))
	if !ok {
		return notice(c, p, nothingChosen), nil
	}
	entries, err := a.store.Decisions(ctx, id)
	if errors.Is(err, moderation.ErrNotFound) {
		return nil, nil //nolint:nilnil // the address was altered
	}
	if err != nil {
		return nil, err
	}
	entry := entries[0]
	notice := &views.Notice{Good: true, UndoID: id.String()}
	if len(entries) > 1 {
		notice.Text = p.N("notice_bulk_"+string(entry.Action), len(entries))
		return notice, nil
	}
	comment, err := a.store.CommentByID(ctx, entry.CommentID)
	if err != nil {
		return nil, err
	}
	notice.Text = p.T("notice_"+string(entry.Action), "Name", comment.Name)
	return notice, nil
}
