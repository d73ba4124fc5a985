package db_test

import (
	"slices"
	"strings"
	"testing"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

// wholeTable are the statements that are meant to read whole tables: those of Check,
// and the list of a handful of members.
var wholeTable = []string{
	"ORDER BY c.id, d.version", "LEFT JOIN comments p ON", "a.replies, (SELECT COUNT", "FROM members m ORDER", "role = 'admin'",
}

// Every statement that any test of this package runs must find its rows by a key.
// It runs the statements with the most combinations itself; the others come from the
// tests before it.
func TestPlans(t *testing.T) {
	s := dbtest.New(t)
	for _, status := range append(moderation.Statuses(), "") {
		for _, article := range []moderation.ID{0, 1} {
			for _, author := range []string{"", "a@b", "a"} {
				for _, query := range []string{"", "word"} {
					_, _, err := s.Queue(t.Context(), db.QueueFilter{Status: status, ArticleID: article, Author: author, Query: query})
					if err != nil {
						t.Error(err)
					}
				}
			}
			_, err := s.SelectComments(t.Context(), moderation.Selection{Status: status, ArticleID: article}, 0, 1)
			if err != nil {
				t.Error(err)
			}
		}
	}
	texts := db.BoundTexts()
	for text, query := range texts {
		if strings.Contains(text, "PRAGMA") || strings.Contains(text, "VACUUM") {
			continue
		}
		steps := plan(t, s, query)
		whole := slices.ContainsFunc(wholeTable, func(part string) bool { return strings.Contains(text, part) })
		for _, step := range steps {
			if scan := strings.HasPrefix(step, "SCAN ") && !harmless(step); scan && !whole {
				t.Errorf("%s\n\t%s", text, strings.Join(steps, "\n\t"))
			}
			sorted := strings.Contains(step, "USE TEMP B-TREE FOR ORDER BY")
			if sorted && strings.Contains(text, "comments") && !strings.Contains(text, "ORDER BY 1") {
				t.Errorf("sorted by hand: %s\n\t%s", text, strings.Join(steps, "\n\t"))
			}
		}
	}
	t.Logf("%d statements", len(texts))
}

// harmless tells the steps that read what was found already, the full-text index by
// its own key, or constants.
func harmless(step string) bool {
	for _, part := range []string{"CONSTANT ROW", "VIRTUAL TABLE INDEX", "SCAN some", "(subquery", "goose_db_version", "SCAN w "} {
		if strings.Contains(step, part) {
			return true
		}
	}
	return false
}

func plan(t *testing.T, s *db.Store, query string) []string {
	t.Helper()
	values := make([]any, 600)
	for n := len(values); n >= 0; n-- {
		if strings.Contains(query, "$"+itoa(n)) || n == 0 {
			values = values[:n]
			break
		}
	}
	rows, err := s.Writer().QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, values...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	return steps
}
