package db_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

// decide makes the change that the action on c is.
func decide(t *testing.T, c moderation.Comment, action moderation.Action, by moderation.Member) db.Change {
	t.Helper()
	after, entry, err := moderation.Decide(c, action, c.Version,
		moderation.Act{ID: dbtest.NewID(dbtest.Start), By: by, At: dbtest.Start, Note: "a note"})
	if err != nil {
		t.Fatal(err)
	}
	return db.Change{After: after, Seen: c.Version, Entry: entry}
}

func TestSaveChanges(t *testing.T) {
	s := dbtest.New(t)
	a, by := dbtest.Article(t, s), dbtest.Member(t, s, "mona", moderation.Moderator)
	c := dbtest.Comment(t, s, a)
	approve := decide(t, c, moderation.Approve, by)
	if conflicts, err := s.SaveChanges(t.Context(), []db.Change{approve}); err != nil || conflicts != nil {
		t.Fatal(conflicts, err)
	}
	got, err := s.CommentByID(t.Context(), c.ID)
	if err != nil || !reflect.DeepEqual(got, approve.After) {
		t.Errorf("%+v, %v\nwant %+v", got, err, approve.After)
	}
	journal, err := s.Journal(t.Context(), c.ID)
	if err != nil || len(journal) != 1 || journal[0] != approve.Entry {
		t.Errorf("%+v, %v\nwant %+v", journal, err, approve.Entry)
	}
	conflicts, err := s.SaveChanges(t.Context(), []db.Change{decide(t, c, moderation.MarkSpam, by)})
	if err != nil || len(conflicts) != 1 || !reflect.DeepEqual(conflicts[0].Current, got) || conflicts[0].Latest != approve.Entry {
		t.Errorf("%+v, %v", conflicts, err)
	}
	article, err := s.ArticleByID(t.Context(), a.ID)
	if err != nil || article.Replies != 1 {
		t.Errorf("%d replies, %v", article.Replies, err)
	}
	for _, id := range []moderation.ID{approve.Entry.ID, approve.Entry.BatchID} {
		if list, err := s.Decisions(t.Context(), id); err != nil || len(list) != 1 || list[0] != approve.Entry {
			t.Errorf("%+v, %v", list, err)
		}
	}
	if _, err := s.Decisions(t.Context(), c.ID); !errors.Is(err, moderation.ErrNotFound) {
		t.Error(err)
	}
	noFaults(t, s)
}

func TestSaveChangesRefusesAsAWhole(t *testing.T) {
	s := dbtest.New(t)
	a, by := dbtest.Article(t, s), dbtest.Member(t, s, "mona", moderation.Moderator)
	c := dbtest.Comment(t, s, a)
	good, missing, wrong, elsewhere := decide(t, c, moderation.Approve, by), decide(t, dbtest.NewComment(a), moderation.Approve, by),
		decide(t, c, moderation.Approve, by), decide(t, c, moderation.Approve, by)
	wrong.Entry.To = moderation.Spam
	elsewhere.Entry.From = moderation.Spam
	if _, err := s.SaveChanges(t.Context(), []db.Change{good, missing}); !errors.Is(err, moderation.ErrNotFound) {
		t.Errorf("a comment that does not exist: %v", err)
	}
	for _, change := range []db.Change{wrong, elsewhere} {
		if _, err := s.SaveChanges(t.Context(), []db.Change{change}); err == nil {
			t.Errorf("stored %+v", change.Entry)
		}
	}
	if got, err := s.CommentByID(t.Context(), c.ID); err != nil || got.Status != moderation.Pending {
		t.Errorf("%+v, %v", got, err)
	}
	if conflicts, err := s.SaveChanges(t.Context(), nil); err != nil || conflicts != nil {
		t.Error(conflicts, err)
	}
}

