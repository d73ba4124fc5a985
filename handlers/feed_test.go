package handlers_test

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"radd/db/dbtest"
	"radd/moderation"
)

// atom is what a feed reader takes from a feed.
type atom struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Author  struct {
			Name string `xml:"name"`
		} `xml:"author"`
		Link struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Content struct {
			Type string `xml:"type,attr"`
			Lang string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
			Text string `xml:",chardata"`
		} `xml:"content"`
	} `xml:"entry"`
}

func readFeed(t *testing.T, a *answer) atom {
	t.Helper()
	var feed atom
	if err := xml.Unmarshal([]byte(a.want(http.StatusOK).body), &feed); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	if got := a.header.Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Errorf("Content-Type: %s", got)
	}
	if _, err := time.Parse(time.RFC3339, feed.Updated); err != nil || feed.ID == "" || feed.Title == "" {
		t.Errorf("the feed lacks what every feed must have: %+v", feed)
	}
	return feed
}

func TestFeedsHoldApprovedCommentsOnly(t *testing.T) {
	s := newSite(t)
	garden := dbtest.Article(t, s.store, titled("حديقة", "حديقة", "ar"))
	draft := dbtest.Article(t, s.store, func(a *moderation.Article) { a.Published = false })
	text := "سطر <أول> & \"ثانٍ\"\nsecond ]]> line"
	comment := dbtest.Comment(t, s.store, garden, dbtest.Status(moderation.Approved), dbtest.Author("ليلى", "layla@example.org"),
		func(c *moderation.Comment) { c.Body, c.Lang, c.Website = text, "ar", "https://layla.example" })
	for _, status := range []moderation.Status{moderation.Pending, moderation.Rejected, moderation.Spam} {
		dbtest.Comment(t, s.store, garden, dbtest.Status(status))
	}
	dbtest.Comment(t, s.store, draft, dbtest.Status(moderation.Approved))
	for _, path := range []string{"/feed.atom", "/articles/" + url.PathEscape("حديقة") + "/feed.atom"} {
		a := s.visitor().get(path)
		feed := readFeed(t, a)
		if len(feed.Entries) != 1 {
			t.Fatalf("%s has %d entries", path, len(feed.Entries))
		}
		entry, address := feed.Entries[0], s.server.URL+"/comments/"+comment.ID.String()
		if entry.ID != address || entry.Link.Href != address || entry.Author.Name != "ليلى" || entry.Title == "" {
			t.Errorf("%s: %+v", path, entry)
		}
		if entry.Content.Text != text || entry.Content.Type != "text" || entry.Content.Lang != "ar" || feed.Lang != "en" {
			t.Errorf("%s: %q in %q", path, entry.Content.Text, entry.Content.Lang)
		}
		if feed.Updated != entry.Updated || feed.Links[0].Rel != "self" || feed.Links[0].Href != s.server.URL+path {
			t.Errorf("%s: %+v", path, feed)
		}
		if strings.Contains(a.body, "layla@") {
			t.Errorf("%s shows an e-mail address", path)
		}
	}
	s.visitor().get("/articles/" + draft.Slug + "/feed.atom").want(http.StatusNotFound)
	s.visitor().get("/articles/nothing/feed.atom").want(http.StatusNotFound)
}

func TestFeedIsSentOnceUntilItChanges(t *testing.T) {
	s := newSite(t)
	article := dbtest.Article(t, s.store)
	v := s.visitor()
	empty := v.get("/feed.atom")
	readFeed(t, empty)
	again := func() *answer {
		return v.do(http.MethodGet, "/feed.atom", nil, http.Header{"If-None-Match": {empty.header.Get("ETag")}})
	}
	if a := again().want(http.StatusNotModified); a.body != "" {
		t.Errorf("an answer without content has %q", a.body)
	}
	for range 60 {
		dbtest.Comment(t, s.store, article, dbtest.Status(moderation.Approved))
	}
	if n := len(readFeed(t, again()).Entries); n != 50 {
		t.Errorf("%d entries", n)
	}
	if a := v.do(http.MethodHead, "/feed.atom", nil, nil).want(http.StatusOK); a.header.Get("Set-Cookie") != "" {
		t.Error("a feed sets a cookie")
	}
}
