package db

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"

	"radd/moderation"
)

// Settings returns the newsroom's policy, defaults filled in.
func (s *Store) Settings(ctx context.Context) (moderation.Settings, error) {
	v := moderation.DefaultSettings()
	text, err := one(ctx, s.read, "read settings", `SELECT value FROM settings WHERE id = 1`, nil, scanText)
	if errors.Is(err, moderation.ErrNotFound) {
		return v, nil
	}
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return v, fmt.Errorf("read settings: %w", err)
	}
	return v, nil
}

// SaveSettings stores the newsroom's policy. One that the program could not work
// with is moderation.Problems.
func (s *Store) SaveSettings(ctx context.Context, v moderation.Settings) error {
	v, problems := v.Check()
	if problems != nil {
		return fmt.Errorf("save settings: %w", problems)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	_, err = run(ctx, s.write, "save settings", `INSERT INTO settings (id, value) VALUES (1, @value)
		ON CONFLICT (id) DO UPDATE SET value = excluded.value`, args{"value": string(text)})
	return err
}

// Key returns the secret of that name, 32 random bytes made at its first use.
func (s *Store) Key(ctx context.Context, name string) ([]byte, error) {
	read := func() ([]byte, error) {
		return one(ctx, s.read, "read key", `SELECT value FROM keys WHERE name = @name`, args{"name": name}, scanBytes)
	}
	key, err := read()
	if !errors.Is(err, moderation.ErrNotFound) {
		return key, err
	}
	fresh := make([]byte, 32)
	_, _ = rand.Read(fresh) // crypto/rand.Read never fails (it stops the program instead)
	_, err = run(ctx, s.write, "make key", `INSERT INTO keys (name, value) VALUES (@name, @value) ON CONFLICT (name) DO NOTHING`,
		args{"name": name, "value": fresh})
	if err != nil {
		return nil, err
	}
	return read() // another program may have been first
}
