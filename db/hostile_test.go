package db_test

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

func itoa(n int) string { return strconv.Itoa(n) }

// hostile are texts that have broken SQL, encodings and file formats elsewhere.
var hostile = []string{
	`'; DROP TABLE comments; --`, `" OR ""="`, `' OR '1'='1`, `@id`, `$1`, `?1`, `:name`, `%`, `_`, `\`, `\'`, "`", "/*", "--", "a\nb",
	"\x00", "a\x00b", "\xff\xfe", "\u202e\u2066", "\ufeff", "𝔘", strings.Repeat("م", 300), "{{.}}", "<script>", "NULL", "0x41", "٣", "",
}

func TestHostileTexts(t *testing.T) {
	s := dbtest.New(t)
	a := dbtest.Article(t, s)
	by := dbtest.Member(t, s, "mona", moderation.Moderator)
	for i, text := range hostile {
		c := dbtest.NewComment(a, func(c *moderation.Comment) {
			c.Name, c.Email, c.Website, c.Body, c.Address, c.UserAgent, c.Source = text, text, text, text, text, text, text
		})
		key := text + itoa(i)
		_, _, err := s.AddReply(t.Context(), db.Reply{
			Comment: c, SubmissionKey: key, ContentKey: key, TokenHash: key,
			Takes: []db.Take{{Key: key, Limit: db.Limit{Burst: 1, Every: time.Second}, Now: dbtest.Start}},
		})
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		got, err := s.CommentByToken(t.Context(), key)
		if err != nil || got.Name != text || got.Body != text || got.Email != text || got.Source != text || got.UserAgent != text {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
		change := decide(t, got, moderation.Reject, by)
		change.Entry.Note, change.Entry.Member, change.Entry.Previous = text, text, text
		if _, err := s.SaveChanges(t.Context(), []db.Change{change}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if journal, err := s.Journal(t.Context(), c.ID); err != nil || len(journal) != 1 || journal[0] != change.Entry {
			t.Errorf("%q: %+v, %v", text, journal, err)
		}
		hostileReads(t, s, text)
	}
	noFaults(t, s)
}

// hostileReads gives the text to every parameter that takes one. What is not found
// is no error; nothing else may go wrong.
func hostileReads(t *testing.T, s *db.Store, text string) {
	t.Helper()
	_, _, queue := s.Queue(t.Context(), db.QueueFilter{Author: text, Query: text, Limit: 5})
	_, _, status := s.Queue(t.Context(), db.QueueFilter{Status: moderation.Status(text), Limit: 5})
	_, _, articles := s.Articles(t.Context(), db.ArticleFilter{Section: text, Lang: text, Query: text, Limit: 5})
	_, sections := s.Sections(t.Context(), text, 5)
	_, slug := s.ArticleBySlug(t.Context(), text)
	_, token := s.CommentByToken(t.Context(), text)
	_, member := s.MemberByName(t.Context(), text)
	_, _, session := s.SessionByHash(t.Context(), text, dbtest.Start, dbtest.Start)
	_, selection := s.SelectComments(t.Context(), moderation.Selection{Status: moderation.Status(text)}, 0, 5)
	_, related := s.RelatedCandidates(t.Context(), moderation.Article{Section: text, Lang: text}, 5)
	for i, err := range []error{
		queue, status, articles, sections, slug, token, member, session, selection, related,
		s.TouchSession(t.Context(), text, dbtest.Start), s.DeleteSession(t.Context(), text),
		s.DeleteSessionsOf(t.Context(), 1, text), s.WouldTake(t.Context(), db.Take{Key: text, Now: dbtest.Start}),
	} {
		if err != nil && !errors.Is(err, moderation.ErrNotFound) {
			t.Errorf("%d, %q: %v", i, text, err)
		}
	}
}

// Sixteen writers and four readers at once: nobody is told that the database is
// locked, and nothing is lost.
func TestManyWriters(t *testing.T) {
	path := t.TempDir() + "/radd.db"
	stores := []*db.Store{dbtest.Open(t, path), dbtest.Open(t, path)} // two programs on one file
	a, by := dbtest.Article(t, stores[0]), dbtest.Member(t, stores[0], "mona", moderation.Moderator)
	var wait sync.WaitGroup
	const writers, each = 16, 25
	for n := range writers {
		s := stores[n%2]
		wait.Go(func() {
			for range each {
				dbtest.Decide(t, s, dbtest.Comment(t, s, a), moderation.Approve, by)
				if _, _, err := s.Thread(t.Context(), db.ThreadFilter{ArticleID: a.ID, Limit: 50}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if got, err := stores[1].ArticleByID(t.Context(), a.ID); err != nil || got.Replies != writers*each {
		t.Errorf("%d replies, %v", got.Replies, err)
	}
	noFaults(t, stores[0])
}
