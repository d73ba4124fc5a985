package commands

import (
	"context"
	"crypto/rand"
	"fmt"

	"radd/auth"
	"radd/db"
	"radd/moderation"
)

// adminName is the first administrator's name.
const adminName = "admin"

// firstPassword says how the first administrator signs in. The zero value means
// that there was an administrator already.
type firstPassword struct {
	made   string // the random one, to be shown once
	chosen bool   // it is the one of the settings
	weak   bool   // which is easy to guess
	nobody bool   // there is no administrator, and the name is somebody else's
}

// firstStart fills a new database, one that knows nobody yet, and adds the first
// administrator where nobody is one. A start that was cut off before the
// administrator was there is done again.
func firstStart(ctx context.Context, store *db.Store, chosen string) (firstPassword, error) {
	members, err := store.Members(ctx)
	if err != nil {
		return firstPassword{}, fmt.Errorf("look for an administrator: %w", err)
	}
	if len(members) == 0 {
		if err := addWelcome(ctx, store); err != nil {
			return firstPassword{}, err
		}
	}
	taken := false
	for _, m := range members {
		if m.Role == moderation.Admin {
			return firstPassword{}, nil
		}
		taken = taken || moderation.Fold(m.Name) == adminName
	}
	if taken {
		return firstPassword{nobody: true}, nil
	}
	return addAdmin(ctx, store, chosen)
}

// addAdmin adds the first administrator with the chosen password, or a random one.
func addAdmin(ctx context.Context, store *db.Store, chosen string) (result firstPassword, err error) {
	result = firstPassword{chosen: chosen != ""}
	password := chosen
	if result.chosen {
		problem, _ := auth.PasswordProblem(chosen, adminName)
		result.weak = problem != ""
	} else {
		password = randomPassword()
		result.made = password
	}
	at := now()
	admin := moderation.Member{ID: new(moderation.IDs).New(at), Name: adminName, Role: moderation.Admin, CreatedAt: at}
	if admin.PasswordHash, err = auth.HashPassword(ctx, password); err != nil {
		return result, fmt.Errorf("hash the administrator's password: %w", err)
	}
	if err := store.AddMember(ctx, admin); err != nil {
		return result, fmt.Errorf("add the administrator: %w", err)
	}
	return result, nil
}

// The letters of a random password: none that is taken for another one. 32 of them
// divide 256 evenly, so each is equally likely.
const passwordLetters = "abcdefghijkmnpqrstuvwxyz23456789"

const passwordLength = 20 // 100 random bits

func randomPassword() string {
	var b [passwordLength]byte
	_, _ = rand.Read(b[:]) // never fails (it stops the program instead)
	for i := range b {
		b[i] = passwordLetters[int(b[i])%len(passwordLetters)]
	}
	return string(b[:])
}
