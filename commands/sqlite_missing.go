//go:build !cgo

package commands

// sqliteVersion is a dash: this program was built without SQLite, which is C code.
func sqliteVersion() string { return "-" }
