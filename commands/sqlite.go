//go:build cgo

package commands

import "github.com/mattn/go-sqlite3"

// sqliteVersion is the version of the SQLite library in this program.
func sqliteVersion() string {
	version, _, _ := sqlite3.Version()
	return version
}
