package db_test

import (
	"bytes"
	"errors"
	"sync"
	"testing"
	"time"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

func TestSettings(t *testing.T) {
	s := dbtest.New(t)
	got, err := s.Settings(t.Context())
	if err != nil || got != moderation.DefaultSettings() {
		t.Errorf("%+v, %v", got, err)
	}
	want := got
	want.SiteNameAr, want.MaxLinks, want.TimeZone, want.Mode = "الجريدة", 5, "Asia/Baghdad", moderation.ModeAfter
	if err := s.SaveSettings(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	if got, err = s.Settings(t.Context()); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	for name, change := range map[string]func(*moderation.Settings){
		"zero": func(v *moderation.Settings) { *v = moderation.Settings{} },
		"zone": func(v *moderation.Settings) { v.TimeZone = "Moon/Crater" },
		"mode": func(v *moderation.Settings) { v.Mode = moderation.ModeDefault },
	} {
		wrong := want
		change(&wrong)
		var problems moderation.Problems
		if err := s.SaveSettings(t.Context(), wrong); !errors.As(err, &problems) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Writer().ExecContext(t.Context(), `UPDATE settings SET value = '{"MaxLinks": 7}'`); err != nil {
		t.Fatal(err)
	}
	want = moderation.DefaultSettings()
	want.MaxLinks = 7
	if got, err := s.Settings(t.Context()); err != nil || got != want {
		t.Errorf("what an older release stored: %+v, %v", got, err)
	}
	if _, err := s.Writer().ExecContext(t.Context(), `UPDATE settings SET value = 'x'`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Settings(t.Context()); err == nil {
		t.Error("damaged settings were read")
	}
}

func TestKey(t *testing.T) {
	path := t.TempDir() + "/radd.db"
	s := dbtest.Open(t, path)
	var wait sync.WaitGroup
	keys := make([][]byte, 20)
	for i := range keys {
		wait.Go(func() {
			key, err := s.Key(t.Context(), []string{"forms", "tokens"}[i%2])
			if err != nil {
				t.Error(err)
			}
			keys[i] = key
		})
	}
	wait.Wait()
	for i, key := range keys {
		if len(key) != 32 || !bytes.Equal(key, keys[i%2]) {
			t.Errorf("key %d: %x", i, key)
		}
	}
	if bytes.Equal(keys[0], keys[1]) {
		t.Error("two names, one key")
	}
	if again, err := dbtest.Open(t, path).Key(t.Context(), "forms"); err != nil || !bytes.Equal(again, keys[0]) {
		t.Errorf("%x, %v", again, err)
	}
	if _, err := s.Key(t.Context(), ""); err == nil {
		t.Error("a key without a name was made")
	}
}

func TestEvents(t *testing.T) {
	s := dbtest.New(t)
	m := dbtest.Member(t, s, "mona", moderation.Admin)
	var want []db.Event
	for i := range 11 {
		at := dbtest.Start.Add(time.Duration(i) * time.Second)
		e := db.Event{ID: dbtest.NewID(at), At: at, Kind: "sign_in_failed", Detail: "mona"}
		if i%2 == 0 {
			e.MemberID, e.Member, e.Kind = m.ID, m.Name, "export"
		}
		if err := s.AddEvent(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		want = append([]db.Event{e}, want...)
	}
	var got []db.Event
	for more, after := true, moderation.ID(0); more; after = got[len(got)-1].ID {
		var page []db.Event
		var err error
		if page, more, err = s.Events(t.Context(), after, 4); err != nil || len(page) == 0 {
			t.Fatal(page, err)
		}
		got = append(got, page...)
	}
	for i := range want {
		if len(got) != len(want) || got[i] != want[i] {
			t.Fatalf("%+v\nwant %+v", got, want)
		}
	}
	for _, wrong := range []db.Event{{Kind: "export"}, {ID: 5}, {ID: 6, Kind: "export", MemberID: 99}} {
		if err := s.AddEvent(t.Context(), wrong); err == nil {
			t.Errorf("stored %+v", wrong)
		}
	}
}
