package db_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

// selected reads the whole selection page by page.
func selected(t *testing.T, s *db.Store, sel moderation.Selection) []moderation.Comment {
	t.Helper()
	var list []moderation.Comment
	for after := moderation.ID(0); ; after = list[len(list)-1].ID {
		page, err := s.SelectComments(t.Context(), sel, after, 4)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			return list
		}
		list = append(list, page...)
	}
}

func TestSelectComments(t *testing.T) {
	s := dbtest.New(t)
	articles := []moderation.Article{dbtest.Article(t, s), dbtest.Article(t, s)}
	var list []moderation.Comment
	for i := range 40 {
		at := dbtest.Start.Add(time.Duration(i/2) * time.Hour)
		list = append(list, dbtest.NewComment(articles[i%2], dbtest.Status(moderation.Statuses()[i%4]), func(c *moderation.Comment) {
			c.ID = moderation.DerivedID(at, c.Body) // up to a second later than its time
			c.CreatedAt, c.RootID, c.Arrival = at, c.ID, c.Status
		}))
	}
	if n, err := s.ImportComments(t.Context(), list, false); err != nil || n != len(list) {
		t.Fatal(n, err)
	}
	slices.SortFunc(list, func(x, y moderation.Comment) int { return int(x.ID - y.ID) })
	times := []time.Time{
		{},
		dbtest.Start, dbtest.Start.Add(5 * time.Hour),
		dbtest.Start.Add(5*time.Hour + time.Microsecond), dbtest.Start.Add(99 * time.Hour),
	}
	for _, status := range append(moderation.Statuses(), "") {
		for _, article := range []moderation.ID{0, articles[0].ID, 99} {
			for _, from := range times {
				for _, to := range times {
					sel := moderation.Selection{Status: status, ArticleID: article, From: from, To: to}
					want := slices.DeleteFunc(slices.Clone(list), func(c moderation.Comment) bool {
						return status != "" && c.Status != status || article != 0 && c.ArticleID != article ||
							c.CreatedAt.Before(from) || !to.IsZero() && !c.CreatedAt.Before(to)
					})
					if got := selected(t, s, sel); len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
						t.Errorf("%+v: %d, want %d", sel, len(got), len(want))
					}
				}
			}
		}
	}
}

