package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// createFile makes sure that the database file exists and that only its owner can
// read it from its first byte on; SQLite gives its companions the same rights. It
// returns the absolute path, so that a later change of directory does no harm.
func createFile(path string) (string, error) {
	if path == "" {
		return "", errors.New("no file name")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	f, err := os.OpenFile(abs, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the path is the operator's own
	if err != nil {
		return "", err
	}
	return abs, f.Close()
}

// writerDSN names the connection that writes. Every commit is on disk when it
// returns (synchronous FULL); a transaction takes the write lock as it begins,
// because one that reads first cannot wait for the lock later; deleted content is
// overwritten.
func writerDSN(path string) string {
	return fileDSN(path, "_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_txlock=immediate"+
		"&_foreign_keys=on&_secure_delete=on&_stmt_cache_size=100")
}

// readerDSN names the connections that only read.
func readerDSN(path string) string {
	return fileDSN(path, "_busy_timeout=5000&_foreign_keys=on&_query_only=1&_stmt_cache_size=100")
}

// fileDSN escapes the path, so that "?" and "#" in a file's name stay part of it.
func fileDSN(path, options string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/… becomes /C:/…, as SQLite wants it
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + options
}

// connect opens the first connection. Two programs that create the same file at the
// same time can find each other in the way while the file becomes a WAL database,
// and SQLite does not wait there by itself.
func connect(ctx context.Context, pool *sql.DB) error {
	deadline := time.Now().Add(5 * time.Second)
	for {
		err := pool.PingContext(ctx)
		if err == nil || !isBusy(err) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// oldestSQLite is the first release in which a fault that could damage a WAL
// database with several connections is mended.
var oldestSQLite = [3]int{3, 51, 3}

// requireVersion refuses a SQLite library that is too old.
func requireVersion(ctx context.Context, pool *sql.DB) error {
	version, err := one(ctx, pool, "read SQLite version", `SELECT sqlite_version()`, nil, scanText)
	if err != nil {
		return err
	}
	if olderThan(version, oldestSQLite) {
		return fmt.Errorf("SQLite %s is too old: %d.%d.%d or newer is needed", version,
			oldestSQLite[0], oldestSQLite[1], oldestSQLite[2])
	}
	return nil
}

// olderThan compares a version such as "3.51.3" with the least one.
func olderThan(version string, least [3]int) bool {
	parts := strings.Split(version, ".")
	for i, want := range least {
		got := 0
		if i < len(parts) {
			got, _ = strconv.Atoi(parts[i]) // what is no number is older than any
		}
		if got != want {
			return got < want
		}
	}
	return false
}
