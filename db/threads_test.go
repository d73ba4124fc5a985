package db_test

import (
	"cmp"
	"slices"
	"testing"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

// sampleThreads stores threads of one to five comments, some of them not public, and
// returns all comments.
func sampleThreads(t *testing.T, s *db.Store, a moderation.Article) []moderation.Comment {
	t.Helper()
	var list []moderation.Comment
	for i := range 20 {
		top := dbtest.Comment(t, s, a, dbtest.Status(moderation.Approved))
		list = append(list, top)
		for j := range i % 5 {
			under := list[len(list)-1]
			if !under.Public() {
				under = top
			}
			list = append(list, dbtest.Comment(t, s, a, dbtest.Under(under), dbtest.Status(moderation.Statuses()[(i+j)%2])))
		}
	}
	late := dbtest.Comment(t, s, a, dbtest.Under(list[0]), dbtest.Status(moderation.Approved))
	return append(list, late)
}

func TestThreadPages(t *testing.T) {
	s := dbtest.New(t)
	a := dbtest.Article(t, s)
	dbtest.Comment(t, s, dbtest.Article(t, s), dbtest.Status(moderation.Approved))
	list := slices.DeleteFunc(sampleThreads(t, s, a), func(c moderation.Comment) bool { return !c.Public() })
	for _, newest := range []bool{false, true} {
		slices.SortFunc(list, func(x, y moderation.Comment) int {
			order := cmp.Compare(x.RootID, y.RootID)
			if newest {
				order = -order
			}
			return cmp.Or(order, cmp.Compare(x.ID, y.ID))
		})
		for limit := 1; limit < 60; limit += 6 {
			var got []moderation.ID
			f := db.ThreadFilter{ArticleID: a.ID, Newest: newest, Limit: limit}
			for more := true; more; {
				var page []moderation.Comment
				var err error
				if page, more, err = s.Thread(t.Context(), f); err != nil || len(page) > limit {
					t.Fatal(len(page), err)
				}
				for _, c := range page {
					got = append(got, c.ID)
					f.After = db.ThreadKey{Root: c.RootID, ID: c.ID}
				}
			}
			if !slices.EqualFunc(got, list, func(id moderation.ID, c moderation.Comment) bool { return id == c.ID }) {
				t.Errorf("newest %v, limit %d: %v", newest, limit, got)
			}
		}
	}
}

func TestThreadOfNothing(t *testing.T) {
	s := dbtest.New(t)
	if page, more, err := s.Thread(t.Context(), db.ThreadFilter{ArticleID: 9, Limit: 5}); err != nil || more || len(page) != 0 {
		t.Error(page, more, err)
	}
	if list, err := s.LatestApproved(t.Context(), 0, 5); err != nil || len(list) != 0 {
		t.Error(list, err)
	}
}

func TestLatestApproved(t *testing.T) {
	s := dbtest.New(t)
	a := dbtest.Article(t, s)
	draft := dbtest.Article(t, s, func(a *moderation.Article) { a.Published = false })
	first := dbtest.Comment(t, s, a, dbtest.Status(moderation.Approved))
	hidden := dbtest.Comment(t, s, draft, dbtest.Status(moderation.Approved))
	dbtest.Comment(t, s, a)
	last := dbtest.Comment(t, s, a, dbtest.Status(moderation.Approved))
	for _, test := range []struct {
		article moderation.ID
		limit   int
		want    []moderation.ID
	}{
		{0, 9, []moderation.ID{last.ID, first.ID}},
		{0, 1, []moderation.ID{last.ID}},
		{a.ID, 9, []moderation.ID{last.ID, first.ID}},
		{draft.ID, 9, []moderation.ID{hidden.ID}},
		{99, 9, nil},
	} {
		got, err := s.LatestApproved(t.Context(), test.article, test.limit)
		if err != nil || !slices.EqualFunc(got, test.want, func(c moderation.Comment, id moderation.ID) bool { return c.ID == id }) {
			t.Errorf("%d: %+v, %v", test.article, got, err)
		}
	}
}

func TestAround(t *testing.T) {
	s := dbtest.New(t)
	a := dbtest.Article(t, s)
	top := dbtest.Comment(t, s, a, dbtest.Status(moderation.Approved))
	thread := []moderation.Comment{top}
	for i := range 6 {
		dbtest.Comment(t, s, a) // a thread of its own
		thread = append(thread, dbtest.Comment(t, s, a, dbtest.Under(top), dbtest.Status(moderation.Statuses()[i%4])))
	}
	for at, c := range thread {
		for _, n := range []int{-1, 0, 1, 2, 50} {
			want := slices.Concat(thread[max(at-max(n, 0), 0):at], thread[at+1:min(at+1+max(n, 0), len(thread))])
			got, err := s.Around(t.Context(), c, n)
			if err != nil || !slices.EqualFunc(got, want, func(x, y moderation.Comment) bool { return x.ID == y.ID }) {
				t.Errorf("%d of %d: %d, %v, want %d", n, at, len(got), err, len(want))
			}
		}
	}
}
