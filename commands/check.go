package commands

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"radd/db"
)

func (p *program) checkCommand() *cli.Command {
	return &cli.Command{
		Name: "check", Usage: p.say.T("cli_check"), Description: p.say.T("cli_check_more"), Action: p.action(p.check),
	}
}

// check prints the report as data, faults one a line, and fails where there are any.
func (p *program) check(ctx context.Context, cmd *cli.Command) error {
	return p.withStore(ctx, cmd, false, func(store *db.Store) error {
		report, err := store.Check(ctx)
		if err != nil {
			return failed(err, "cli_check_failed")
		}
		_, err = fmt.Fprintf(p.stdout, "articles\t%d\ncomments\t%d\ndecisions\t%d\nfaults\t%d\n",
			report.Articles, report.Comments, report.Decisions, len(report.Faults))
		for _, fault := range report.Faults {
			if err == nil {
				_, err = fmt.Fprintf(p.stdout, "fault\t%s\n", fault)
			}
		}
		if err != nil {
			return err
		}
		if len(report.Faults) > 0 {
			return &refusal{code: exitFailed, key: "cli_check_faults", count: len(report.Faults)}
		}
		p.tell(p.say.T("cli_check_fine"))
		return nil
	})
}
