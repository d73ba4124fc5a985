package handlers_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"radd/db/dbtest"
	"radd/moderation"
)

// at is a change for a sample comment: when it came.
func at(when time.Time) func(*moderation.Comment) {
	return func(c *moderation.Comment) {
		c.ID = dbtest.NewID(when)
		c.RootID, c.CreatedAt, c.UpdatedAt = c.ID, when, when
	}
}

func titled(title, slug, lang string) func(*moderation.Article) {
	return func(a *moderation.Article) { a.Title, a.Slug, a.Lang = title, slug, lang }
}

// chosenValues is formValues with what is chosen in lists.
func chosenValues(form *goquery.Selection) url.Values {
	values := formValues(form)
	form.Find("select").Each(func(_ int, list *goquery.Selection) {
		values.Set(list.AttrOr("name", ""), list.Find("option[selected]").AttrOr("value", ""))
	})
	return values
}

// openForm gets the page and returns the values of its form with that action.
func (v *visitor) openForm(page, action string) url.Values {
	v.site.t.Helper()
	form := v.get(page).want(http.StatusOK).doc().Find(`form[action="` + action + `"]`)
	if form.Length() != 1 {
		v.site.t.Fatalf("%s has %d forms for %s", page, form.Length(), action)
	}
	return chosenValues(form)
}

// wantError fails unless the field has a message of its own.
func (a *answer) wantError(field string) *answer {
	a.t.Helper()
	if a.doc().Find("#"+field+"-error").Length() != 1 {
		a.t.Errorf("the field %s has no message", field)
	}
	return a
}

// wantNotice follows a redirect and fails unless the page tells that it is done.
func (v *visitor) wantNotice(a *answer) *goquery.Document {
	v.site.t.Helper()
	doc := v.get(a.want(http.StatusSeeOther).location()).want(http.StatusOK).doc()
	if doc.Find(".notice-good").Length() != 1 {
		v.site.t.Errorf("%s does not tell that it is done", a.location())
	}
	return doc
}

// wantEvent fails unless the newest administrative act is this one.
func (s *site) wantEvent(t *testing.T, kind, detail string) {
	t.Helper()
	events, _, err := s.store.Events(t.Context(), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(events) == 0 || events[0].Kind != kind || events[0].Detail != detail || events[0].MemberID == 0 {
		t.Errorf("the log ends with %+v, want %s %q", events, kind, detail)
	}
}
