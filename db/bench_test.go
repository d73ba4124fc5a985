package db_test

import (
	"strconv"
	"testing"
	"time"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

// filled returns a store with n comments on 50 articles, one in 20 of them held.
func filled(b *testing.B, n int) (*db.Store, []moderation.Article) {
	b.Helper()
	s := dbtest.New(b)
	var articles []moderation.Article
	for range 50 {
		articles = append(articles, dbtest.Article(b, s))
	}
	words := []string{"القطار", "bridge", "المدينة", "river", "الجسر", "school", "سريع", "market"}
	for done := 0; done < n; {
		var list []moderation.Comment
		for ; done < n && len(list) < 1000; done++ {
			list = append(list, dbtest.NewComment(articles[done%50], func(c *moderation.Comment) {
				c.Status = moderation.Approved
				if done%20 == 0 {
					c.Status = moderation.Pending
				}
				c.Email = "reader" + strconv.Itoa(done%300) + "@example.com"
				c.Body = words[done%8] + " " + words[done/8%8] + " number" + strconv.Itoa(done)
			}))
		}
		if _, err := s.ImportComments(b.Context(), list, false); err != nil {
			b.Fatal(err)
		}
	}
	return s, articles
}

func BenchmarkReading(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		s, articles := filled(b, n)
		middle := moderation.ID(0)
		if list, err := s.SelectComments(b.Context(), moderation.Selection{}, 0, n/2); err == nil {
			middle = list[len(list)-1].ID
		}
		for name, f := range map[string]func() error{
			"queue":         queue(b, s, db.QueueFilter{Status: moderation.Pending}),
			"queue deep":    queue(b, s, db.QueueFilter{Status: moderation.Approved, After: middle}),
			"queue article": queue(b, s, db.QueueFilter{Status: moderation.Approved, ArticleID: articles[3].ID}),
			"queue author":  queue(b, s, db.QueueFilter{Author: "reader7@example.com"}),
			"search common": queue(b, s, db.QueueFilter{Query: "bridge"}),
			"search prefix": queue(b, s, db.QueueFilter{Query: "ال"}),
			"search rare":   queue(b, s, db.QueueFilter{Query: "bridge number77"}),
			"search held":   queue(b, s, db.QueueFilter{Status: moderation.Rejected, Query: "bridge"}),
			"counts":        func() error { _, err := s.QueueCounts(b.Context()); return err },
			"thread": func() error {
				_, _, err := s.Thread(b.Context(), db.ThreadFilter{ArticleID: articles[3].ID, Limit: 200})
				return err
			},
			"settings": func() error { _, err := s.Settings(b.Context()); return err },
		} {
			b.Run(name+"/"+strconv.Itoa(n), func(b *testing.B) {
				for b.Loop() {
					if err := f(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func queue(b *testing.B, s *db.Store, f db.QueueFilter) func() error {
	f.Limit = 50
	return func() error { _, _, err := s.Queue(b.Context(), f); return err }
}

func BenchmarkAddReply(b *testing.B) {
	s, articles := filled(b, 1000)
	for b.Loop() {
		c := dbtest.NewComment(articles[0])
		takes := []db.Take{{Key: c.ID.String(), Limit: db.Limit{Burst: 5, Every: time.Second}, Now: dbtest.Start}}
		key := c.ID.String()
		if _, _, err := s.AddReply(b.Context(), db.Reply{Comment: c, SubmissionKey: key, ContentKey: key, Takes: takes}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecide(b *testing.B) {
	s, articles := filled(b, 1000)
	by := dbtest.Member(b, s, "mona", moderation.Moderator)
	c := dbtest.Comment(b, s, articles[0])
	for b.Loop() {
		c = dbtest.Decide(b, s, c, moderation.Approve, by)
	}
}

func BenchmarkImport(b *testing.B) {
	for b.Loop() {
		filled(b, 10_000)
	}
}
