package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"radd/db"
	"radd/moderation"
	"radd/views"
)

// choice is one comment of a bulk decision, with the version that was on the screen.
type choice struct {
	id   moderation.ID
	seen int64
}

// decideMany takes one decision on many comments in one transaction. Comments that
// somebody else decided in between are listed, the rest is done.
func (a *App) decideMany(c echo.Context) error {
	values, err := form(c)
	if err != nil {
		return err
	}
	action, ok := moderation.ParseAction(values.Get("action"))
	if len(values["comment"]) > maxBulk {
		return errTooMany
	}
	choices, ok2 := readChoices(values["comment"])
	if !ok || !ok2 {
		return echo.NewHTTPError(http.StatusUnprocessableEntity)
	}
	act, err := a.act(c, values)
	if err != nil {
		return err
	}
	comments, err := a.deskComments(c, choices)
	if err != nil {
		return err
	}
	var b bulk
	for _, choice := range choices {
		if _, ok := comments[choice.id]; !ok {
			b.missing = append(b.missing, choice.id)
			continue
		}
		next := act
		next.ID, next.BatchID = a.ids.New(act.At), act.ID
		after, entry, err := comments[choice.id].decide(action, choice.seen, next)
		if err := b.add(db.Change{After: after, Seen: choice.seen, Entry: entry}, err); err != nil {
			return err
		}
	}
	return a.saveBulk(c, values, b)
}

// readChoices reads the repeated field comment=ID:VERSION, each comment once.
func readChoices(fields []string) ([]choice, bool) {
	var choices []choice
	seen := map[moderation.ID]bool{}
	for _, field := range fields {
		idText, versionText, _ := strings.Cut(field, ":")
		id, ok := moderation.ParseID(idText)
		v, err := strconv.ParseInt(versionText, 10, 64)
		if !ok || err != nil {
			return nil, false
		}
		if !seen[id] {
			choices = append(choices, choice{id: id, seen: v})
		}
		seen[id] = true
	}
	return choices, true
}

// bulk is what became of many decisions at once.
type bulk struct {
	changes   []db.Change
	conflicts []*moderation.ConflictError
	missing   []moderation.ID // there are no such comments
}

// add takes a decision, or the conflict it met; any other error is returned.
func (b *bulk) add(change db.Change, err error) error {
	var conflict *moderation.ConflictError
	switch {
	case errors.As(err, &conflict):
		b.conflicts = append(b.conflicts, conflict)
	case err != nil:
		return err
	default:
		b.changes = append(b.changes, change)
	}
	return nil
}

// saveBulk stores what can be stored and answers.
func (a *App) saveBulk(c echo.Context, values url.Values, b bulk) error {
	conflicts, err := a.store.SaveChanges(c.Request().Context(), b.changes)
	if err != nil {
		return err
	}
	lost := map[moderation.ID]bool{}
	for _, conflict := range conflicts {
		lost[conflict.Current.ID] = true
	}
	stored := b.changes[:0]
	for _, change := range b.changes {
		if !lost[change.After.ID] {
			stored = append(stored, change)
			a.metrics.decisions.WithLabelValues(string(change.Entry.Action)).Inc()
		}
	}
	b.changes, b.conflicts = stored, append(b.conflicts, conflicts...)
	if err := a.tellLatest(c, b.conflicts...); err != nil {
		return err
	}
	return a.bulkDone(c, values, b)
}

// bulkJSON is the answer for programs; decision undoes all of it.
type bulkJSON struct {
	Decision  string         `json:"decision"`
	Done      []doneJSON     `json:"done"`
	Conflicts []conflictJSON `json:"conflicts"`
}

func (a *App) bulkDone(c echo.Context, values url.Values, b bulk) error {
	batch := ""
	if len(b.changes) > 0 {
		batch = b.changes[0].Entry.BatchID.String()
	}
	if wantsJSON(c) {
		answer := bulkJSON{Decision: batch, Done: []doneJSON{}, Conflicts: []conflictJSON{}}
		for _, change := range b.changes {
			answer.Done = append(answer.Done, done{change}.json())
		}
		for _, conflict := range b.conflicts {
			answer.Conflicts = append(answer.Conflicts, a.conflictJSON(c, conflict))
		}
		for _, id := range b.missing {
			answer.Conflicts = append(answer.Conflicts, conflictJSON{
				Error: "not_found", ID: id.String(), Message: a.printer(c).N("conflict_missing", 1),
			})
		}
		return c.JSON(http.StatusOK, answer)
	}
	next := localPath(values.Get("next"), "/moderation")
	if len(b.conflicts)+len(b.missing) == 0 && batch == "" {
		return c.Redirect(http.StatusSeeOther, withQuery(next, "done", nothingChosen))
	}
	if len(b.conflicts)+len(b.missing) == 0 {
		return c.Redirect(http.StatusSeeOther, withQuery(next, "undo", batch))
	}
	status := http.StatusOK
	if len(b.changes) == 0 {
		status = http.StatusConflict
	}
	return a.conflictPage(c, status, views.ConflictPage{
		Done: len(b.changes), Missing: len(b.missing), UndoID: batch, BackURL: next,
	}, b.conflicts)
}
