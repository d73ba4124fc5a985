package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"radd/db"
	"radd/moderation"
	"radd/views"
)

const (
	adminRows     = 50 // rows of a page of an administrator's list
	knownSections = 100
)

// articles lists all articles, drafts too.
func (a *App) articles(c echo.Context) error {
	base, err := a.adminBase(c, "articles")
	if err != nil {
		return err
	}
	query, _, err := moderation.CleanLine(c.QueryParam("q"))
	if err != nil {
		query = ""
	}
	articles, more, err := a.store.Articles(c.Request().Context(), db.ArticleFilter{
		Drafts: true, Query: query, After: articleKey(c.QueryParam("after")), Limit: adminRows,
	})
	if err != nil {
		return err
	}
	page := views.ArticlesPage{Base: base, Articles: articles, Query: query}
	if more {
		page.NextURL = withQuery("/admin/articles", "q", query, "after", articleKeyText(articles[len(articles)-1]))
	}
	return a.page(c, http.StatusOK, page)
}

// newArticle shows the editor for an article that is not there yet.
func (a *App) newArticle(c echo.Context) error {
	set, err := a.policy(c)
	if err != nil {
		return err
	}
	article := moderation.Article{Lang: a.printer(c).Lang(), PublishedAt: a.now()}
	return a.articleEditor(c, http.StatusOK, articleForm{values: articleValues(article, set.Zone())})
}

// editArticle shows the editor with a stored article.
func (a *App) editArticle(c echo.Context) error {
	article, err := a.articleByID(c)
	if err != nil {
		return err
	}
	set, err := a.policy(c)
	if err != nil {
		return err
	}
	return a.articleEditor(c, http.StatusOK, articleForm{stored: article, values: articleValues(article, set.Zone())})
}

// addArticle stores a new article.
func (a *App) addArticle(c echo.Context) error {
	f, err := a.readArticle(c, moderation.Article{})
	if err != nil {
		return err
	}
	if len(f.problems) > 0 {
		return a.articleEditor(c, http.StatusUnprocessableEntity, f)
	}
	now := a.now()
	article := f.article
	article.ID, article.Version = a.ids.New(now), 1
	article.CreatedAt, article.UpdatedAt = now, now
	err = a.store.AddArticle(c.Request().Context(), article)
	if errors.Is(err, db.ErrSlugTaken) {
		return a.slugTaken(c, f)
	}
	if err != nil {
		return err
	}
	return a.articleSaved(c, article, eventArticleAdded)
}

// saveArticle stores an article that was edited, unless somebody else has saved it
// since it was opened.
func (a *App) saveArticle(c echo.Context) error {
	stored, err := a.articleByID(c)
	if err != nil {
		return err
	}
	f, err := a.readArticle(c, stored)
	if err != nil {
		return err
	}
	if len(f.problems) > 0 {
		return a.articleEditor(c, http.StatusUnprocessableEntity, f)
	}
	article, seen := f.article, version(f.values)
	article.Version, article.UpdatedAt = seen+1, a.now()
	err = a.store.SaveArticle(c.Request().Context(), article, seen)
	switch {
	case errors.Is(err, db.ErrStale):
		return a.articleStale(c, f)
	case errors.Is(err, db.ErrSlugTaken):
		return a.slugTaken(c, f)
	case err != nil:
		return err
	}
	return a.articleSaved(c, article, eventArticleChanged)
}

func (a *App) articleByID(c echo.Context) (moderation.Article, error) {
	id, ok := moderation.ParseID(c.Param("id"))
	if !ok {
		return moderation.Article{}, moderation.ErrNotFound
	}
	return a.store.ArticleByID(c.Request().Context(), id)
}

func (a *App) articleSaved(c echo.Context, article moderation.Article, event string) error {
	if err := a.record(c, event, article.Slug); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/admin/articles/"+article.ID.String()+"?done="+event)
}

func (a *App) slugTaken(c echo.Context, f articleForm) error {
	f.values.Set("slug", f.article.Slug) // also where it came from the title: this is what must change
	f.problems = append(f.problems, moderation.Problem{Field: "slug", Key: "error_slug_taken"})
	return a.articleEditor(c, http.StatusUnprocessableEntity, f)
}

// articleStale keeps what was typed. The form now carries the version that is
// stored: who saves again after this message does so knowing of the other change.
func (a *App) articleStale(c echo.Context, f articleForm) error {
	latest, err := a.store.ArticleByID(c.Request().Context(), f.stored.ID)
	if err != nil {
		return err
	}
	f.stored = latest
	f.values.Del("version")
	f.failure = a.printer(c).T("error_article_stale")
	return a.articleEditor(c, http.StatusConflict, f)
}

