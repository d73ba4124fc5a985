package handlers

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"radd/moderation"
)

const (
	feedEntries = 50
	feedType    = "application/atom+xml; charset=utf-8"
)

// atomFeed is a feed document (RFC 4287).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string     `xml:"id"`
	Title     string     `xml:"title"`
	Published string     `xml:"published"`
	Updated   string     `xml:"updated"`
	Author    atomPerson `xml:"author"`
	Link      atomLink   `xml:"link"`
	Content   atomText   `xml:"content"`
}

// atomPerson has no e-mail, which Atom would allow: a reader's is never public.
type atomPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

// articleFeed is the newest approved comments of one article.
func (a *App) articleFeed(c echo.Context) error {
	article, err := a.articleOf(c)
	if err != nil {
		return err
	}
	comments, err := a.store.LatestApproved(c.Request().Context(), article.ID, feedEntries)
	if err != nil {
		return err
	}
	p, path := a.printer(c), articlePath(article.Slug)
	feed := a.newFeed(c, path, path+"/feed.atom", p.T("feed_article_title", "Title", article.Title))
	a.addEntries(c, &feed, comments, map[moderation.ID]moderation.Article{article.ID: article})
	return sendFeed(c, feed)
}

// siteFeed is the newest approved comments of all published articles.
func (a *App) siteFeed(c echo.Context) error {
	set, err := a.policy(c)
	if err != nil {
		return err
	}
	comments, err := a.store.LatestApproved(c.Request().Context(), 0, feedEntries)
	if err != nil {
		return err
	}
	ids := make([]moderation.ID, 0, len(comments))
	for _, comment := range comments {
		ids = append(ids, comment.ArticleID)
	}
	articles, err := a.store.ArticlesByIDs(c.Request().Context(), ids)
	if err != nil {
		return err
	}
	p := a.printer(c)
	feed := a.newFeed(c, "/", "/feed.atom", p.T("feed_site_title", "Site", set.SiteName(p.Lang())))
	a.addEntries(c, &feed, comments, articles)
	return sendFeed(c, feed)
}

func (a *App) newFeed(c echo.Context, page, self, title string) atomFeed {
	return atomFeed{
		Lang: a.printer(c).Lang(), ID: a.absolute(c, self), Title: title,
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: a.absolute(c, self)},
			{Rel: "alternate", Type: "text/html", Href: a.absolute(c, page)},
		},
	}
}

// addEntries adds the comments; the feed is as new as the newest of them.
func (a *App) addEntries(c echo.Context, feed *atomFeed, comments []moderation.Comment, articles map[moderation.ID]moderation.Article) {
	p, updated := a.printer(c), time.Unix(0, 0)
	for _, comment := range comments {
		if comment.UpdatedAt.After(updated) {
			updated = comment.UpdatedAt
		}
		address := a.absolute(c, "/comments/"+comment.ID.String())
		feed.Entries = append(feed.Entries, atomEntry{
			ID:        address,
			Title:     p.T("feed_entry_title", "Name", comment.Name, "Title", articles[comment.ArticleID].Title),
			Published: p.ISO(comment.CreatedAt), Updated: p.ISO(comment.UpdatedAt),
			Author:  atomPerson{Name: comment.Name, URI: comment.Website},
			Link:    atomLink{Rel: "alternate", Type: "text/html", Href: address},
			Content: atomText{Type: "text", Lang: comment.Lang, Text: comment.Body},
		})
	}
	feed.Updated = p.ISO(updated)
}

// sendFeed answers with the feed, or with 304 where the reader's program has it.
func sendFeed(c echo.Context, feed atomFeed) error {
	document, err := xml.Marshal(feed)
	if err != nil {
		return err
	}
	document = append([]byte(xml.Header), document...)
	sum := sha256.Sum256(document)
	tag := `W/"` + hex.EncodeToString(sum[:16]) + `"` // weak: compression changes the bytes, not the feed
	c.Response().Header().Set("ETag", tag)
	shareable(c)
	if strings.Contains(c.Request().Header.Get("If-None-Match"), tag) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, feedType, document)
}
