package db_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

func TestMembers(t *testing.T) {
	s := dbtest.New(t)
	ahmad, boss := dbtest.Member(t, s, "أحمد", moderation.Moderator), dbtest.Member(t, s, "Boss", moderation.Admin)
	for _, name := range []string{"أحمد", "احمد", "BOSS"} {
		err := s.AddMember(t.Context(), moderation.Member{ID: dbtest.NewID(dbtest.Start), Name: name, Role: moderation.Admin})
		if !errors.Is(err, moderation.ErrNameTaken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.AddMember(t.Context(), moderation.Member{ID: 1, Name: "x", Role: "king"}); err == nil {
		t.Error("an unknown role was stored")
	}
	for name, want := range map[string]moderation.Member{"احمد": ahmad, "boss": boss} {
		if got, err := s.MemberByName(t.Context(), name); err != nil || got != want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if got, err := s.MemberByID(t.Context(), want.ID); err != nil || got != want {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if _, err := s.MemberByName(t.Context(), "nobody"); !errors.Is(err, moderation.ErrNotFound) {
		t.Error(err)
	}
	if list, err := s.Members(t.Context()); err != nil || !slices.Equal(list, []moderation.Member{boss, ahmad}) {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestSaveMember(t *testing.T) {
	s := dbtest.New(t)
	boss, second := dbtest.Member(t, s, "boss", moderation.Admin), dbtest.Member(t, s, "second", moderation.Admin)
	for _, hash := range []string{"keep", "end", "other"} {
		member := boss.ID
		if hash == "other" {
			member = second.ID
		}
		addSession(t, s, hash, member, dbtest.Start)
	}
	boss.PasswordHash, boss.Role, boss.SeenAt = "new", moderation.Moderator, dbtest.Start
	if err := s.SaveMember(t.Context(), boss, "keep"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.MemberByID(t.Context(), boss.ID); err != nil || got != boss {
		t.Errorf("%+v, %v", got, err)
	}
	for hash, ended := range map[string]bool{"keep": false, "end": true, "other": false} {
		if _, _, err := s.SessionByHash(t.Context(), hash, dbtest.Start, dbtest.Start); errors.Is(err, moderation.ErrNotFound) != ended {
			t.Errorf("%s: %v", hash, err)
		}
	}
	demoted, disabled := second, second
	demoted.Role, disabled.Disabled = moderation.Moderator, true
	for _, m := range []moderation.Member{demoted, disabled} {
		if err := s.SaveMember(t.Context(), m, ""); !errors.Is(err, moderation.ErrLastAdmin) {
			t.Errorf("%+v: %v", m, err)
		}
	}
	if _, _, err := s.SessionByHash(t.Context(), "other", dbtest.Start, dbtest.Start); err != nil {
		t.Errorf("a refused change ended a session: %v", err)
	}
	boss.Disabled = true
	if err := s.SaveMember(t.Context(), boss, "keep"); err != nil {
		t.Error(err)
	}
	if _, _, err := s.SessionByHash(t.Context(), "keep", dbtest.Start, dbtest.Start); !errors.Is(err, moderation.ErrNotFound) {
		t.Errorf("a disabled member is signed in: %v", err)
	}
	if err := s.SaveMember(t.Context(), moderation.Member{ID: 99, Role: moderation.Admin}, ""); !errors.Is(err, moderation.ErrNotFound) {
		t.Error(err)
	}
}

func addSession(t *testing.T, s *db.Store, hash string, member moderation.ID, at time.Time) db.Session {
	t.Helper()
	v := db.Session{Hash: hash, MemberID: member, CreatedAt: at, SeenAt: at, ExpiresAt: at.Add(12 * time.Hour), UserAgent: "Test"}
	if err := s.AddSession(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSessions(t *testing.T) {
	s := dbtest.New(t)
	m := dbtest.Member(t, s, "mona", moderation.Moderator)
	v := addSession(t, s, "h1", m.ID, dbtest.Start)
	m.SeenAt = dbtest.Start
	end := v.ExpiresAt
	for _, test := range []struct {
		hash      string
		now, idle time.Time
		ok        bool
	}{
		{"h1", dbtest.Start, dbtest.Start, true},
		{"h1", end.Add(-time.Millisecond), dbtest.Start, true},
		{"h1", end, dbtest.Start, false},
		{"h1", dbtest.Start, dbtest.Start.Add(time.Millisecond), false},
		{"", dbtest.Start, dbtest.Start, false},
		{"h2", dbtest.Start, dbtest.Start, false},
	} {
		got, member, err := s.SessionByHash(t.Context(), test.hash, test.now, test.idle)
		if test.ok && (err != nil || got != v || member != m) || !test.ok && !errors.Is(err, moderation.ErrNotFound) {
			t.Errorf("%+v: %+v, %+v, %v", test, got, member, err)
		}
	}
	later := dbtest.Start.Add(time.Hour)
	for _, now := range []time.Time{later, dbtest.Start} { // the second is older and changes nothing
		if err := s.TouchSession(t.Context(), "h1", now); err != nil {
			t.Fatal(err)
		}
	}
	got, member, err := s.SessionByHash(t.Context(), "h1", later, later)
	if err != nil || !got.SeenAt.Equal(later) || !member.SeenAt.Equal(later) {
		t.Errorf("%+v, %+v, %v", got, member, err)
	}
	addSession(t, s, "h2", m.ID, later.Add(time.Minute))
	list, err := s.SessionsOf(t.Context(), m.ID, later)
	if err != nil || len(list) != 2 || list[0].Hash != "h2" || list[1] != got {
		t.Errorf("%+v, %v", list, err)
	}
	addSession(t, s, "h3", m.ID, end) // h1 has expired now and is removed
	if list, err = s.SessionsOf(t.Context(), m.ID, time.Time{}); err != nil || len(list) != 2 {
		t.Errorf("%+v, %v", list, err)
	}
	if err := errors.Join(s.DeleteSession(t.Context(), "h2"), s.DeleteSession(t.Context(), "none")); err != nil {
		t.Error(err)
	}
	addSession(t, s, "h4", m.ID, end)
	if err := s.DeleteSessionsOf(t.Context(), m.ID, "h4"); err != nil {
		t.Error(err)
	}
	if list, err := s.SessionsOf(t.Context(), m.ID, end); err != nil || len(list) != 1 || list[0].Hash != "h4" {
		t.Errorf("%+v, %v", list, err)
	}
	if err := s.AddSession(t.Context(), db.Session{Hash: "x", MemberID: 99}); err == nil {
		t.Error("a session of nobody was stored")
	}
}
