package handlers_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"radd/moderation"
)

func passwordForm(current, next, repeat string) url.Values {
	return url.Values{"current": {current}, "new": {next}, "repeat": {repeat}}
}

func TestOwnPasswordIsChanged(t *testing.T) {
	s := newSite(t)
	s.addMember("salma", moderation.Moderator)
	here, elsewhere := s.visitor(), s.visitor()
	here.signIn("salma", testPassword)
	elsewhere.signIn("salma", testPassword)
	if n := here.get("/account").want(http.StatusOK).doc().Find(".sessions li").Length(); n != 2 {
		t.Errorf("%d sessions of two", n)
	}
	for name, c := range map[string]struct {
		values url.Values
		field  string
	}{
		"wrong now":    {passwordForm("not the password", otherPassword, otherPassword), "current"},
		"not the same": {passwordForm(testPassword, otherPassword, otherPassword+"x"), "repeat"},
		"short":        {passwordForm(testPassword, "short", "short"), "new"},
		"own name":     {passwordForm(testPassword, "salmasalmasalma", "salmasalmasalma"), "new"},
	} {
		t.Run(name, func(t *testing.T) {
			a := here.post("/account/password", c.values).want(http.StatusUnprocessableEntity).wantError(c.field)
			for _, field := range a.doc().Find(`input[type="password"]`).EachIter() {
				if field.AttrOr("value", "") != "" {
					t.Error("a password came back")
				}
			}
		})
	}
	here.wantNotice(here.post("/account/password", passwordForm(testPassword, otherPassword, otherPassword)))
	s.wantEvent(t, "password_changed", "salma")
	elsewhere.get("/account").want(http.StatusSeeOther)
	if got := s.visitor().signIn("salma", testPassword); got != http.StatusUnauthorized {
		t.Errorf("the old password gives %d", got)
	}
	if got := s.visitor().signIn("salma", otherPassword); got != http.StatusSeeOther {
		t.Errorf("the new password gives %d", got)
	}
}

func TestOwnPasswordCannotBeGuessed(t *testing.T) {
	s := newSite(t)
	v := s.signedIn(moderation.Moderator)
	for range 5 {
		v.post("/account/password", passwordForm("a guess", otherPassword, otherPassword)).want(http.StatusUnprocessableEntity)
	}
	a := v.post("/account/password", passwordForm(testPassword, otherPassword, otherPassword)).want(http.StatusTooManyRequests)
	if a.wantError("current").header.Get("Retry-After") != "60" {
		t.Errorf("Retry-After: %q", a.header.Get("Retry-After"))
	}
	s.pass(time.Minute)
	v.wantNotice(v.post("/account/password", passwordForm(testPassword, otherPassword, otherPassword)))
}

func TestOwnOtherSessionsEnd(t *testing.T) {
	s := newSite(t)
	s.addMember("salma", moderation.Moderator)
	here, elsewhere := s.visitor(), s.visitor()
	here.signIn("salma", testPassword)
	elsewhere.signIn("salma", testPassword)
	here.wantNotice(here.post("/account/sessions/end", nil))
	here.get("/account").want(http.StatusOK)
	elsewhere.get("/account").want(http.StatusSeeOther)
	if here.get("/account?done=member_added").want(http.StatusOK).doc().Find(".notice-good").Length() != 0 {
		t.Error("the page says what another page's form did")
	}
}
