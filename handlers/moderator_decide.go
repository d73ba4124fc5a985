package handlers

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"radd/db"
	"radd/moderation"
)

const maxNote = 1000 // bytes of the reason that a moderator gives

// decide takes one moderator's decision on one comment.
func (a *App) decide(action moderation.Action) echo.HandlerFunc {
	return func(c echo.Context) error {
		values, err := form(c)
		if err != nil {
			return err
		}
		change, err := a.decision(c, action, values)
		if err == nil {
			err = a.save(c, change)
		}
		var conflict *moderation.ConflictError
		if errors.As(err, &conflict) {
			return a.conflicted(c, values, conflict)
		}
		if err != nil {
			return err
		}
		return a.decided(c, values, done{change})
	}
}

// decision is what the action changes on the comment of the address.
func (a *App) decision(c echo.Context, action moderation.Action, values url.Values) (db.Change, error) {
	id, ok := moderation.ParseID(c.Param("id"))
	if !ok {
		return db.Change{}, moderation.ErrNotFound
	}
	act, err := a.act(c, values)
	if err != nil {
		return db.Change{}, err
	}
	comments, err := a.deskComments(c, []choice{{id: id}})
	if err != nil {
		return db.Change{}, err
	}
	comment, ok := comments[id]
	if !ok {
		return db.Change{}, moderation.ErrNotFound
	}
	seen := version(values)
	after, entry, err := comment.decide(action, seen, act)
	return db.Change{After: after, Seen: seen, Entry: entry}, err
}

// act is who decides and why, now.
func (a *App) act(c echo.Context, values url.Values) (moderation.Act, error) {
	note, _, err := moderation.Clean(values.Get("reason"))
	if err != nil || len(note) > maxNote {
		return moderation.Act{}, echo.NewHTTPError(http.StatusUnprocessableEntity)
	}
	now := a.now()
	return moderation.Act{ID: a.ids.New(now), By: member(c), Note: note, At: now}, nil
}

// save stores one decision; a *moderation.ConflictError where somebody was faster.
func (a *App) save(c echo.Context, change db.Change) error {
	conflicts, err := a.store.SaveChanges(c.Request().Context(), []db.Change{change})
	if err != nil {
		return err
	}
	if len(conflicts) > 0 {
		return conflicts[0]
	}
	a.metrics.decisions.WithLabelValues(string(change.Entry.Action)).Inc()
	return nil
}

// done is a decision that was stored.
type done struct{ db.Change }

type doneJSON struct {
	ID       string            `json:"id"`
	Status   moderation.Status `json:"status"`
	Version  int64             `json:"version"`
	Decision string            `json:"decision"`
}

func (d done) json() doneJSON {
	return doneJSON{ID: d.After.ID.String(), Status: d.After.Status, Version: d.After.Version, Decision: d.Entry.ID.String()}
}

// decided answers a decision that was stored: back to where it came from, with a
// way to take it back.
func (a *App) decided(c echo.Context, values url.Values, d done) error {
	if wantsJSON(c) {
		return c.JSON(http.StatusOK, d.json())
	}
	next := localPath(values.Get("next"), "/moderation")
	return c.Redirect(http.StatusSeeOther, withQuery(next, "undo", d.Entry.ID.String()))
}
