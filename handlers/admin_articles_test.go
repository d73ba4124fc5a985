package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"radd/db/dbtest"
	"radd/moderation"
)

func TestArticleIsWrittenPublishedAndHidden(t *testing.T) {
	s := newSite(t)
	set := moderation.DefaultSettings()
	set.TimeZone = "Asia/Amman"
	if err := s.store.SaveSettings(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	v := s.signedIn(moderation.Admin)
	values := v.openForm("/admin/articles/new", "/admin/articles")
	if got := values.Get("published_at"); got != "2026-11-22T12:00" {
		t.Errorf("a new article's time is %q, not now in the newsroom's zone", got)
	}
	values.Set("title", "حديقةٌ على النهر")
	values.Set("lang", "ar")
	values.Set("section", "المدينة")
	values.Set("body", "تُفتح **غدًا**.")
	values.Set("published_at", "2026-11-21T09:30")
	added := v.post("/admin/articles", values)
	doc := v.wantNotice(added)
	s.wantEvent(t, "article_added", "حديقة-على-النهر")
	address := "/articles/" + url.PathEscape("حديقة-على-النهر")
	s.visitor().get(address).want(http.StatusNotFound) // still a draft

	path, _, _ := strings.Cut(added.location(), "?")
	values = chosenValues(doc.Find(`form[action="` + path + `"]`))
	values.Set("published", "1")
	v.wantNotice(v.post(path, values))
	s.wantEvent(t, "article_changed", "حديقة-على-النهر")
	s.visitor().get(address).want(http.StatusOK)
	article, err := s.store.ArticleBySlug(t.Context(), "حديقة-على-النهر")
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 11, 21, 6, 30, 0, 0, time.UTC); !article.PublishedAt.Equal(want) || article.Version != 2 {
		t.Errorf("published at %v in version %d", article.PublishedAt, article.Version)
	}
	comment := dbtest.Comment(t, s.store, article, dbtest.Status(moderation.Approved))
	s.visitor().get("/comments/" + comment.ID.String()).want(http.StatusSeeOther)

	values = v.openForm(path, path)
	values.Del("published")
	v.wantNotice(v.post(path, values))
	for _, hidden := range []string{address, address + "/feed.atom", "/comments/" + comment.ID.String()} {
		s.visitor().get(hidden).want(http.StatusNotFound)
	}
}

func TestArticleMistakesKeepWhatWasTyped(t *testing.T) {
	s := newSite(t)
	dbtest.Article(t, s.store, titled("Taken", "taken", "en"))
	v := s.signedIn(moderation.Admin)
	for name, c := range map[string]struct{ field, value string }{
		"no title": {"title", ""}, "no text": {"body", " "}, "no section": {"section", ""},
		"malformed slug": {"slug", "A slug!"}, "taken slug": {"slug", "taken"}, "unknown language": {"lang", "xx"},
		"no date": {"published_at", "tomorrow"}, "a day that does not exist": {"published_at", "2026-02-30T10:00"},
		"not text": {"title", "\xff\xfe"},
	} {
		t.Run(name, func(t *testing.T) {
			values := url.Values{
				"title": {"A title"}, "section": {"City"}, "lang": {"en"}, "body": {" <b>Kept</b> &amp; kept"}, "published": {"1"},
			}
			values.Set(c.field, c.value)
			a := v.post("/admin/articles", values).want(http.StatusUnprocessableEntity).wantError(c.field)
			kept := chosenValues(a.doc().Find(`form[action="/admin/articles"]`))
			if c.field != "body" && kept.Get("body") != values.Get("body") {
				t.Errorf("the text came back as %q", kept.Get("body"))
			}
			if kept.Get("published") != "1" {
				t.Error("the box is no longer ticked")
			}
		})
	}
	v.post("/admin/articles", url.Values{"title": {"A"}, "mode": {"nonsense"}}).want(http.StatusBadRequest)
	v.get("/admin/articles/1").want(http.StatusNotFound)
	v.get("/admin/articles/x").want(http.StatusNotFound)
	v.post("/admin/articles/1", url.Values{}).want(http.StatusNotFound)
}

func TestArticleSavedInBetween(t *testing.T) {
	s := newSite(t)
	article := dbtest.Article(t, s.store, func(a *moderation.Article) { a.PublishedAt = a.PublishedAt.Add(1234 * time.Millisecond) })
	path := "/admin/articles/" + article.ID.String()
	first, second := s.signedIn(moderation.Admin), s.signedIn(moderation.Admin)
	mine, theirs := first.openForm(path, path), second.openForm(path, path)
	theirs.Set("title", "Theirs")
	second.wantNotice(second.post(path, theirs))
	mine.Set("title", "Mine")
	refused := first.post(path, mine).want(http.StatusConflict).doc()
	if refused.Find(`.notice-bad[role="alert"]`).Length() != 1 {
		t.Error("nothing says that somebody else saved it")
	}
	stored, err := s.store.ArticleByID(t.Context(), article.ID)
	if err != nil || stored.Title != "Theirs" {
		t.Fatalf("%q is stored, %v", stored.Title, err)
	}
	again := chosenValues(refused.Find(`form[action="` + path + `"]`))
	if again.Get("title") != "Mine" {
		t.Errorf("what was typed became %q", again.Get("title"))
	}
	first.wantNotice(first.post(path, again)) // knowing of the other version
	stored, err = s.store.ArticleByID(t.Context(), article.ID)
	if err != nil || stored.Title != "Mine" || stored.Version != 3 {
		t.Errorf("%q in version %d, %v", stored.Title, stored.Version, err)
	}
	if !stored.PublishedAt.Equal(article.PublishedAt) {
		t.Errorf("a time nobody touched became %v", stored.PublishedAt)
	}
}

func TestArticleListFindsAndPages(t *testing.T) {
	s := newSite(t)
	for i := range 60 {
		dbtest.Article(t, s.store, titled(fmt.Sprint("Bridge ", i), fmt.Sprint("bridge-", i), "en"))
	}
	dbtest.Article(t, s.store, titled("مدرسة", "مدرسة", "ar"), func(a *moderation.Article) { a.Published = false })
	v := s.signedIn(moderation.Admin)
	seen := map[string]bool{}
	for path := "/admin/articles"; path != ""; {
		doc := v.get(path).want(http.StatusOK).doc()
		for _, node := range doc.Find("tbody th a").EachIter() {
			seen[node.AttrOr("href", "")] = true
		}
		path = doc.Find(`a[rel="next"]`).AttrOr("href", "")
	}
	if len(seen) != 61 {
		t.Errorf("%d of 61 articles on all pages", len(seen))
	}
	found := v.get("/admin/articles?q=" + url.QueryEscape("مَدرسه")).want(http.StatusOK).doc().Find("tbody tr")
	if found.Length() != 1 || found.Find(".chip-warn").Length() != 1 {
		t.Errorf("%d articles found, or the draft is not marked", found.Length())
	}
	v.get("/admin/articles?q=%ff&after=x-y").want(http.StatusOK)
}
