package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

func TestLogOfDecisions(t *testing.T) {
	s := newSite(t)
	article := dbtest.Article(t, s.store)
	salma, karim := s.addMember("salma", moderation.Moderator), s.addMember("karim", moderation.Moderator)
	for range 60 {
		dbtest.Decide(t, s.store, dbtest.Comment(t, s.store, article), moderation.Approve, salma)
	}
	comment := dbtest.Comment(t, s.store, article, dbtest.Author("Reader", "reader@example.org"))
	comment = dbtest.Decide(t, s.store, comment, moderation.Approve, salma)
	dbtest.Decide(t, s.store, comment, moderation.Reject, karim)
	v := s.signedIn(moderation.Admin)
	first := v.get("/admin/log").want(http.StatusOK)
	rows := first.doc().Find(`tr[id^="decision-"]`)
	if rows.Length() != 50 || !strings.Contains(rows.First().Text(), "karim") || !strings.Contains(rows.First().Text(), "Reader") {
		t.Fatalf("%d rows, the first is %q", rows.Length(), rows.First().Text())
	}
	if strings.Contains(first.body, "reader@") {
		t.Error("the log shows an e-mail address")
	}
	if rows.Eq(1).Find("form").Length() != 0 {
		t.Error("a decision that another one followed is offered to be taken back")
	}
	v.post(rows.First().Find("form").AttrOr("action", ""), formValues(rows.First().Find("form"))).want(http.StatusSeeOther)
	if c, err := s.store.CommentByID(t.Context(), comment.ID); err != nil || c.Status != moderation.Approved {
		t.Errorf("taken back it is %s, %v", c.Status, err)
	}
	second := v.get(first.doc().Find(`a[rel="next"]`).AttrOr("href", "")).want(http.StatusOK).doc()
	if n := second.Find(`tr[id^="decision-"]`).Length(); n != 12 {
		t.Errorf("%d rows on the second page", n)
	}
	if n := v.get("/admin/log?member=" + karim.ID.String()).want(http.StatusOK).doc().Find(`tr[id^="decision-"]`).Length(); n != 1 {
		t.Errorf("%d decisions by karim", n)
	}
	v.get("/admin/log?member=x&after=y").want(http.StatusOK)
}

func TestLogOfActs(t *testing.T) {
	s := newSite(t)
	admin := s.addMember("mona", moderation.Admin)
	for range 60 {
		err := s.store.AddEvent(t.Context(), db.Event{
			ID: dbtest.NewID(s.clock()), At: s.clock(), MemberID: admin.ID, Member: "mona", Kind: "export", Detail: "format=csv",
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	v := s.signedIn(moderation.Admin)
	first := v.get("/admin/log?acts=1").want(http.StatusOK).doc()
	if rows := first.Find("tbody tr"); rows.Length() != 50 || !strings.Contains(rows.Eq(5).Text(), "format=csv") {
		t.Errorf("%d acts: %q", rows.Length(), rows.Eq(5).Text())
	}
	second := v.get(first.Find(`a[rel="next"]`).AttrOr("href", "")).want(http.StatusOK).doc()
	if n := second.Find("tbody tr").Length(); n != 11 { // signing in is one more
		t.Errorf("%d acts on the second page", n)
	}
}
