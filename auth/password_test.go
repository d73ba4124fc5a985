package auth_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"radd/auth"
)

func TestPasswordIsCheckedAgainstItsHash(t *testing.T) {
	hash, err := auth.HashPassword(t.Context(), "كلمة مرور طويلة جدًا")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash is %s", hash)
	}
	for password, want := range map[string]bool{"كلمة مرور طويلة جدًا": true, "كلمة مرور طويلة": false, "": false} {
		if ok, err := auth.CheckPassword(t.Context(), hash, password); ok != want || err != nil {
			t.Errorf("%q: %v, %v", password, ok, err)
		}
	}
	other, err := auth.HashPassword(t.Context(), "كلمة مرور طويلة جدًا")
	if err != nil || other == hash {
		t.Errorf("the same password has the same hash twice, %v", err)
	}
}

func TestUnusableHashes(t *testing.T) {
	if ok, err := auth.CheckPassword(t.Context(), "", ""); ok || err != nil {
		t.Errorf("an empty hash matches: %v, %v", ok, err)
	}
	for _, hash := range []string{
		"x", "$2b$12$abc", "$argon2id$v=16$m=1,t=1,p=1$AA$AA", "$argon2id$v=19$m=x$AA$AA",
		"$argon2id$v=19$m=8,t=1,p=1$!!$AA", "$argon2id$v=19$m=8,t=1,p=1$AA$!!",
	} {
		if ok, err := auth.CheckPassword(t.Context(), hash, "x"); ok || err == nil {
			t.Errorf("%s: %v, %v", hash, ok, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 { // a free seat and the ended context are both ready: one of the draws is the context's
		if _, err := auth.HashPassword(ctx, "x"); errors.Is(err, context.Canceled) {
			return
		}
	}
	t.Error("an ended request is hashed all the same")
}

func TestPasswordProblems(t *testing.T) {
	for _, test := range []struct {
		password, name, want string
		limit                int
	}{
		{"short", "", "password_short", 12},
		{"حروف", "", "password_short", 12},
		{strings.Repeat("long", 300), "", "password_long", 1024},
		{"not utf-8 \xff at all", "", "password_long", 1024},
		{"aaaaaaaaaaaaaaaa", "", "password_weak", 0},
		{"abcdefghijklmnop", "", "password_weak", 0},
		{"password12345", "", "password_weak", 0},
		{"Salma Salma 1", "salma", "password_weak", 0},
		{"correct horse battery", "salma", "", 0},
		{"زيتون وخبز ساخن", "سلمى", "", 0},
	} {
		if key, limit := auth.PasswordProblem(test.password, test.name); key != test.want || limit != test.limit {
			t.Errorf("%q: %q %d, want %q %d", test.password, key, limit, test.want, test.limit)
		}
	}
}

func TestTokensAreLongAndDifferent(t *testing.T) {
	a, b := auth.NewToken(), auth.NewToken()
	if a == b || len(a) != 43 {
		t.Errorf("%s and %s", a, b)
	}
	if auth.HashToken(a) == auth.HashToken(b) || len(auth.HashToken(a)) != 64 {
		t.Error("the hashes do not tell the tokens apart")
	}
}
