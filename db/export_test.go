package db

import (
	"context"
	"database/sql"
)

// BoundTexts returns every statement that was run so far, by its text with names.
func BoundTexts() map[string]string {
	texts := map[string]string{}
	boundTexts.Range(func(text, bound any) bool {
		name, _ := text.(string)
		b, _ := bound.(boundText)
		texts[name] = b.text
		return true
	})
	return texts
}

// Writer gives tests the writing connection, to damage a file with.
func (s *Store) Writer() *sql.DB { return s.write }

// Reader gives tests the reading connections.
func (s *Store) Reader() *sql.DB { return s.read }

// Bind is bind, Args its values.
var Bind = bind

// Args are the values of names.
type Args = args

// OlderThan is olderThan.
var OlderThan = olderThan

// Migrate is migrate.
func Migrate(ctx context.Context, pool *sql.DB) error { return migrate(ctx, pool) }

// RenameInto is renameInto.
var RenameInto = renameInto