func TestSelectArticles(t *testing.T) {
	s := dbtest.New(t)
	first := dbtest.Article(t, s)
	draft := dbtest.Article(t, s, func(a *moderation.Article) { a.Published = false })
	if list, err := s.SelectArticles(t.Context(), 0, 1); err != nil || len(list) != 1 || list[0] != first {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := s.SelectArticles(t.Context(), first.ID, 5); err != nil || len(list) != 1 || list[0] != draft {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestImportArticle(t *testing.T) {
	s := dbtest.New(t)
	own := dbtest.Article(t, s, func(a *moderation.Article) { a.Slug = "bridge" })
	imported := moderation.Article{ID: 77, Slug: "bridge", Lang: "en", Title: "Bridge", Source: "https://example.com/b", Replies: 9}
	dry, fresh, err := s.ImportArticle(t.Context(), imported, true)
	if err != nil || !fresh || dry.Slug != "bridge-2" || dry.Replies != 0 {
		t.Fatalf("%+v, %v, %v", dry, fresh, err)
	}
	if _, err := s.ArticleByID(t.Context(), 77); !errors.Is(err, moderation.ErrNotFound) {
		t.Errorf("a dry run wrote: %v", err)
	}
	stored, fresh, err := s.ImportArticle(t.Context(), imported, false)
	if err != nil || !fresh || stored.Slug != "bridge-2" {
		t.Fatalf("%+v, %v, %v", stored, fresh, err)
	}
	third := imported
	third.ID, third.Source = 78, "https://example.com/c"
	if got, fresh, err := s.ImportArticle(t.Context(), third, false); err != nil || !fresh || got.Slug != "bridge-3" {
		t.Errorf("%+v, %v, %v", got, fresh, err)
	}
	moved := imported
	moved.ID = 79
	for name, again := range map[string]moderation.Article{"same": imported, "same source": moved} {
		if got, fresh, err := s.ImportArticle(t.Context(), again, false); err != nil || fresh || got.ID != 77 {
			t.Errorf("%s: %+v, %v, %v", name, got, fresh, err)
		}
	}
	local := moderation.Article{ID: 80, Slug: "bridge", Lang: "en", Title: own.Title, Body: own.Body}
	if got, fresh, err := s.ImportArticle(t.Context(), local, false); err != nil || fresh || got != own {
		t.Errorf("same slug and text without a source: %+v, %v, %v", got, fresh, err)
	}
	other := moderation.Article{ID: 81, Slug: "bridge", Lang: "en", Title: "Another bridge", Body: own.Body}
	if got, fresh, err := s.ImportArticle(t.Context(), other, false); err != nil || !fresh || got.Slug != "bridge-4" {
		t.Errorf("another article of the same slug: %+v, %v, %v", got, fresh, err)
	}
}

func TestImportComments(t *testing.T) {
	s := dbtest.New(t)
	a, other := dbtest.Article(t, s), dbtest.Article(t, s)
	old := dbtest.Comment(t, s, a, dbtest.Status(moderation.Approved))
	next := func(parent moderation.ID, article moderation.Article) moderation.Comment {
		c := dbtest.NewComment(article, dbtest.Status(moderation.Approved))
		c.ParentID, c.Source, c.RootID, c.Arrival = parent, "wp:"+c.ID.String(), 0, ""
		return c
	}
	top := next(0, a)
	child := next(top.ID, a)
	grandchild := next(child.ID, a)
	ofOld, lost, foreign := next(old.ID, a), next(99, a), next(old.ID, other)
	x, y := next(0, a), next(0, a)
	x.ParentID, y.ParentID = y.ID, x.ID // a circle
	self := next(0, a)
	self.ParentID = self.ID
	held := next(0, a)
	held.Status = moderation.Pending
	list := []moderation.Comment{grandchild, child, top, ofOld, lost, foreign, x, y, self, held, top}
	for range 2 {
		if n, err := s.ImportComments(t.Context(), list, true); err != nil || n != 10 {
			t.Fatal(n, err)
		}
	}
	if n, err := s.ImportComments(t.Context(), list, false); err != nil || n != 10 {
		t.Fatal(n, err)
	}
	for _, dry := range []bool{true, false} {
		if n, err := s.ImportComments(t.Context(), list, dry); err != nil || n != 0 {
			t.Fatal(n, err)
		}
	}
	roots := map[moderation.ID]moderation.ID{
		top.ID: top.ID, child.ID: top.ID, grandchild.ID: top.ID, ofOld.ID: old.ID, lost.ID: lost.ID, foreign.ID: foreign.ID,
		self.ID: self.ID, held.ID: held.ID,
	}
	for id, root := range roots {
		c, err := s.CommentByID(t.Context(), id)
		if err != nil || c.RootID != root || (c.ParentID == 0) != (root == id) || c.Arrival != c.Status {
			t.Errorf("root of %d is %d, want %d: %+v, %v", id, c.RootID, root, c, err)
		}
	}
	for article, replies := range map[moderation.ID]int64{a.ID: 9, other.ID: 1} {
		if got, err := s.ArticleByID(t.Context(), article); err != nil || got.Replies != replies {
			t.Errorf("%d replies, %v, want %d", got.Replies, err, replies)
		}
	}
	renamed := top
	renamed.ID = 4242 // the same source
	late := next(renamed.ID, a)
	if n, err := s.ImportComments(t.Context(), []moderation.Comment{late, renamed}, false); err != nil || n != 1 {
		t.Error(n, err)
	}
	if c, err := s.CommentByID(t.Context(), late.ID); err != nil || c.ParentID != top.ID || c.RootID != top.ID {
		t.Errorf("an answer to a comment known by its source: %+v, %v", c, err)
	}
	moved := child // says now that it stands elsewhere: what is stored holds
	moved.ParentID = ofOld.ID
	below := next(child.ID, a)
	twin, tail := next(0, a), next(0, a)
	twin.ID, twin.Source = below.ID+1<<30, below.Source
	tail.ID, tail.ParentID = below.ID+2<<30, twin.ID
	if n, err := s.ImportComments(t.Context(), []moderation.Comment{tail, moved, below, twin}, false); err != nil || n != 2 {
		t.Error(n, err)
	}
	for _, id := range []moderation.ID{below.ID, tail.ID} {
		if c, err := s.CommentByID(t.Context(), id); err != nil || c.RootID != top.ID {
			t.Errorf("%+v, %v", c, err)
		}
	}
	nowhere := next(0, moderation.Article{ID: 99})
	if n, err := s.ImportComments(t.Context(), []moderation.Comment{renamed}, false); err != nil || n != 0 {
		t.Error(n, err)
	}
	if _, err := s.ImportComments(t.Context(), []moderation.Comment{next(0, a), nowhere}, false); err == nil {
		t.Error("a comment without an article was imported")
	}
	if r := noFaults(t, s); r.Comments != 14 {
		t.Errorf("%+v", r)
	}
}
