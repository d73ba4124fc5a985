package commands

import (
	"context"
	"errors"
	"io/fs"

	"github.com/urfave/cli/v3"

	"radd/db"
)

func (p *program) backupCommand() *cli.Command {
	file := p.say.T("cli_arg_file")
	return &cli.Command{
		Name: "backup", Usage: p.say.T("cli_backup"), Description: p.say.T("cli_backup_more"), ArgsUsage: file,
		Action: p.action(p.backup, file),
	}
}

func (p *program) backup(ctx context.Context, cmd *cli.Command) error {
	path := cmd.Args().First()
	return p.withStore(ctx, cmd, false, func(store *db.Store) error {
		switch err := store.Backup(ctx, path); {
		case errors.Is(err, fs.ErrExist):
			return failed(nil, "cli_file_exists", "File", path)
		case err != nil:
			return failed(err, "cli_backup_failed", "File", path)
		}
		p.tell(p.say.T("cli_backed_up", "File", path))
		return nil
	})
}
