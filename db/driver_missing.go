//go:build !cgo

package db

import "database/sql"

// openPool refuses: SQLite is C code, and this program was built without it.
func openPool(string, int) (*sql.DB, error) { return nil, ErrNoDriver }

func takenColumn(error) (string, bool) { return "", false }

func isBusy(error) bool { return false }

func isUnavailable(error) bool { return false }