func TestBulkAndUndo(t *testing.T) {
	s := dbtest.New(t)
	a, by := dbtest.Article(t, s), dbtest.Member(t, s, "mona", moderation.Moderator)
	batch := dbtest.NewID(dbtest.Start)
	var changes []db.Change
	for range 500 {
		c := dbtest.Comment(t, s, a)
		change := decide(t, c, moderation.Approve, by)
		change.Entry.BatchID = batch
		changes = append(changes, change)
	}
	taken := changes[7].After
	before := taken
	before.Version, before.Status = 1, moderation.Pending
	dbtest.Decide(t, s, before, moderation.Reject, by)
	conflicts, err := s.SaveChanges(t.Context(), changes)
	if err != nil || len(conflicts) != 1 || conflicts[0].Current.ID != taken.ID || conflicts[0].Latest.Member != "mona" {
		t.Fatal(len(conflicts), err)
	}
	if got, err := s.ArticleByID(t.Context(), a.ID); err != nil || got.Replies != 499 {
		t.Errorf("%d replies, %v", got.Replies, err)
	}
	entries, err := s.Decisions(t.Context(), batch)
	if err != nil || len(entries) != 499 {
		t.Fatal(len(entries), err)
	}
	var ids []moderation.ID
	for _, e := range entries {
		ids = append(ids, e.CommentID)
	}
	latest, err := s.LatestDecisions(t.Context(), append(ids, 99))
	if err != nil || len(latest) != 499 || latest[ids[3]] != entries[3] {
		t.Errorf("%d, %v", len(latest), err)
	}
	comments, err := s.CommentsByIDs(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	var undone []db.Change
	for _, c := range comments {
		after, entry, err := moderation.Undo(c, latest[c.ID], moderation.Act{ID: dbtest.NewID(dbtest.Start), By: by, At: dbtest.Start})
		if err != nil {
			t.Fatal(err)
		}
		undone = append(undone, db.Change{After: after, Seen: c.Version, Entry: entry})
	}
	if conflicts, err := s.SaveChanges(t.Context(), undone); err != nil || conflicts != nil {
		t.Fatal(conflicts, err)
	}
	if got, err := s.ArticleByID(t.Context(), a.ID); err != nil || got.Replies != 0 {
		t.Errorf("%d replies, %v", got.Replies, err)
	}
	if r := noFaults(t, s); r.Decisions != 999 || r.Comments != 500 {
		t.Errorf("%+v", r)
	}
}

func TestAuthorRevisesAndWithdraws(t *testing.T) {
	s := dbtest.New(t)
	a := dbtest.Article(t, s)
	c, other := dbtest.Comment(t, s, a), dbtest.Comment(t, s, a)
	revise := func(c moderation.Comment, body string) db.Change {
		after, entry, err := moderation.ReviseText(c, body, moderation.Verdict{Status: moderation.Pending}, c.Version,
			moderation.Act{ID: dbtest.NewID(dbtest.Start), At: dbtest.Start})
		if err != nil {
			t.Fatal(err)
		}
		return db.Change{After: after, Seen: c.Version, Entry: entry, ContentKey: moderation.ContentKey(after)}
	}
	if _, err := s.SaveChanges(t.Context(), []db.Change{revise(c, other.Body)}); !errors.Is(err, moderation.ErrDuplicate) {
		t.Errorf("the text of another comment: %v", err)
	}
	change := revise(c, "جملةٌ أخرى")
	if conflicts, err := s.SaveChanges(t.Context(), []db.Change{change}); err != nil || conflicts != nil {
		t.Fatal(conflicts, err)
	}
	got, err := s.CommentByID(t.Context(), c.ID)
	if err != nil || !reflect.DeepEqual(got, change.After) || got.Body != "جملةٌ أخرى" {
		t.Errorf("%+v, %v\nwant %+v", got, err, change.After)
	}
	for query, n := range map[string]int{"جمله اخري": 1, c.Body: 0} {
		if page, _, err := s.Queue(t.Context(), db.QueueFilter{Query: query, Limit: 5}); err != nil || len(page) != n {
			t.Errorf("%q: %d, %v", query, len(page), err)
		}
	}
	after, entry, err := moderation.TakeBack(got, moderation.Act{ID: dbtest.NewID(dbtest.Start), At: dbtest.Start})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveChanges(t.Context(), []db.Change{{After: after, Seen: got.Version, Entry: entry}}); err != nil {
		t.Fatal(err)
	}
	again := dbtest.NewComment(a, func(c *moderation.Comment) { c.Body = got.Body })
	if _, fresh, err := s.AddReply(t.Context(), db.Reply{Comment: again, ContentKey: moderation.ContentKey(again)}); err != nil || !fresh {
		t.Errorf("the withdrawn text again: %v, %v", fresh, err)
	}
	noFaults(t, s)
}

// Each of 400 decisions is either in the journal or was answered with a conflict.
func TestConflictingDecisions(t *testing.T) {
	for _, deciders := range []int{2, 8} {
		s := dbtest.New(t)
		a := dbtest.Article(t, s)
		var ids []moderation.ID
		for range 5 {
			ids = append(ids, dbtest.Comment(t, s, a).ID)
		}
		var wait sync.WaitGroup
		var done, conflicted atomic.Int64
		for n := range deciders {
			by := dbtest.Member(t, s, "member"+string(rune('a'+n)), moderation.Moderator)
			wait.Go(func() {
				actions := []moderation.Action{moderation.Approve, moderation.Reject, moderation.MarkSpam, moderation.Hold}
				for range 400 / deciders {
					c, err := s.CommentByID(t.Context(), ids[rand.IntN(len(ids))])
					if err != nil {
						t.Error(err)
						return
					}
					conflicts, err := s.SaveChanges(t.Context(), []db.Change{decide(t, c, actions[rand.IntN(4)], by)})
					if err != nil {
						t.Error(err)
						return
					}
					done.Add(int64(1 - len(conflicts)))
					conflicted.Add(int64(len(conflicts)))
				}
			})
		}
		wait.Wait()
		r := noFaults(t, s)
		if done.Load()+conflicted.Load() != 400 || r.Decisions != done.Load() {
			t.Errorf("%d deciders: %d done, %d conflicts, %d entries", deciders, done.Load(), conflicted.Load(), r.Decisions)
		}
		t.Logf("%d deciders: %d done, %d conflicts", deciders, done.Load(), conflicted.Load())
		for _, id := range ids {
			c, err := s.CommentByID(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			journal, err := s.Journal(t.Context(), id)
			if err != nil || moderation.Replay(c.Arrival, journal) != c.Status || int64(len(journal)) != c.Version-1 {
				t.Errorf("%s, %d entries: %+v, %v", c.Status, len(journal), c, err)
			}
		}
	}
}

func TestJournalIsAppendOnly(t *testing.T) {
	s := dbtest.New(t)
	c := dbtest.Comment(t, s, dbtest.Article(t, s))
	dbtest.Decide(t, s, c, moderation.Approve, dbtest.Member(t, s, "mona", moderation.Moderator))
	for _, text := range []string{"DELETE FROM decisions", "UPDATE decisions SET to_status = 'spam'"} {
		if _, err := s.Writer().ExecContext(t.Context(), text); err == nil {
			t.Errorf("%s passed", text)
		}
	}
}

func TestLog(t *testing.T) {
	s := dbtest.New(t)
	a := dbtest.Article(t, s)
	members := []moderation.Member{
		dbtest.Member(t, s, "mona", moderation.Moderator), dbtest.Member(t, s, "omar", moderation.Admin),
	}
	for i := range 23 {
		dbtest.Decide(t, s, dbtest.Comment(t, s, a), moderation.Reject, members[i%2])
	}
	for member, want := range map[moderation.ID]int{0: 23, members[0].ID: 12, members[1].ID: 11, 99: 0} {
		f := db.LogFilter{MemberID: member, Limit: 5}
		var n int
		for more := true; more; {
			var page []db.LogEntry
			var err error
			if page, more, err = s.Log(t.Context(), f); err != nil {
				t.Fatal(err)
			}
			for _, e := range page {
				if f.After != 0 && e.ID >= f.After || e.AuthorName != "Salma" || e.ArticleTitle != a.Title {
					t.Errorf("%+v", e)
				}
				f.After = e.ID
				n++
			}
		}
		if n != want {
			t.Errorf("member %d: %d entries, want %d", member, n, want)
		}
	}
}
