package db_test

import (
	"errors"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

func TestReplyRoundTrip(t *testing.T) {
	s := dbtest.New(t)
	a := dbtest.Article(t, s)
	c := dbtest.NewComment(a, func(c *moderation.Comment) {
		c.Website, c.Body, c.Lang, c.Dir = "https://example.com/", "سطر\nوسطر", "ar", moderation.RTL
		c.Reasons = []moderation.Reason{{Code: moderation.ReasonLinks, Field: "body", Start: 3, End: 9, Count: 2, Weight: 0.5}}
	})
	stored, fresh, err := s.AddReply(t.Context(), db.Reply{Comment: c, SubmissionKey: "form", TokenHash: "hash"})
	if err != nil || !fresh || !reflect.DeepEqual(stored, c) {
		t.Fatalf("%+v, %v, %v\nwant %+v", stored, fresh, err, c)
	}
	for name, read := range map[string]func() (moderation.Comment, error){
		"by id":    func() (moderation.Comment, error) { return s.CommentByID(t.Context(), c.ID) },
		"by token": func() (moderation.Comment, error) { return s.CommentByToken(t.Context(), "hash") },
	} {
		if got, err := read(); err != nil || !reflect.DeepEqual(got, c) {
			t.Errorf("%s: %+v, %v\nwant %+v", name, got, err, c)
		}
	}
	list, err := s.CommentsByIDs(t.Context(), []moderation.ID{c.ID, 1, c.ID})
	if err != nil || len(list) != 1 || !reflect.DeepEqual(list[0], c) {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := s.CommentsByIDs(t.Context(), nil); err != nil || len(list) != 0 {
		t.Error(list, err)
	}
	for _, hash := range []string{"", "none"} {
		if _, err := s.CommentByToken(t.Context(), hash); !errors.Is(err, moderation.ErrNotFound) {
			t.Errorf("%q: %v", hash, err)
		}
	}
}

func TestReplyOrderOfRefusals(t *testing.T) {
	s := dbtest.New(t)
	a, other := dbtest.Article(t, s), dbtest.Article(t, s)
	top := dbtest.Comment(t, s, a, dbtest.Status(moderation.Approved))
	answer := dbtest.Comment(t, s, a, dbtest.Status(moderation.Approved), dbtest.Under(top))
	held := dbtest.Comment(t, s, a)
	limit := db.Take{Key: "reader", Limit: db.Limit{Burst: 1, Every: time.Minute}, Now: dbtest.Start}
	reply := func(parent moderation.ID, form, content string) db.Reply {
		c := dbtest.NewComment(a)
		c.ParentID = parent
		return db.Reply{Comment: c, SubmissionKey: form, ContentKey: content, Takes: []db.Take{limit}}
	}
	for _, parent := range []moderation.ID{held.ID, 99} {
		if _, _, err := s.AddReply(t.Context(), reply(parent, "f0", "")); !errors.Is(err, moderation.ErrParent) {
			t.Errorf("parent %d: %v", parent, err)
		}
	}
	elsewhere := reply(top.ID, "", "")
	elsewhere.ArticleID = other.ID
	if _, _, err := s.AddReply(t.Context(), elsewhere); !errors.Is(err, moderation.ErrParent) {
		t.Errorf("parent of another article: %v", err)
	}
	nowhere := reply(0, "", "")
	nowhere.ArticleID = 99
	if _, _, err := s.AddReply(t.Context(), nowhere); !errors.Is(err, moderation.ErrNotFound) {
		t.Errorf("no such article: %v", err)
	}
	first := reply(answer.ID, "f1", "c1")
	stored, fresh, err := s.AddReply(t.Context(), first)
	if err != nil || !fresh || stored.RootID != top.ID {
		t.Fatalf("root %d, %v, %v, want %d", stored.RootID, fresh, err, top.ID)
	}
	again, fresh, err := s.AddReply(t.Context(), reply(99, "f1", "c1"))
	if err != nil || fresh || again.ID != stored.ID {
		t.Errorf("the same form: %v, %v, %v", again.ID, fresh, err)
	}
	if _, _, err := s.AddReply(t.Context(), reply(0, "f2", "c1")); !errors.Is(err, moderation.ErrDuplicate) {
		t.Errorf("the same text: %v", err)
	}
	var tooFast *moderation.TooFastError
	if _, _, err := s.AddReply(t.Context(), reply(0, "f3", "c3")); !errors.As(err, &tooFast) || tooFast.RetryAfter != time.Minute {
		t.Errorf("too fast: %v", err)
	}
	limit.Now = limit.Now.Add(time.Minute)
	if _, _, err := s.AddReply(t.Context(), reply(0, "f3", "c3")); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	if list, err := s.SelectComments(t.Context(), moderation.Selection{}, 0, 100); err != nil || len(list) != 5 {
		t.Errorf("%d comments, %v", len(list), err)
	}
	noFaults(t, s)
}

func TestIdenticalRepliesAtOnce(t *testing.T) {
	s := dbtest.New(t)
	a := dbtest.Article(t, s)
	for name, keys := range map[string]db.Reply{
		"one form": {SubmissionKey: "form", ContentKey: "k1", TokenHash: "h"}, "one text": {ContentKey: "k2"},
	} {
		var wait sync.WaitGroup
		var fresh, same, duplicate atomic.Int32
		for range 50 {
			wait.Go(func() {
				r := keys
				r.Comment = dbtest.NewComment(a, dbtest.Status(moderation.Approved))
				_, isFresh, err := s.AddReply(t.Context(), r)
				switch {
				case isFresh:
					fresh.Add(1)
				case errors.Is(err, moderation.ErrDuplicate):
					duplicate.Add(1)
				case err == nil:
					same.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if fresh.Load() != 1 || same.Load()+duplicate.Load() != 49 || keys.SubmissionKey != "" && same.Load() != 49 {
			t.Errorf("%s: %d fresh, %d the same, %d duplicates", name, fresh.Load(), same.Load(), duplicate.Load())
		}
	}
	got, err := s.ArticleByID(t.Context(), a.ID)
	if err != nil || got.Replies != 2 {
		t.Errorf("%d replies, %v", got.Replies, err)
	}
	noFaults(t, s)
}

// noFaults fails the test when the store is not in order.
func noFaults(t *testing.T, s *db.Store) db.Report {
	t.Helper()
	r, err := s.Check(t.Context())
	if err != nil || len(r.Faults) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
	return r
}
