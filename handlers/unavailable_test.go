package handlers_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"radd/db/dbtest"
	"radd/moderation"
)

// TestBusyDatabaseKeepsTheText sends a reply while another program holds the
// database, as it looks when the disk is full too: nothing is stored, nothing lost.
func TestBusyDatabaseKeepsTheText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "radd.db")
	s := newSiteOn(t, dbtest.Open(t, path))
	s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	v := s.visitor()
	form := v.replyValues("garden", "Do not lose this")
	release := dbtest.Hold(t, path)
	refused := v.post(repliesPath("garden"), form).want(http.StatusServiceUnavailable)
	if refused.header.Get("Retry-After") == "" || !strings.Contains(refused.doc().Find("#reply textarea").Text(), "Do not lose this") {
		t.Errorf("Retry-After %q, or the text is gone", refused.header.Get("Retry-After"))
	}
	release()
	v.post(repliesPath("garden"), form).want(http.StatusSeeOther)
}
