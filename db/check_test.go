package db_test

import (
	"strings"
	"testing"

	"radd/db/dbtest"
	"radd/moderation"
)

// Check must see each kind of damage, so each is done here once.
func TestCheckFindsFaults(t *testing.T) {
	for name, test := range map[string]struct{ damage, fault string }{
		"status":    {`UPDATE comments SET status = 'spam' WHERE status = 'approved'`, "by the journal approved"},
		"version":   {`UPDATE comments SET version = 9 WHERE status = 'approved'`, "has version 9"},
		"arrival":   {`UPDATE comments SET arrival = 'spam' WHERE status = 'approved'`, "begins at pending"},
		"count":     {`UPDATE articles SET replies = 7`, "counts 7 replies and has 1"},
		"entry":     {`DROP TRIGGER decisions_stay; DELETE FROM decisions`, "by the journal pending"},
		"gap":       {`DROP TRIGGER decisions_stand; UPDATE decisions SET version = 4 WHERE version = 3`, "made version 4 after version 2"},
		"reference": {`PRAGMA foreign_keys = OFF; DELETE FROM articles`, "does not exist"},
		"thread":    {`UPDATE comments SET root_id = 5 WHERE status = 'pending'`, "does not stand in the thread"},
		"words": {`DROP TRIGGER comments_words_before_update;
			UPDATE comments SET folded = 'x' WHERE status = 'pending'`, "comments_words"},
		"index": {`PRAGMA writable_schema = ON;
			UPDATE sqlite_schema SET sql = replace(sql, '(status, id)', '(name, id)') WHERE name = 'comments_status';
			PRAGMA writable_schema = RESET`, "comments_status"},
	} {
		t.Run(name, func(t *testing.T) {
			path := t.TempDir() + "/radd.db"
			s := dbtest.Open(t, path)
			a, by := dbtest.Article(t, s), dbtest.Member(t, s, "mona", moderation.Moderator)
			c := dbtest.Decide(t, s, dbtest.Comment(t, s, a), moderation.Reject, by)
			dbtest.Decide(t, s, c, moderation.Approve, by)
			dbtest.Comment(t, s, a)
			noFaults(t, s)
			if _, err := s.Writer().ExecContext(t.Context(), test.damage); err != nil {
				t.Fatal(err)
			}
			r, err := dbtest.Open(t, path).Check(t.Context())
			if err != nil || !strings.Contains(strings.Join(r.Faults, "\n"), test.fault) {
				t.Errorf("%+v, %v, want %q", r, err, test.fault)
			}
		})
	}
}

func TestCheckCounts(t *testing.T) {
	s := dbtest.New(t)
	if r := noFaults(t, s); r.Articles+r.Comments+r.Decisions != 0 {
		t.Errorf("%+v", r)
	}
	a := dbtest.Article(t, s)
	dbtest.Decide(t, s, dbtest.Comment(t, s, a), moderation.Approve, dbtest.Member(t, s, "mona", moderation.Moderator))
	dbtest.Comment(t, s, a)
	if r := noFaults(t, s); r.Articles != 1 || r.Comments != 2 || r.Decisions != 1 {
		t.Errorf("%+v", r)
	}
}
