package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// ErrNewerSchema refuses a file that a later release of the program has changed.
var ErrNewerSchema = errors.New("the database belongs to a newer release of this program")

// migrate brings the schema up to date, one transaction for each step.
func migrate(ctx context.Context, pool *sql.DB) error {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	steps, err := goose.NewProvider(goose.DialectSQLite3, pool, files,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	// Another program may be doing the same at the same time. SQLite lets one of the
	// two through, and the other begins again from what it finds then.
	for before := int64(-1); ; {
		current, target, err := versions(ctx, steps)
		if err != nil {
			return err
		}
		if current == target {
			return nil
		}
		_, err = steps.Up(ctx)
		if err != nil && current == before {
			return fmt.Errorf("migrate: %w", err)
		}
		before = current
	}
}

// versions returns the schema's version and the program's.
func versions(ctx context.Context, steps *goose.Provider) (current, target int64, err error) {
	current, target, err = steps.GetVersions(ctx)
	if err != nil {
		// The table of versions may have been made by another program just now.
		current, target, err = steps.GetVersions(ctx)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("read schema version: %w", err)
	}
	if current > target {
		return 0, 0, fmt.Errorf("%w: schema version %d, this program knows %d", ErrNewerSchema, current, target)
	}
	return current, target, nil
}

// latestMigration returns the number of the newest step: the one that its file's
// name begins with.
func latestMigration() (int64, error) {
	entries, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		return 0, fmt.Errorf("read migrations: %w", err)
	}
	var latest int64
	for _, entry := range entries {
		number, _, _ := strings.Cut(entry.Name(), "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("read migrations: %w", err)
		}
		latest = max(latest, n)
	}
	return latest, nil
}
