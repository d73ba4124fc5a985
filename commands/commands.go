// Package commands is the program on the command line: one file for each command.
// Data goes to standard output, messages and progress to standard error, in Arabic
// or English by the environment's language.
package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"radd/db"
	"radd/views/locale"
)

// The exit codes of the program.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// program is one run of radd and what it was started with.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	lookup         func(string) (string, bool)
	say            *locale.Printer
}

// Run runs the program with its arguments, the first of which is its own name, and
// returns its exit code: 0 done, 1 failed, 2 wrong usage. lookup reads the
// environment. Where ctx ends, the command stops as soon as it can.
func Run(
	ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, lookup func(string) (string, bool),
) int {
	p := &program{stdin: stdin, stdout: stdout, stderr: stderr, lookup: lookup}
	p.say = locale.New(p.lang(), locale.Options{})
	err := p.root().Run(ctx, args)
	if err == nil {
		return exitDone
	}
	p.tell(p.explain(err))
	if refusal := new(refusal); errors.As(err, &refusal) {
		return refusal.code
	}
	return exitFailed
}

// lang is the language of messages by the first of the variables that is set, as
// POSIX orders them.
func (p *program) lang() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := p.env(name); value != "" {
			if strings.HasPrefix(value, "ar") {
				return "ar"
			}
			break
		}
	}
	return "en"
}

// env reads a variable of the environment; an empty one counts as not set.
func (p *program) env(name string) string {
	value, _ := p.lookup(name)
	return value
}

// tell prints a message for a person.
func (p *program) tell(text string) { _, _ = fmt.Fprintln(p.stderr, text) }

// root puts the commands together.
func (p *program) root() *cli.Command {
	root := &cli.Command{
		Name: "radd", Usage: p.say.T("cli_radd"), Description: p.say.T("cli_radd_more"),
		Flags:  append(p.settingFlags(), p.helpFlag(), p.versionFlag()),
		Action: p.action(p.serveOrVersion),
		Commands: []*cli.Command{
			p.serveCommand(), p.userCommand(), p.exportCommand(), p.importCommand(), p.backupCommand(),
			p.restoreCommand(), p.checkCommand(), p.versionCommand(), p.helpCommand(),
		},
		HideHelp: true, HideVersion: true,
		Reader: p.stdin, Writer: p.stdout, ErrWriter: p.stderr,
		// The library would end the process; Run tells and returns the code instead.
		ExitErrHandler: func(context.Context, *cli.Command, error) {},
	}
	_ = root.Walk(func(cmd *cli.Command) error { // the function below returns no error
		cmd.OnUsageError = p.usageError
		cmd.CustomHelpTemplate, cmd.CustomRootCommandHelpTemplate = p.helpTemplate(), p.helpTemplate()
		return nil
	})
	return root
}

// action makes a command's function out of do, which takes exactly the named
// arguments.
func (p *program) action(do cli.ActionFunc, names ...string) cli.ActionFunc {
	return func(ctx context.Context, cmd *cli.Command) error {
		switch given := cmd.Args(); {
		case cmd.Bool("help"):
			p.printHelp(cmd)
			return nil
		case given.Len() > len(names) && len(cmd.Commands) > 0:
			return wrong("cli_unknown_command", "Command", given.Get(len(names)))
		case given.Len() > len(names):
			return wrong("cli_extra_argument", "Argument", given.Get(len(names)), "Command", cmd.FullName())
		case given.Len() < len(names):
			return wrong("cli_missing_argument", "Argument", names[given.Len()], "Command", cmd.FullName())
		}
		return do(ctx, cmd)
	}
}

// withStore runs do with the open database, which must exist unless create is set.
func (p *program) withStore(ctx context.Context, cmd *cli.Command, create bool, do func(*db.Store) error) error {
	path, err := p.databasePath(cmd)
	if err != nil {
		return err
	}
	if !create && !exists(path) {
		return failed(nil, "cli_database_missing", "File", path)
	}
	store, err := openStore(ctx, path)
	if err != nil {
		return err
	}
	err = do(store)
	if closeErr := store.Close(); err == nil && closeErr != nil {
		return failed(closeErr, "cli_database_close", "File", path)
	}
	return err
}

func openStore(ctx context.Context, path string) (*db.Store, error) {
	store, err := db.Open(ctx, path)
	switch {
	case errors.Is(err, db.ErrNoDriver):
		return nil, failed(nil, "cli_no_sqlite")
	case err != nil:
		return nil, failed(err, "cli_database_open", "File", path)
	}
	return store, nil
}

// now is the moment of an act on the command line, as precise as the database.
func now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }
