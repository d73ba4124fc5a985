package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"radd/auth"
	"radd/db"
	"radd/moderation"
	"radd/views"
)

// replyLimit is how fast one address may send replies. An e-mail is no measure: a
// flood invents as many as it wants.
var replyLimit = db.Limit{Burst: 5, Every: 20 * time.Second}

// reply takes a reader's reply: it is on disk before the answer is sent.
func (a *App) reply(c echo.Context) error {
	article, err := a.articleOf(c)
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
	if set.ModeOf(article, a.now()) == moderation.ModeClosed {
		return a.refuseReply(c, article, values, http.StatusForbidden, "reply_closed")
	}
	draft, hidden, problems := draftOf(values).Check(set.MaxLength)
	if len(problems) > 0 {
		a.metrics.replies.WithLabelValues("invalid").Inc()
		return a.mendReply(c, article, values, problems)
	}
	reply, token := a.newReply(c, article, values, draft)
	reply.Comment = screened(reply.Comment, a.signals(values, hidden), set.ModeOf(article, a.now()), set)
	if parent := values.Get("parent"); parent != "" {
		var ok bool
		if reply.ParentID, ok = moderation.ParseID(parent); !ok {
			return a.refuseReply(c, article, values, http.StatusUnprocessableEntity, "reply_parent_gone")
		}
	}
	reply.ContentKey = moderation.ContentKey(reply.Comment)
	stored, _, err := a.store.AddReply(c.Request().Context(), reply)
	if err != nil {
		return a.replyError(c, article, values, err)
	}
	a.metrics.replies.WithLabelValues("taken").Inc()
	a.remember(c, values, draft)
	a.rememberReply(c, token)
	return c.Redirect(http.StatusSeeOther, articlePath(article.Slug)+"?mine="+token+"#comment-"+stored.ID.String())
}

func draftOf(values url.Values) moderation.Draft {
	return moderation.Draft{
		Name: values.Get("name"), Email: values.Get("email"), Website: values.Get("website"), Body: values.Get("body"),
	}
}

// newReply builds the comment with what keeps it single. A form with our stamp has
// the same keys whenever it is sent again; one without gets a random token.
func (a *App) newReply(c echo.Context, article moderation.Article, values url.Values, draft moderation.Draft) (db.Reply, string) {
	now, address := a.now(), clientAddress(c.Request(), a.cfg.TrustedProxies)
	agent, _, err := moderation.CleanLine(c.Request().UserAgent())
	if err != nil {
		agent = ""
	}
	reply := db.Reply{Comment: moderation.Comment{
		ID: a.ids.New(now), ArticleID: article.ID, Version: 1,
		Name: draft.Name, Email: draft.Email, Website: draft.Website, Body: draft.Body,
		Lang: moderation.LangOf(draft.Body), Dir: moderation.DirOf(draft.Body, article.Dir()),
		Address: address.String(), UserAgent: truncate(agent, maxUserAgent), CreatedAt: now, UpdatedAt: now,
	}}
	reply.Takes = []db.Take{{Key: "reply:address:" + limitKey(address), Limit: replyLimit, Now: now}}
	token := auth.NewToken()
	if stamp := values.Get("stamp"); stamp != "" {
		reply.SubmissionKey = a.sealer.submission(stamp, article.ID.String(), values.Get("parent"),
			draft.Name, draft.Email, draft.Website, draft.Body)
		token = a.sealer.token(reply.SubmissionKey)
	}
	reply.TokenHash = auth.HashToken(token)
	return reply, token
}

// signals is what the form tells beside the text.
func (a *App) signals(values url.Values, hidden []string) moderation.Signals {
	sig := moderation.Signals{Hidden: hidden, Trap: values.Get("homepage") != ""}
	if stamp := values.Get("stamp"); stamp != "" {
		sig.Age, sig.Stamped = a.sealer.age(stamp, a.now())
		sig.Forged = !sig.Stamped
	}
	return sig
}

func screened(comment moderation.Comment, sig moderation.Signals, mode moderation.Mode, set moderation.Settings) moderation.Comment {
	verdict := moderation.Screen(comment, sig, mode, set)
	comment.Status, comment.Arrival, comment.Reasons = verdict.Status, verdict.Status, verdict.Reasons
	return comment
}

// replyError answers what the store refused, with the text kept.
func (a *App) replyError(c echo.Context, article moderation.Article, values url.Values, err error) error {
	var fast *moderation.TooFastError
	switch {
	case errors.As(err, &fast):
		wait := retryAfter(c, fast.RetryAfter)
		return a.refuseReply(c, article, values, http.StatusTooManyRequests, "reply_too_fast", "Wait", a.printer(c).Wait(wait))
	case errors.Is(err, moderation.ErrDuplicate):
		return a.refuseReply(c, article, values, http.StatusConflict, "reply_duplicate")
	case errors.Is(err, db.ErrUnavailable):
		a.logError(c, err, http.StatusServiceUnavailable)
		retryAfter(c, unavailableWait)
		return a.refuseReply(c, article, values, http.StatusServiceUnavailable, "reply_not_stored")
	case errors.Is(err, moderation.ErrParent):
		return a.refuseReply(c, article, values, http.StatusUnprocessableEntity, "reply_parent_gone")
	}
	return err
}

// retryAfter sets the header and returns the wait in whole seconds, at least one.
func retryAfter(c echo.Context, wait time.Duration) time.Duration {
	seconds := max(int((wait+time.Second-1)/time.Second), 1)
	c.Response().Header().Set("Retry-After", strconv.Itoa(seconds))
	return time.Duration(seconds) * time.Second
}

// refuseReply answers with the form as it was typed and a message about the whole.
func (a *App) refuseReply(c echo.Context, article moderation.Article, values url.Values, status int, key string, data ...any) error {
	a.metrics.replies.WithLabelValues(strings.TrimPrefix(key, "reply_")).Inc()
	form, err := a.typedForm(c, article, values, nil)
	if err != nil {
		return err
	}
	form.Error = a.printer(c).T(key, data...)
	return a.articlePage(c, status, article, form)
}

// mendReply answers with the form as it was typed and a message at each field.
func (a *App) mendReply(c echo.Context, article moderation.Article, values url.Values, problems moderation.Problems) error {
	form, err := a.typedForm(c, article, values, problems)
	if err != nil {
		return err
	}
	return a.articlePage(c, http.StatusUnprocessableEntity, article, form)
}

func (a *App) typedForm(
	c echo.Context, article moderation.Article, values url.Values, problems moderation.Problems,
) (views.ReplyForm, error) {
	form, err := a.newForm(c, article, values.Get("parent"))
	p := a.printer(c)
	form.Name = fieldOf(p, "name", values.Get("name"), problems)
	form.Email = fieldOf(p, "email", values.Get("email"), problems)
	form.Website = fieldOf(p, "website", values.Get("website"), problems)
	form.Body = fieldOf(p, "body", values.Get("body"), problems)
	form.Remember = values.Get("remember") != ""
	if stamp := values.Get("stamp"); stamp != "" {
		form.Stamp = stamp // the form keeps its age and its identity through every mistake
	}
	return form, err
}

// emptyForm is the form of a page that was asked for, filled in only from what the
// visitor wished to be remembered.
func (a *App) emptyForm(c echo.Context, article moderation.Article) (views.ReplyForm, error) {
	form, err := a.newForm(c, article, c.QueryParam("reply"))
	author := rememberedAuthor(c)
	form.Name.Value, form.Email.Value, form.Website.Value = author.Name, author.Email, author.Website
	form.Remember = author != remembered{}
	return form, err
}

func (a *App) newForm(c echo.Context, article moderation.Article, parent string) (views.ReplyForm, error) {
	set, err := a.policy(c)
	if err != nil {
		return views.ReplyForm{}, err
	}
	path := articlePath(article.Slug)
	form := views.ReplyForm{
		Action: path + "/replies", Stamp: a.sealer.stamp(a.now()), CancelURL: path,
		MaxBody: set.MaxLength, ReadFirst: set.ModeOf(article, a.now()) == moderation.ModeBefore,
	}
	if asked := c.QueryParam("lang"); asked != "" {
		form.Action = withQuery(form.Action, "lang", a.printer(c).Lang())
	}
	id, ok := moderation.ParseID(parent)
	if !ok {
		return form, nil
	}
	comment, err := a.store.CommentByID(c.Request().Context(), id)
	if errors.Is(err, moderation.ErrNotFound) || err == nil && (!comment.Public() || comment.ArticleID != article.ID) {
		return form, nil
	}
	form.Parent, form.ParentName = parent, comment.Name
	return form, err
}
