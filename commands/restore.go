package commands

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/urfave/cli/v3"

	"radd/db"
)

func (p *program) restoreCommand() *cli.Command {
	file := p.say.T("cli_arg_file")
	return &cli.Command{
		Name: "restore", Usage: p.say.T("cli_restore"), Description: p.say.T("cli_restore_more"), ArgsUsage: file,
		Action: p.action(p.restore, file),
	}
}

// restore copies a backup to where the database belongs. The copy is opened and
// checked under its temporary name, so that the database appears whole or not at all.
func (p *program) restore(ctx context.Context, cmd *cli.Command) error {
	target, err := p.databasePath(cmd)
	if err != nil {
		return err
	}
	// The companions of a database that is gone would be applied to the new one.
	for _, path := range []string{target, target + "-wal", target + "-shm", target + "-journal"} {
		if exists(path) {
			return failed(nil, "cli_database_exists", "File", path)
		}
	}
	source := cmd.Args().First()
	backup, err := os.Open(source) //nolint:gosec // the operator names the file
	if err != nil {
		return failed(err, "cli_file_open", "File", source)
	}
	defer backup.Close()
	var report db.Report
	err = createFile(target, func(file *os.File) (err error) {
		if err := copyDatabase(ctx, file, backup); err != nil {
			return err
		}
		report, err = checkCopy(ctx, file.Name())
		return err
	})
	var r *refusal
	switch {
	case errors.Is(err, fs.ErrExist):
		return failed(nil, "cli_database_exists", "File", target)
	case errors.Is(err, errNoBackup):
		return failed(nil, "cli_no_backup", "File", source)
	case errors.As(err, &r):
		return err
	case err != nil:
		return failed(err, "cli_restore_failed", "File", source)
	}
	p.tell(p.say.T("cli_restored", "File", target, "Articles", report.Articles, "Comments", report.Comments))
	return nil
}

var errNoBackup = errors.New("not a SQLite file")

// copyDatabase copies a SQLite file. Anything else, an empty file above all, would
// become a new database when it is opened.
func copyDatabase(ctx context.Context, to io.Writer, from io.Reader) error {
	magic := []byte("SQLite format 3\x00") // sqlite.org/fileformat.html, section 1.2
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(from, head); err != nil || !bytes.Equal(head, magic) {
		return errNoBackup
	}
	if _, err := to.Write(head); err != nil {
		return err
	}
	_, err := io.Copy(to, untilDone{ctx, from})
	return err
}

// untilDone reads until ctx ends.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(b)
}

// checkCopy opens the copy, which brings its schema up to date, and refuses it where
// Check finds a fault. Closing folds its write-ahead log in.
func checkCopy(ctx context.Context, path string) (report db.Report, err error) {
	defer func() {
		for _, companion := range []string{"-wal", "-shm", "-journal"} {
			_ = os.Remove(path + companion) // there are none after a clean close
		}
	}()
	store, err := openStore(ctx, path)
	if err != nil {
		return report, err
	}
	report, err = store.Check(ctx)
	if closeErr := store.Close(); err == nil {
		err = closeErr
	}
	if err == nil && len(report.Faults) > 0 {
		err = &refusal{code: exitFailed, key: "cli_backup_faults", count: len(report.Faults), data: []any{"Fault", report.Faults[0]}}
	}
	if err != nil {
		return report, fmt.Errorf("check the copy: %w", err)
	}
	return report, nil
}
