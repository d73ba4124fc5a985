package handlers_test

import (
	"net/http"
	"net/url"
	"testing"

	"radd/moderation"
)

const otherPassword = "quite another test passphrase"

// memberNamed returns the stored member.
func (s *site) memberNamed(name string) moderation.Member {
	s.t.Helper()
	m, err := s.store.MemberByName(s.t.Context(), name)
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

// signIn tries to sign in and returns the status.
func (v *visitor) signIn(name, password string) int {
	v.site.t.Helper()
	return v.post("/login", url.Values{"username": {name}, "password": {password}}).status
}

func TestMemberIsAdded(t *testing.T) {
	s := newSite(t)
	v := s.signedIn(moderation.Admin)
	values := v.openForm("/admin/users", "/admin/users")
	if values.Get("role") != "moderator" {
		t.Errorf("the form offers %q", values.Get("role"))
	}
	values.Set("name", "ليلى")
	values.Set("password", otherPassword)
	v.wantNotice(v.post("/admin/users", values))
	s.wantEvent(t, "member_added", "ليلى role=moderator")
	if status := s.visitor().signIn("ليلى", otherPassword); status != http.StatusSeeOther {
		t.Errorf("the new member gets %d", status)
	}
	for name, c := range map[string]struct{ field, value string }{
		"no name": {"name", " "}, "a name that exists in another spelling": {"name", "لَيلي"}, "short password": {"password", "short"},
		"common password": {"password", "passwordpassword"}, "unknown role": {"role", "owner"},
	} {
		t.Run(name, func(t *testing.T) {
			typed := url.Values{"name": {"Karim"}, "password": {otherPassword}, "role": {"admin"}}
			typed.Set(c.field, c.value)
			a := v.post("/admin/users", typed).want(http.StatusUnprocessableEntity).wantError(c.field)
			kept := chosenValues(a.doc().Find(`form[action="/admin/users"]`))
			if kept.Get("password") != "" {
				t.Error("a password came back")
			}
			if c.field != "name" && kept.Get("name") != "Karim" {
				t.Errorf("the name became %q", kept.Get("name"))
			}
		})
	}
}

func TestMemberChangesEndSessions(t *testing.T) {
	s := newSite(t)
	admin, desk := s.signedIn(moderation.Admin), s.visitor()
	s.addMember("salma", moderation.Moderator)
	path := "/admin/users/" + s.memberNamed("salma").ID.String()
	for _, step := range []struct {
		name, path, event, detail string
		values                    url.Values
		password                  string // with which she signs in afterwards
		signIn                    int
	}{
		{"role", path, "member_changed", "salma role=admin", url.Values{"role": {"admin"}}, testPassword, http.StatusSeeOther},
		{
			"password", path + "/password", "password_changed", "salma",
			url.Values{"password": {otherPassword}},
			otherPassword, http.StatusSeeOther,
		},
		{"sessions", path + "/sessions/end", "member_changed", "salma sessions=ended", nil, otherPassword, http.StatusSeeOther},
		{"disable", path + "/disable", "member_changed", "salma disabled=true", nil, otherPassword, http.StatusUnauthorized},
		{"enable", path + "/enable", "member_changed", "salma disabled=false", nil, otherPassword, http.StatusSeeOther},
	} {
		before := testPassword
		if step.name == "sessions" || step.name == "disable" {
			before = otherPassword
		}
		if step.name != "enable" && desk.signIn("salma", before) != http.StatusSeeOther {
			t.Fatalf("before %s she cannot sign in", step.name)
		}
		admin.wantNotice(admin.post(step.path, step.values))
		s.wantEvent(t, step.event, step.detail)
		if a := desk.get("/moderation"); a.status != http.StatusSeeOther {
			t.Errorf("after %s her session still works: %d", step.name, a.status)
		}
		if got := s.visitor().signIn("salma", step.password); got != step.signIn {
			t.Errorf("after %s signing in gives %d, want %d", step.name, got, step.signIn)
		}
	}
	if got := s.visitor().signIn("salma", testPassword); got != http.StatusUnauthorized {
		t.Errorf("the old password gives %d", got)
	}
}

func TestLastAdministratorStays(t *testing.T) {
	s := newSite(t)
	v := s.signedIn(moderation.Admin)
	members, err := s.store.Members(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := "/admin/users/" + members[0].ID.String()
	v.post(path, url.Values{"role": {"moderator"}}).want(http.StatusUnprocessableEntity).wantError("role")
	v.post(path, url.Values{"role": {"owner"}}).want(http.StatusUnprocessableEntity).wantError("role")
	v.post(path+"/password", url.Values{"password": {otherPassword}}).want(http.StatusForbidden)
	refused := v.post(path+"/disable", nil).want(http.StatusUnprocessableEntity)
	if refused.doc().Find(`.notice-bad[role="alert"]`).Length() != 1 {
		t.Error("nothing says why")
	}
	v.wantNotice(v.post(path+"/sessions/end", nil)) // and one's own session goes on
	v.get(path).want(http.StatusOK)

	s.signedIn(moderation.Admin) // a second one: now the first may step back
	a := v.post(path, url.Values{"role": {"moderator"}}).want(http.StatusSeeOther)
	if a.location() != "/moderation" {
		t.Errorf("a moderator is sent to %s", a.location())
	}
	v.get("/moderation").want(http.StatusOK)
	v.get(path).want(http.StatusForbidden)
	v.get("/admin/users/1").want(http.StatusForbidden)
}

func TestUnknownMembers(t *testing.T) {
	s := newSite(t)
	v := s.signedIn(moderation.Admin)
	v.get("/admin/users/1").want(http.StatusNotFound)
	for _, door := range []string{"", "/password", "/disable", "/enable", "/sessions/end"} {
		v.post("/admin/users/1"+door, url.Values{}).want(http.StatusNotFound)
		v.post("/admin/users/salma"+door, url.Values{}).want(http.StatusNotFound)
	}
}
