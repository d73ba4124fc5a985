package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"radd/moderation"
	"radd/views"
	"radd/views/locale"
)

const aroundComments = 5

// card shows one comment with its context and its whole journal.
func (a *App) card(c echo.Context) error {
	id, ok := moderation.ParseID(c.Param("id"))
	if !ok {
		return moderation.ErrNotFound
	}
	ctx := c.Request().Context()
	item, err := a.store.QueueItemByID(ctx, id)
	if err != nil {
		return err
	}
	base, err := a.base(c, "card_title")
	if err != nil {
		return err
	}
	base.Tab = string(item.Status)
	cards, err := a.cards(c, item)
	if err != nil {
		return err
	}
	page := views.CardPage{Base: base, Card: cards.view(item, "/moderation/comments/"+id.String())}
	around, err := a.store.Around(ctx, item.Comment, aroundComments)
	if err != nil {
		return err
	}
	for _, comment := range around {
		if comment.ID < id {
			page.Before = append(page.Before, comment)
		} else {
			page.After = append(page.After, comment)
		}
	}
	journal, err := a.store.Journal(ctx, id)
	if err != nil {
		return err
	}
	for _, entry := range journal {
		page.Journal = append(page.Journal, journalEntry(a.printer(c), entry, entry.Version == item.Version))
	}
	if page.Notice, err = a.undoNotice(c); err != nil {
		return err
	}
	return a.page(c, http.StatusOK, page)
}

// journalEntry is one decision in words. Only the entry that made the comment what
// it is can be taken back.
func journalEntry(p *locale.Printer, entry moderation.Decision, latest bool) views.JournalEntry {
	view := views.JournalEntry{Printer: p, Decision: entry, Text: journalText(p, entry)}
	if latest {
		view.UndoURL = undoURL(entry)
	}
	return view
}
