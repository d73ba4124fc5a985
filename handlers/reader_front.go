package handlers

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"radd/db"
	"radd/moderation"
	"radd/views"
)

const frontArticles = 20

// front lists the published articles, newest first.
func (a *App) front(c echo.Context) error {
	base, err := a.base(c, "")
	if err != nil {
		return err
	}
	section := c.QueryParam("section")
	articles, more, err := a.store.Articles(c.Request().Context(), db.ArticleFilter{
		Section: section, After: articleKey(c.QueryParam("after")), Limit: frontArticles,
	})
	if err != nil {
		return err
	}
	if section != "" {
		if len(articles) == 0 {
			return moderation.ErrNotFound
		}
		base.Title = section
	}
	page := views.FrontPage{Base: base, Section: section, Articles: articles}
	if more {
		page.NextURL = withQuery("/", "section", section, "after", articleKeyText(articles[len(articles)-1]))
	}
	shareable(c)
	return a.page(c, http.StatusOK, page)
}

// articleKey reads the key of a page of articles: milliseconds, a hyphen, an id. Any
// other text means the first page.
func articleKey(s string) db.ArticleKey {
	ms, id, _ := strings.Cut(s, "-")
	n, err := strconv.ParseInt(ms, 10, 64)
	key, ok := moderation.ParseID(id)
	if err != nil || !ok {
		return db.ArticleKey{}
	}
	return db.ArticleKey{PublishedAt: time.UnixMilli(n).UTC(), ID: key}
}

func articleKeyText(article moderation.Article) string {
	return strconv.FormatInt(article.PublishedAt.UnixMilli(), 10) + "-" + article.ID.String()
}
