package db_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

func TestArticleRoundTrip(t *testing.T) {
	s := dbtest.New(t)
	a := dbtest.Article(t, s, func(a *moderation.Article) {
		a.Slug, a.Lang, a.Title, a.Source, a.Mode = "جسر-النهر", "ar", "جسرُ النهر", "https://example.com/1", moderation.ModeAfter
	})
	bySlug, err := s.ArticleBySlug(t.Context(), a.Slug)
	if err != nil || bySlug != a {
		t.Errorf("%+v, %v\nwant %+v", bySlug, err, a)
	}
	if byID, err := s.ArticleByID(t.Context(), a.ID); err != nil || byID != a {
		t.Errorf("%+v, %v", byID, err)
	}
	list, err := s.ArticlesByIDs(t.Context(), []moderation.ID{a.ID, a.ID, 7})
	if err != nil || len(list) != 1 || list[a.ID].Title != a.Title || list[a.ID].Body != "" {
		t.Errorf("%+v, %v", list, err)
	}
	for _, slug := range []string{"", "none", "جسر"} {
		if _, err := s.ArticleBySlug(t.Context(), slug); !errors.Is(err, moderation.ErrNotFound) {
			t.Errorf("%q: %v", slug, err)
		}
	}
	if _, err := s.ArticleByID(t.Context(), 1); !errors.Is(err, moderation.ErrNotFound) {
		t.Error(err)
	}
}

func TestArticleSaving(t *testing.T) {
	s := dbtest.New(t)
	other, a := dbtest.Article(t, s), dbtest.Article(t, s)
	again := a
	again.ID++
	if err := s.AddArticle(t.Context(), again); !errors.Is(err, db.ErrSlugTaken) {
		t.Errorf("added a slug twice: %v", err)
	}
	dbtest.Comment(t, s, a, dbtest.Status(moderation.Approved))
	a.Title, a.Version, a.Published = "The old bridge", 2, false
	if err := s.SaveArticle(t.Context(), a, 1); err != nil {
		t.Fatal(err)
	}
	got, err := s.ArticleByID(t.Context(), a.ID)
	if a.Replies = 1; err != nil || got != a {
		t.Errorf("%+v, %v\nwant %+v", got, err, a)
	}
	if err := s.SaveArticle(t.Context(), a, 1); !errors.Is(err, db.ErrStale) {
		t.Errorf("saved over a newer version: %v", err)
	}
	a.Slug, a.Version = other.Slug, 3
	if err := s.SaveArticle(t.Context(), a, 2); !errors.Is(err, db.ErrSlugTaken) {
		t.Errorf("took a slug: %v", err)
	}
	if err := s.SaveArticle(t.Context(), a, 7); err == nil {
		t.Error("saved a version that does not follow")
	}
	a.ID, a.Slug = 12, "none"
	if err := s.SaveArticle(t.Context(), a, 2); !errors.Is(err, moderation.ErrNotFound) {
		t.Errorf("saved an article that does not exist: %v", err)
	}
	if err := s.AddArticle(t.Context(), moderation.Article{ID: 5, Slug: "x", Lang: "fr"}); err == nil {
		t.Error("a language that Radd does not speak was stored")
	}
}

func TestArticlePages(t *testing.T) {
	s := dbtest.New(t)
	var want []moderation.ID
	for i := range 45 {
		a := dbtest.Article(t, s, func(a *moderation.Article) {
			a.PublishedAt = dbtest.Start.Add(time.Duration(i/3) * time.Hour) // three share a time
			a.Published = i%5 != 0
			a.Lang = []string{"en", "ar"}[i%2]
			a.Section = []string{"City", "Sport", ""}[i%3]
		})
		if a.Published && a.Lang == "ar" {
			want = append([]moderation.ID{a.ID}, want...)
		}
	}
	var got []moderation.ID
	f := db.ArticleFilter{Lang: "ar", Limit: 4}
	for more := true; more; {
		var page []moderation.Article
		var err error
		if page, more, err = s.Articles(t.Context(), f); err != nil || len(page) == 0 {
			t.Fatal(page, err)
		}
		for _, a := range page {
			got = append(got, a.ID)
		}
		last := page[len(page)-1]
		f.After = db.ArticleKey{PublishedAt: last.PublishedAt, ID: last.ID}
	}
	if !slices.Equal(got, want) {
		t.Errorf("paged %d articles, want %d: %v", len(got), len(want), got)
	}
	for f, n := range map[db.ArticleFilter]int{
		{Limit: 100}: 36, {Limit: 100, Drafts: true}: 45, {Limit: 100, Section: "Sport"}: 12,
		{Limit: 100, Section: "Sport", Lang: "ar"}: 7, {Limit: 100, Lang: "xx"}: 0, {Limit: 0}: 1, {Limit: -5}: 1,
	} {
		if page, _, err := s.Articles(t.Context(), f); err != nil || len(page) != n {
			t.Errorf("%+v: %d, %v, want %d", f, len(page), err, n)
		}
	}
	for lang, want := range map[string][]string{"ar": {"City", "Sport"}, "": {"City", "Sport"}, "fr": nil} {
		if got, err := s.Sections(t.Context(), lang, 10); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v", lang, got, err)
		}
	}
	if got, err := s.Sections(t.Context(), "en", 1); err != nil || len(got) != 1 {
		t.Error(got, err)
	}
}

func TestArticleSearch(t *testing.T) {
	s := dbtest.New(t)
	dbtest.Article(t, s, func(a *moderation.Article) { a.Title, a.Byline = "الجِسْرُ الجديد", "أحمد" })
	dbtest.Article(t, s, func(a *moderation.Article) { a.Title = "100% of a_b" })
	for query, n := range map[string]int{
		"الجسر": 1, "جسر": 0, "الجديد احمد": 1, "الجد": 1, "الجديد منى": 0, "100": 1, "%": 0, "_": 0, "a_b": 1, "!!": 0, "": 2,
	} {
		if page, _, err := s.Articles(t.Context(), db.ArticleFilter{Query: query, Limit: 9}); err != nil || len(page) != n {
			t.Errorf("%q: %d, %v, want %d", query, len(page), err, n)
		}
	}
}

func TestRelatedCandidates(t *testing.T) {
	s := dbtest.New(t)
	add := func(section, lang string, published bool) moderation.ID {
		return dbtest.Article(t, s, func(a *moderation.Article) {
			a.Section, a.Lang, a.Published, a.PublishedAt = section, lang, published, a.ID.Time()
		}).ID
	}
	var near []moderation.ID
	for range 6 {
		near = append(near, add("City", "en", true))
	}
	sport := add("Sport", "en", true)
	add("City", "ar", true)
	add("City", "en", false)
	got, err := s.RelatedCandidates(t.Context(), moderation.Article{ID: near[5], Section: "City", Lang: "en"}, 5)
	if err != nil {
		t.Fatal(err)
	}
	var ids []moderation.ID
	for _, a := range got {
		ids = append(ids, a.ID)
	}
	if want := []moderation.ID{near[4], near[3], sport, near[2], near[1]}; !slices.Equal(ids, want) {
		t.Errorf("%v, want %v", ids, want)
	}
	got, err = s.RelatedCandidates(t.Context(), moderation.Article{ID: 1, Section: "None", Lang: "ar"}, 5)
	if err != nil || len(got) != 1 {
		t.Error(got, err)
	}
}
