package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"radd/db"
	"radd/moderation"
	"radd/views"
	"radd/views/locale"
)

const (
	pageReplies       = 200
	relatedArticles   = 4
	relatedCandidates = 120
)

// article shows an article with its replies and the reply form.
func (a *App) article(c echo.Context) error {
	article, err := a.articleOf(c)
	if err != nil {
		return err
	}
	form, err := a.emptyForm(c, article)
	if err != nil {
		return err
	}
	return a.articlePage(c, http.StatusOK, article, form)
}

// articleOf returns the published article of the address.
func (a *App) articleOf(c echo.Context) (moderation.Article, error) {
	slug, _, err := moderation.CleanLine(c.Param("slug"))
	if err != nil {
		return moderation.Article{}, moderation.ErrNotFound
	}
	article, err := a.store.ArticleBySlug(c.Request().Context(), slug)
	if err == nil && !article.Published {
		err = moderation.ErrNotFound
	}
	return article, err
}

// articlePath is the address of an article; letters of any script stay readable in
// browsers, which show percent-encoded UTF-8 decoded.
func articlePath(slug string) string { return "/articles/" + url.PathEscape(slug) }

// articlePage answers with the article and the form as it stands.
func (a *App) articlePage(c echo.Context, status int, article moderation.Article, form views.ReplyForm) error {
	base, err := a.base(c, "")
	if err != nil {
		return err
	}
	base.Title = article.Title
	page, err := a.articleView(c, base, article)
	if err != nil {
		return err
	}
	page.Form = form
	if page.Mine, err = a.ownReplies(c, article); err != nil {
		return err
	}
	if err := a.addThread(c, &page); err != nil {
		return err
	}
	personal := len(page.Mine) > 0 || c.QueryParam("mine") != ""
	page.Private = personal || status != http.StatusOK
	if !page.Private {
		shareable(c)
	}
	return a.page(c, status, page)
}

func (a *App) articleView(c echo.Context, base views.Base, article moderation.Article) (views.ArticlePage, error) {
	page := views.ArticlePage{
		Base: base, Article: article, Minutes: moderation.ReadingMinutes(article.Body),
		FeedURL: articlePath(article.Slug) + "/feed.atom",
	}
	set, err := a.policy(c)
	if err != nil {
		return page, err
	}
	page.Closed = set.ModeOf(article, a.now()) == moderation.ModeClosed
	if page.Body, err = views.Markdown(article.Body); err != nil {
		return page, err
	}
	candidates, err := a.store.RelatedCandidates(c.Request().Context(), article, relatedCandidates)
	if err != nil {
		return page, err
	}
	page.Related = moderation.Related(article, candidates, relatedArticles)
	return page, nil
}

// addThread adds the page of replies that the address asks for.
func (a *App) addThread(c echo.Context, page *views.ArticlePage) error {
	path := articlePath(page.Article.Slug)
	newest := c.QueryParam("order") == "newest"
	order := ""
	if newest {
		order = "newest"
	}
	filter := db.ThreadFilter{ArticleID: page.Article.ID, Newest: newest, After: threadKey(c.QueryParam("after")), Limit: pageReplies}
	if root, ok := moderation.ParseID(c.QueryParam("from")); ok {
		filter.After = db.ThreadKey{Root: root - 1, ID: 1<<63 - 1} // the thread itself is the first behind this key
		if newest {
			filter.After = db.ThreadKey{Root: root + 1, ID: 1<<63 - 1}
		}
	}
	comments, more, err := a.store.Thread(c.Request().Context(), filter)
	if err != nil {
		return err
	}
	page.Newest = newest
	page.OldestURL, page.NewestURL = path, path+"?order=newest"
	if filter.After != (db.ThreadKey{}) {
		page.FirstURL = withQuery(path, "order", order) + "#replies"
	}
	if more {
		last := comments[len(comments)-1]
		page.NextURL = withQuery(path, "order", order, "after", last.RootID.String()+"-"+last.ID.String()) + "#replies"
	}
	page.Threads, err = a.threadViews(c, page, comments)
	return err
}

// threadKey reads the key of a page of replies: the ids of thread and comment.
func threadKey(s string) db.ThreadKey {
	root, id, _ := strings.Cut(s, "-")
	r, ok := moderation.ParseID(root)
	i, ok2 := moderation.ParseID(id)
	if !ok || !ok2 {
		return db.ThreadKey{}
	}
	return db.ThreadKey{Root: r, ID: i}
}

// threadViews arranges the comments and names the ones that are answered from
// another page.
func (a *App) threadViews(c echo.Context, page *views.ArticlePage, comments []moderation.Comment) ([]views.ThreadView, error) {
	here := make(map[moderation.ID]bool, len(comments))
	for _, comment := range comments {
		here[comment.ID] = true
	}
	var elsewhere []moderation.ID
	for _, comment := range comments {
		if comment.ParentID != 0 && !here[comment.ParentID] {
			elsewhere = append(elsewhere, comment.ParentID)
		}
	}
	parents := map[moderation.ID]moderation.Comment{}
	if len(elsewhere) > 0 {
		found, err := a.store.CommentsByIDs(c.Request().Context(), elsewhere)
		if err != nil {
			return nil, err
		}
		for _, comment := range found {
			if comment.Public() {
				parents[comment.ID] = comment
			}
		}
	}
	b := threadBuilder{
		printer: page.Printer, path: articlePath(page.Article.Slug), closed: page.Closed, parents: parents, here: here,
	}
	return b.views(moderation.Threads(comments)), nil
}

type threadBuilder struct {
	printer *locale.Printer
	path    string
	closed  bool
	parents map[moderation.ID]moderation.Comment // published ones on other pages
	here    map[moderation.ID]bool               // what stands on this page
}

func (b threadBuilder) views(nodes []*moderation.Node) []views.ThreadView {
	out := make([]views.ThreadView, 0, len(nodes))
	for _, node := range nodes {
		view := views.ThreadView{Printer: b.printer, Comment: node.Comment, Depth: node.Depth, Replies: b.views(node.Replies)}
		if !b.closed {
			view.ReplyURL = b.path + "?reply=" + node.Comment.ID.String()
		}
		if parent, ok := b.parents[node.Comment.ParentID]; ok {
			view.AnswersURL, view.AnswersName = "/comments/"+parent.ID.String(), parent.Name
		} else if node.Comment.ParentID != 0 && !b.here[node.Comment.ParentID] {
			view.AnswersGone = true
		}
		out = append(out, view)
	}
	return out
}

// comment leads to a published comment in its article.
func (a *App) comment(c echo.Context) error {
	id, ok := moderation.ParseID(c.Param("id"))
	if !ok {
		return moderation.ErrNotFound
	}
	comment, err := a.store.CommentByID(c.Request().Context(), id)
	if err != nil {
		return err
	}
	article, err := a.store.ArticleByID(c.Request().Context(), comment.ArticleID)
	if err != nil {
		return err
	}
	if !comment.Public() || !article.Published {
		return moderation.ErrNotFound
	}
	return c.Redirect(http.StatusSeeOther, commentPath(article, comment))
}

// commentPath is where a published comment stands: on the article's first page, or,
// where there are more replies than one page holds, on the one that its thread begins.
func commentPath(article moderation.Article, comment moderation.Comment) string {
	path := articlePath(article.Slug)
	if article.Replies > pageReplies {
		path += "?from=" + comment.RootID.String()
	}
	return path + "#comment-" + comment.ID.String()
}
