package handlers

import (
	"github.com/labstack/echo/v4"

	"radd/moderation"
)

// commentsOf reads those of the chosen comments that exist, by id.
func (a *App) commentsOf(c echo.Context, choices []choice) (map[moderation.ID]moderation.Comment, error) {
	ids := make([]moderation.ID, 0, len(choices))
	for _, choice := range choices {
		ids = append(ids, choice.id)
	}
	found, err := a.store.CommentsByIDs(c.Request().Context(), ids)
	if err != nil {
		return nil, err
	}
	comments := make(map[moderation.ID]moderation.Comment, len(found))
	for _, comment := range found {
		comments[comment.ID] = comment
	}
	return comments, nil
}

// deskComment is a comment before a decision on it.
type deskComment struct {
	moderation.Comment
	withdrawn *moderation.Decision // the entry by which its author took it back
}

// decide is moderation.Decide, except that what its author took back is not the
// desk's to decide any more: that is a conflict with the author's own entry.
func (d deskComment) decide(
	action moderation.Action, seen int64, act moderation.Act,
) (moderation.Comment, moderation.Decision, error) {
	if d.withdrawn != nil {
		return d.Comment, moderation.Decision{}, &moderation.ConflictError{Current: d.Comment, Latest: *d.withdrawn}
	}
	return moderation.Decide(d.Comment, action, seen, act)
}

// deskComments reads the chosen comments. Only a rejected one can have been taken back.
func (a *App) deskComments(c echo.Context, choices []choice) (map[moderation.ID]deskComment, error) {
	comments, err := a.commentsOf(c, choices)
	if err != nil {
		return nil, err
	}
	found := make(map[moderation.ID]deskComment, len(comments))
	var rejected []moderation.ID
	for id, comment := range comments {
		found[id] = deskComment{Comment: comment}
		if comment.Status == moderation.Rejected {
			rejected = append(rejected, id)
		}
	}
	if len(rejected) == 0 {
		return found, nil
	}
	latest, err := a.store.LatestDecisions(c.Request().Context(), rejected)
	if err != nil {
		return nil, err
	}
	for id, entry := range latest {
		if entry.Action == moderation.Withdraw {
			found[id] = deskComment{Comment: comments[id], withdrawn: &entry}
		}
	}
	return found, nil
}