// articleForm is the editor's form: as typed, as understood, and over which article.
type articleForm struct {
	stored   moderation.Article // the zero Article for a new one
	values   url.Values
	article  moderation.Article
	problems moderation.Problems
	failure  string // translated, on the form as a whole
}

// readArticle reads the editor's form over the stored article.
func (a *App) readArticle(c echo.Context, stored moderation.Article) (articleForm, error) {
	f := articleForm{stored: stored}
	set, err := a.policy(c)
	if err != nil {
		return f, err
	}
	if f.values, err = form(c); err != nil {
		return f, err
	}
	mode, ok := moderation.ParseMode(f.values.Get("mode"))
	if !ok {
		return f, echo.NewHTTPError(http.StatusBadRequest)
	}
	draft := stored
	draft.Title, draft.Slug, draft.Section = f.values.Get("title"), f.values.Get("slug"), f.values.Get("section")
	draft.Byline, draft.Summary, draft.Body = f.values.Get("byline"), f.values.Get("summary"), f.values.Get("body")
	draft.Lang, draft.Mode, draft.Published = f.values.Get("lang"), mode, f.values.Get("published") != ""
	if draft.Slug == "" {
		draft.Slug = moderation.Slug(draft.Title)
	}
	f.article, f.problems = draft.Check()
	published, ok := publicationTime(f.values.Get("published_at"), stored.PublishedAt, a.now(), set.Zone())
	if !ok {
		f.problems = append(f.problems, moderation.Problem{Field: "published_at", Key: "error_date"})
	}
	f.article.PublishedAt = published
	return f, nil
}

const (
	minuteLayout = "2006-01-02T15:04" // of a datetime-local input
	secondLayout = "2006-01-02T15:04:05"
)

// publicationTime reads a datetime-local input. Empty means now; a time that was
// not touched stays as it is stored, to the millisecond.
func publicationTime(typed string, stored, now time.Time, zone *time.Location) (time.Time, bool) {
	switch {
	case typed == "":
		return now, true
	case !stored.IsZero() && typed == stored.In(zone).Format(minuteLayout):
		return stored, true
	}
	for _, layout := range []string{minuteLayout, secondLayout} {
		if at, err := time.ParseInLocation(layout, typed, zone); err == nil && at.Year() > 0 {
			return at.UTC(), true
		}
	}
	return time.Time{}, false
}

// articleValues is a stored article as the editor's form would send it.
func articleValues(article moderation.Article, zone *time.Location) url.Values {
	values := url.Values{
		"title": {article.Title}, "slug": {article.Slug}, "section": {article.Section}, "byline": {article.Byline},
		"summary": {article.Summary}, "body": {article.Body}, "lang": {article.Lang}, "mode": {string(article.Mode)},
		"published_at": {article.PublishedAt.In(zone).Format(minuteLayout)},
	}
	if article.Published {
		values.Set("published", "1")
	}
	return values
}

// articleEditor answers with the editor.
func (a *App) articleEditor(c echo.Context, status int, f articleForm) error {
	base, err := a.adminBase(c, "articles")
	if err != nil {
		return err
	}
	p, field := base.Printer, func(name string) views.Field {
		return fieldOf(base.Printer, name, f.values.Get(name), f.problems)
	}
	page := views.ArticleEditPage{
		Base: base, New: f.stored.ID == 0, Action: "/admin/articles", Version: f.stored.Version, Error: f.failure,
		Slug: field("slug"), Lang: field("lang"), Section: field("section"), ArticleTitle: field("title"),
		Summary: field("summary"), Byline: field("byline"), Body: field("body"), PublishedAt: field("published_at"),
		Published: f.values.Get("published") != "", Mode: f.values.Get("mode"),
	}
	if seen := version(f.values); seen != 0 {
		page.Version = seen
	}
	page.Title = p.T("title_article_new")
	if !page.New {
		page.Title = f.stored.Title
		page.Action += "/" + f.stored.ID.String()
		page.Notice = notice(c, p, eventArticleAdded, eventArticleChanged)
		if f.stored.Published {
			page.ViewURL = articlePath(f.stored.Slug)
		}
	}
	if page.Sections, err = a.store.Sections(c.Request().Context(), page.Lang.Value, knownSections); err != nil {
		return err
	}
	return a.page(c, status, page)
}
