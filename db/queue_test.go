package db_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

// queuePages reads every page of the filter and returns the ids in order.
func queuePages(t *testing.T, s *db.Store, f db.QueueFilter) []moderation.ID {
	t.Helper()
	var ids []moderation.ID
	for {
		page, more, err := s.Queue(t.Context(), f)
		if err != nil || len(page) > f.Limit || more && len(page) < f.Limit {
			t.Fatalf("%+v: %d, %v, %v", f, len(page), more, err)
		}
		for _, item := range page {
			ids = append(ids, item.ID)
		}
		if !more {
			return ids
		}
		f.After = ids[len(ids)-1]
	}
}

func TestQueueFilters(t *testing.T) {
	s := dbtest.New(t)
	articles := []moderation.Article{dbtest.Article(t, s), dbtest.Article(t, s)}
	authors := []func(*moderation.Comment){
		dbtest.Author("أحمد", "Ahmad@example.com"), dbtest.Author("Salma", "salma@example.com"), dbtest.Author("سلمى", ""),
	}
	var list []moderation.Comment
	for i := range 60 {
		list = append(list, dbtest.Comment(t, s, articles[i%2], authors[i%3], dbtest.Status(moderation.Statuses()[i%4]),
			func(c *moderation.Comment) { c.Body += []string{" قِطارٌ سريع", " قطار بطيء"}[i/30] }))
	}
	for _, status := range append(moderation.Statuses(), "") {
		for _, article := range []moderation.ID{0, articles[0].ID, articles[1].ID, 99} {
			for _, author := range []string{"", "ahmad@EXAMPLE.com", "احمد", "salma", "سلمي", "nobody"} {
				for _, query := range []string{"", "القطار", "قطار", "قطار سري", "bridge قطار"} {
					f := db.QueueFilter{Status: status, ArticleID: article, Author: author, Query: query, Limit: 7}
					if got, want := queuePages(t, s, f), expected(list, f); !slices.Equal(got, want) {
						t.Errorf("%+v: %d, want %d", f, len(got), len(want))
					}
				}
			}
		}
	}
}

// expected applies the filter to the list by hand.
func expected(list []moderation.Comment, f db.QueueFilter) []moderation.ID {
	var ids []moderation.ID
	for _, c := range list {
		words := moderation.Words(c.Name + " " + c.Body)
		found := func(query string) bool {
			for _, word := range moderation.Words(query) {
				if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, word) }) {
					return false
				}
			}
			return true
		}
		author := moderation.Fold(c.Name) == moderation.Fold(f.Author)
		if strings.Contains(f.Author, "@") {
			author = strings.EqualFold(c.Email, f.Author)
		}
		if (f.Status == "" || c.Status == f.Status) && (f.ArticleID == 0 || c.ArticleID == f.ArticleID) &&
			(f.Author == "" || author) && found(f.Query) {
			ids = append(ids, c.ID)
		}
	}
	if f.Status != moderation.Pending {
		slices.Reverse(ids)
	}
	return ids
}

func TestQueueItems(t *testing.T) {
	s := dbtest.New(t)
	a := dbtest.Article(t, s)
	top := dbtest.Comment(t, s, a, dbtest.Status(moderation.Approved))
	for i := range 105 {
		dbtest.Comment(t, s, a, dbtest.Status([]moderation.Status{moderation.Rejected, moderation.Spam}[min(i, 1)]))
	}
	answer := dbtest.Comment(t, s, a, dbtest.Under(top))
	guest := dbtest.Comment(t, s, a, dbtest.Author("Guest", ""), dbtest.Under(top))
	page, more, err := s.Queue(t.Context(), db.QueueFilter{Status: moderation.Pending, Limit: 2})
	if err != nil || more || len(page) != 2 {
		t.Fatal(page, more, err)
	}
	got := page[0]
	if got.ID != answer.ID || got.Article.Title != a.Title || got.Article.Body != "" || got.Parent == nil || got.Parent.ID != top.ID {
		t.Errorf("%+v", got)
	}
	want := db.AuthorRecord{Approved: 1, Rejected: 1, Spam: 100, Last: got.Record.Last}
	if got.Record != want || !got.Record.Last.Before(answer.CreatedAt.Add(time.Millisecond)) || got.Record.Last.IsZero() {
		t.Errorf("%+v", got.Record)
	}
	if page[1].ID != guest.ID || page[1].Record != (db.AuthorRecord{}) {
		t.Errorf("%+v", page[1].Record)
	}
	single, err := s.QueueItemByID(t.Context(), answer.ID)
	if err != nil || !reflect.DeepEqual(single, got) {
		t.Errorf("%+v, %v\nwant %+v", single, err, got)
	}
	if first, err := s.QueueItemByID(t.Context(), top.ID); err != nil || !first.Record.Last.IsZero() || first.Record.Pending != 1 {
		t.Errorf("%+v, %v", first.Record, err)
	}
	if _, err := s.QueueItemByID(t.Context(), 1); !errors.Is(err, moderation.ErrNotFound) {
		t.Error(err)
	}
}

func TestQueueCounts(t *testing.T) {
	s := dbtest.New(t)
	a := dbtest.Article(t, s)
	var list []moderation.Comment
	for range db.CountLimit + 5 {
		list = append(list, dbtest.NewComment(a, dbtest.Status(moderation.Spam)))
	}
	if added, err := s.ImportComments(t.Context(), list, false); err != nil || added != len(list) {
		t.Fatal(added, err)
	}
	dbtest.Comment(t, s, a)
	counts, err := s.QueueCounts(t.Context())
	want := map[moderation.Status]int{moderation.Pending: 1, moderation.Approved: 0, moderation.Rejected: 0, moderation.Spam: db.CountLimit}
	if err != nil || !reflect.DeepEqual(counts, want) {
		t.Errorf("%v, %v", counts, err)
	}
}

func TestSearchIsSafeAndBounded(t *testing.T) {
	s := dbtest.New(t)
	dbtest.Comment(t, s, dbtest.Article(t, s), func(c *moderation.Comment) { c.Body = "one OR two NEAR three AND four" })
	for query, n := range map[string]int{
		"OR": 1, "one NOT two": 0, "NEAR/2": 0, "NEAR": 1, `"`: 0, `one"`: 1, "(": 0, "one)": 1, "*": 0, "folded:one": 0, "-one": 1,
		"one\x00": 1, "\xff": 0, "thr": 1, "th four": 0, "four th": 1, "AND": 1, strings.Repeat("one ", 10_000): 1,
		strings.Repeat("x", 100_000): 0, "';--": 0, "' OR 1=1": 0,
	} {
		if page, _, err := s.Queue(t.Context(), db.QueueFilter{Query: query, Limit: 5}); err != nil || len(page) != n {
			t.Errorf("%.40q: %d, %v, want %d", query, len(page), err, n)
		}
	}
}
