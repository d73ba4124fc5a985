package handlers_test

import (
	"cmp"

	"radd/db/dbtest"
	"radd/moderation"
)

// article stores a published article that was written the day before.
func (s *site) article(want moderation.Article) moderation.Article {
	s.t.Helper()
	return dbtest.Article(s.t, s.store, func(a *moderation.Article) {
		a.Slug, a.Title, a.Lang, a.Mode = want.Slug, want.Title, want.Lang, want.Mode
		a.Section = cmp.Or(want.Section, a.Section)
		a.Body = cmp.Or(want.Body, a.Body)
		a.PublishedAt = s.clock().AddDate(0, 0, -1)
	})
}

// comment stores a comment as if it had just been sent.
func (s *site) comment(want moderation.Comment) moderation.Comment {
	s.t.Helper()
	article, err := s.store.ArticleByID(s.t.Context(), want.ArticleID)
	if err != nil {
		s.t.Fatal(err)
	}
	return dbtest.Comment(s.t, s.store, article, func(c *moderation.Comment) {
		c.ID = dbtest.NewID(s.clock())
		c.Status, c.Arrival = want.Status, want.Status
		c.Name, c.Email = cmp.Or(want.Name, c.Name), cmp.Or(want.Email, c.Email)
		c.ParentID = want.ParentID
		c.Body, c.CreatedAt, c.UpdatedAt = want.Body, s.clock(), s.clock()
	})
}
