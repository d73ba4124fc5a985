package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"radd/auth"
	"radd/db"
	"radd/moderation"
	"radd/views"
)

// replyStatus is the private page of one reply: waiting, published, or not and why.
func (a *App) replyStatus(c echo.Context) error {
	comment, err := a.replyOf(c)
	if err != nil {
		return err
	}
	return a.statusPage(c, http.StatusOK, comment, views.Field{Value: comment.Body})
}

func (a *App) replyOf(c echo.Context) (moderation.Comment, error) {
	return a.store.CommentByToken(c.Request().Context(), auth.HashToken(c.Param("token")))
}

func (a *App) statusPage(c echo.Context, status int, comment moderation.Comment, body views.Field) error {
	base, err := a.base(c, "status_title")
	if err != nil {
		return err
	}
	base.Private = true
	ctx := c.Request().Context()
	article, err := a.store.ArticleByID(ctx, comment.ArticleID)
	if err != nil {
		return err
	}
	set, err := a.policy(c)
	if err != nil {
		return err
	}
	latest, err := a.store.LatestDecisions(ctx, []moderation.ID{comment.ID})
	if err != nil {
		return err
	}
	entry, path := latest[comment.ID], "/replies/"+c.Param("token")
	comment.Status = comment.Told()
	page := views.StatusPage{
		Base: base, Comment: comment, Article: article, ArticleURL: articlePath(article.Slug),
		Withdrawn: entry.Action == moderation.Withdraw, Body: body, MaxBody: set.MaxLength,
	}
	switch {
	case page.Withdrawn:
	case comment.Status == moderation.Approved:
		page.CommentURL, page.WithdrawURL = commentPath(article, comment), path+"/withdraw"
	case comment.Status == moderation.Pending:
		page.ReviseURL, page.WithdrawURL = path+"/revise", path+"/withdraw"
	default:
		page.Note = entry.Note
	}
	// The address is the secret: it goes to no other site. "no-referrer" would do the
	// same, but makes browsers send the forms of this page with Origin: null.
	c.Response().Header().Set("Referrer-Policy", "same-origin")
	return a.page(c, status, page)
}

// reviseReply takes the author's correction of a reply that still waits.
func (a *App) reviseReply(c echo.Context) error {
	comment, err := a.replyOf(c)
	if err != nil {
		return err
	}
	values, err := form(c)
	if err != nil {
		return err
	}
	set, err := a.policy(c)
	if err != nil {
		return err
	}
	article, err := a.store.ArticleByID(c.Request().Context(), comment.ArticleID)
	if err != nil {
		return err
	}
	draft := moderation.Draft{Name: comment.Name, Email: comment.Email, Website: comment.Website, Body: values.Get("body")}
	clean, hidden, problems := draft.Check(set.MaxLength)
	if problem := problems.For("body"); problem != nil {
		return a.statusPage(c, http.StatusUnprocessableEntity, comment,
			views.Field{Value: values.Get("body"), Error: message(a.printer(c), problem)})
	}
	mode := set.ModeOf(article, a.now())
	if mode == moderation.ModeClosed {
		mode = moderation.ModeBefore // it was sent in time; its author may still mend it
	}
	revised := comment
	revised.Body = clean.Body
	verdict := moderation.Screen(revised, moderation.Signals{Hidden: hidden}, mode, set)
	after, entry, err := moderation.ReviseText(comment, clean.Body, verdict, version(values), a.authorAct())
	if err != nil {
		return a.statusError(c, comment, values.Get("body"), err)
	}
	return a.saveOwn(c, comment, values.Get("body"), db.Change{
		After: after, Seen: comment.Version, Entry: entry, ContentKey: moderation.ContentKey(after),
	})
}

// withdrawReply takes a reply back on its author's wish.
func (a *App) withdrawReply(c echo.Context) error {
	comment, err := a.replyOf(c)
	if err != nil {
		return err
	}
	after, entry, err := moderation.TakeBack(comment, a.authorAct())
	if err != nil {
		return a.statusError(c, comment, comment.Body, err)
	}
	return a.saveOwn(c, comment, comment.Body, db.Change{After: after, Seen: comment.Version, Entry: entry})
}

func (a *App) authorAct() moderation.Act {
	now := a.now()
	return moderation.Act{ID: a.ids.New(now), At: now}
}

func (a *App) backToStatus(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, "/replies/"+c.Param("token"))
}

// saveOwn stores what the author changed, unless the desk was faster.
func (a *App) saveOwn(c echo.Context, comment moderation.Comment, typed string, change db.Change) error {
	conflicts, err := a.store.SaveChanges(c.Request().Context(), []db.Change{change})
	if err == nil && len(conflicts) > 0 {
		err = conflicts[0]
	}
	if err != nil {
		return a.statusError(c, comment, typed, err)
	}
	return a.backToStatus(c)
}

// statusError shows the private page as it is now, with the text kept and why the
// change was not taken.
func (a *App) statusError(c echo.Context, comment moderation.Comment, typed string, err error) error {
	var conflict *moderation.ConflictError
	p := a.printer(c)
	switch {
	case errors.As(err, &conflict):
		current, err := a.replyOf(c)
		if err != nil {
			return err
		}
		return a.statusPage(c, http.StatusConflict, current, views.Field{Value: typed, Error: p.T("status_changed")})
	case errors.Is(err, moderation.ErrForbidden):
		return a.statusPage(c, http.StatusConflict, comment, views.Field{Value: typed, Error: p.T("status_changed")})
	case errors.Is(err, moderation.ErrDuplicate):
		return a.statusPage(c, http.StatusConflict, comment, views.Field{Value: typed, Error: p.T("reply_duplicate")})
	}
	return err
}
