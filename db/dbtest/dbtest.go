// Package dbtest gives tests a store on a fresh file, and articles and comments to
// fill it with.
package dbtest

import (
	"database/sql"
	"errors"
	"strconv"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // for Hold

	"radd/db"
	"radd/moderation"
)

// Start is the moment from which the sample rows count their time.
var Start = time.Date(2026, time.March, 1, 9, 0, 0, 0, time.UTC)

// New returns a store on a file of the test's own directory, closed when the test ends.
func New(tb testing.TB) *db.Store {
	tb.Helper()
	return Open(tb, tb.TempDir()+"/radd.db")
}

// Open opens the store at path and closes it when the test ends.
func Open(tb testing.TB, path string) *db.Store {
	tb.Helper()
	s, err := db.Open(tb.Context(), path)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() }) // the test has its answers by then
	return s
}

// ids makes the ids of all sample rows.
var ids moderation.IDs

// NewID returns a new id for the moment at.
func NewID(at time.Time) moderation.ID { return ids.New(at) }

// Article stores a published English article; change may alter it before.
func Article(tb testing.TB, s *db.Store, change ...func(*moderation.Article)) moderation.Article {
	tb.Helper()
	id := ids.New(Start)
	a := moderation.Article{
		ID: id, Slug: "article-" + id.String(), Lang: "en", Section: "City", Title: "The new bridge", Byline: "Mona Haddad",
		Summary: "It opens on Sunday.", Body: "The bridge opens on **Sunday**.", Published: true,
		PublishedAt: Start, CreatedAt: Start, UpdatedAt: Start, Version: 1,
	}
	for _, f := range change {
		f(&a)
	}
	if err := s.AddArticle(tb.Context(), a); err != nil {
		tb.Fatal(err)
	}
	return a
}

// Comment stores a comment below the article, held and at top level; change may
// alter it before. It arrives by the same door as a reader's reply.
func Comment(tb testing.TB, s *db.Store, a moderation.Article, change ...func(*moderation.Comment)) moderation.Comment {
	tb.Helper()
	c := NewComment(a, change...)
	stored, _, err := s.AddReply(tb.Context(), db.Reply{Comment: c, ContentKey: moderation.ContentKey(c)})
	if err != nil {
		tb.Fatal(err)
	}
	return stored
}

// NewComment returns a comment without storing it. Its text is unlike that of any other.
func NewComment(a moderation.Article, change ...func(*moderation.Comment)) moderation.Comment {
	id := ids.New(Start)
	c := moderation.Comment{
		ID: id, ArticleID: a.ID, RootID: id, Status: moderation.Pending, Arrival: moderation.Pending, Version: 1,
		Name: "Salma", Email: "salma@example.com", Body: "A fine bridge, number " + strconv.FormatInt(int64(id), 10),
		Lang: "en", Dir: moderation.LTR, Address: "192.0.2.7", UserAgent: "Test/1.0",
		CreatedAt: id.Time(), UpdatedAt: id.Time(),
	}
	for _, f := range change {
		f(&c)
	}
	return c
}

// Status returns a change for Comment that gives the status.
func Status(status moderation.Status) func(*moderation.Comment) {
	return func(c *moderation.Comment) { c.Status = status }
}

// Under returns a change for Comment that makes it an answer to parent.
func Under(parent moderation.Comment) func(*moderation.Comment) {
	return func(c *moderation.Comment) { c.ParentID = parent.ID }
}

// Author returns a change for Comment that gives its author.
func Author(name, email string) func(*moderation.Comment) {
	return func(c *moderation.Comment) { c.Name, c.Email = name, email }
}

// Member stores a member.
func Member(tb testing.TB, s *db.Store, name string, role moderation.Role) moderation.Member {
	tb.Helper()
	m := moderation.Member{ID: ids.New(Start), Name: name, Role: role, PasswordHash: "none", CreatedAt: Start}
	if err := s.AddMember(tb.Context(), m); err != nil {
		tb.Fatal(err)
	}
	return m
}

// Decide decides as the member and stores it; it fails the test on a conflict.
func Decide(tb testing.TB, s *db.Store, c moderation.Comment, action moderation.Action, by moderation.Member) moderation.Comment {
	tb.Helper()
	after, entry, err := moderation.Decide(c, action, c.Version, moderation.Act{ID: ids.New(Start), By: by, At: Start})
	if err != nil {
		tb.Fatal(err)
	}
	conflicts, err := s.SaveChanges(tb.Context(), []db.Change{{After: after, Seen: c.Version, Entry: entry}})
	if err != nil || len(conflicts) > 0 {
		tb.Fatal(err, conflicts)
	}
	return after
}

// Hold takes the database's lock for writing, as another program would, until the
// function it returns is called.
func Hold(tb testing.TB, path string) (release func()) {
	tb.Helper()
	other, err := sql.Open("sqlite3", "file:"+path+"?_txlock=immediate")
	if err != nil {
		tb.Fatal(err)
	}
	tx, err := other.BeginTx(tb.Context(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	return func() {
		if err := errors.Join(tx.Rollback(), other.Close()); err != nil {
			tb.Error(err)
		}
	}
}
