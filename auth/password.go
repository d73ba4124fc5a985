package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// The cost of argon2id: OWASP's minimum (19 MiB, two passes, one lane), about 50 ms
// on a small server.
const (
	memoryKiB = 19 << 10
	passes    = 2
	lanes     = 1
	saltBytes = 16
	keyBytes  = 32
)

// The length of a password, in characters and in bytes.
const (
	MinPassword      = 12
	maxPasswordBytes = 1024
)

// ErrBusy means that too many passwords are being checked at this moment.
var ErrBusy = errors.New("too many passwords at once")

// seats bounds how many hashes are computed at once: each takes 19 MiB.
var seats = make(chan struct{}, runtime.NumCPU())

const seatWait = 2 * time.Second

// HashPassword returns the argon2id hash of password in PHC form. ErrBusy where the
// machine is busy with other passwords for more than two seconds.
func HashPassword(ctx context.Context, password string) (string, error) {
	var salt [saltBytes]byte
	_, _ = rand.Read(salt[:]) // never fails
	key, err := derive(ctx, password, salt[:], memoryKiB, passes, lanes)
	if err != nil {
		return "", err
	}
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memoryKiB, passes, lanes,
		enc.EncodeToString(salt[:]), enc.EncodeToString(key)), nil
}

// CheckPassword reports whether password is the one that was hashed. An empty hash
// takes as long as a real one and never matches, so that an unknown name cannot be
// told from a wrong password.
func CheckPassword(ctx context.Context, hash, password string) (bool, error) {
	p, err := parse(hash)
	if hash == "" {
		p, err = phc{m: memoryKiB, t: passes, p: lanes, salt: make([]byte, saltBytes)}, nil
	}
	if err != nil {
		return false, err
	}
	key, err := derive(ctx, password, p.salt, p.m, p.t, p.p)
	if err != nil {
		return false, err
	}
	return hash != "" && subtle.ConstantTimeCompare(key, p.key) == 1, nil
}

type phc struct {
	m, t      uint32
	p         uint8
	salt, key []byte
}

func parse(hash string) (phc, error) {
	var v phc
	var version int
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return v, errors.New("not an argon2id hash")
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return v, errors.New("argon2id hash of another version")
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &v.m, &v.t, &v.p); err != nil {
		return v, fmt.Errorf("argon2id parameters: %w", err)
	}
	var err error
	if v.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return v, fmt.Errorf("argon2id salt: %w", err)
	}
	if v.key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return v, fmt.Errorf("argon2id key: %w", err)
	}
	return v, nil
}

func derive(ctx context.Context, password string, salt []byte, m, t uint32, p uint8) ([]byte, error) {
	wait := time.NewTimer(seatWait)
	defer wait.Stop()
	select {
	case seats <- struct{}{}:
		defer func() { <-seats }()
	case <-wait.C:
		return nil, ErrBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, t, m, p, keyBytes), nil
}

// PasswordProblem returns the key of the message that says what is wrong with a new
// password, and the number it speaks of; the key is empty where the password is fine.
// The keys are password_short, password_long and password_weak. There are no rules
// about kinds of characters; a password may not be made of the member's name or of
// very few different characters.
func PasswordProblem(password, name string) (key string, limit int) {
	lower := strings.ToLower(password)
	switch {
	case utf8.RuneCountInString(password) < MinPassword:
		return "password_short", MinPassword
	case len(password) > maxPasswordBytes || !utf8.ValidString(password):
		return "password_long", maxPasswordBytes
	case name != "" && len(strings.ReplaceAll(lower, strings.ToLower(name), "")) < MinPassword/2:
		return "password_weak", 0
	case distinct(lower) < 5 || isRun(lower) || common(lower):
		return "password_weak", 0
	}
	return "", 0
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// isRun reports whether every character follows the one before it by the same small
// step, as in "abcdefghijkl" and "987654321098".
func isRun(s string) bool {
	runes := []rune(s)
	for i := 2; i < len(runes); i++ {
		if runes[i]-runes[i-1] != runes[1]-runes[0] {
			return false
		}
	}
	return true
}

// common reports whether the password is made of the words that guessers try first.
func common(lower string) bool {
	rest := lower
	for _, word := range []string{
		"password", "passw0rd", "qwertyuiop", "qwerty", "azerty", "asdfghjkl", "asdf", "zxcvbnm", "letmein",
		"welcome", "admin", "administrator", "moderator", "newsroom", "changeme", "secret", "iloveyou",
		"1234567890", "123456789", "12345678", "1234567", "123456", "12345", "1234", "123", "2026", "2025", "radd",
		"كلمة السر", "كلمةالسر", "كلمة المرور", "مرحبا",
	} {
		rest = strings.ReplaceAll(rest, word, "")
	}
	return utf8.RuneCountInString(rest) < MinPassword/3
}
