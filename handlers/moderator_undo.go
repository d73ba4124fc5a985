package handlers

import (
	"errors"
	"net/url"

	"github.com/labstack/echo/v4"

	"radd/db"
	"radd/moderation"
)

// undo takes one decision back, or all of a bulk one. What has changed since stays
// as it is and is listed.
func (a *App) undo(c echo.Context) error {
	id, ok := moderation.ParseID(c.Param("id"))
	if !ok {
		return moderation.ErrNotFound
	}
	values, err := form(c)
	if err != nil {
		return err
	}
	entries, err := a.store.Decisions(c.Request().Context(), id)
	if err != nil {
		return err
	}
	b, err := a.takenBack(c, values, entries)
	if err != nil {
		return err
	}
	if len(entries) > 1 {
		return a.saveBulk(c, values, b)
	}
	if len(b.changes) > 0 {
		err = a.save(c, b.changes[0])
	} else {
		err = b.conflicts[0]
	}
	var conflict *moderation.ConflictError
	if errors.As(err, &conflict) {
		return a.conflicted(c, values, conflict)
	}
	if err != nil {
		return err
	}
	return a.decided(c, values, done{b.changes[0]})
}

// takenBack decides what taking the entries back changes. Several entries are one
// step again.
func (a *App) takenBack(c echo.Context, values url.Values, entries []moderation.Decision) (bulk, error) {
	var b bulk
	choices := make([]choice, 0, len(entries))
	for _, entry := range entries {
		choices = append(choices, choice{id: entry.CommentID})
	}
	comments, err := a.commentsOf(c, choices)
	if err != nil {
		return b, err
	}
	act, err := a.act(c, values)
	if err != nil {
		return b, err
	}
	if len(entries) > 1 {
		act.BatchID = a.ids.New(act.At)
	}
	for _, entry := range entries {
		after, back, err := moderation.Undo(comments[entry.CommentID], entry, act)
		if err := b.add(db.Change{After: after, Seen: entry.Version, Entry: back}, err); err != nil {
			return b, err
		}
		act.ID = a.ids.New(act.At)
	}
	return b, nil
}
