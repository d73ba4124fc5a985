package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"radd/auth"
	"radd/db"
	"radd/moderation"
)

func (p *program) userCommand() *cli.Command {
	name := p.say.T("cli_arg_name")
	stdin := func() cli.Flag {
		return &cli.BoolFlag{Name: "password-stdin", Usage: p.say.T("cli_flag_password_stdin")}
	}
	return &cli.Command{
		Name: "user", Usage: p.say.T("cli_user"),
		Action: p.action(func(_ context.Context, cmd *cli.Command) error {
			return wrong("cli_which_command", "Command", cmd.FullName())
		}),
		Commands: []*cli.Command{
			{
				Name: "add", Usage: p.say.T("cli_user_add"), Description: p.say.T("cli_user_add_more"), ArgsUsage: name,
				Flags:  []cli.Flag{&cli.StringFlag{Name: "role", Usage: p.say.T("cli_flag_role")}, stdin()},
				Action: p.action(p.userAdd, name),
			},
			{
				Name: "password", Usage: p.say.T("cli_user_password"), ArgsUsage: name,
				Flags: []cli.Flag{stdin()}, Action: p.action(p.userPassword, name),
			},
			{
				Name: "list", Usage: p.say.T("cli_user_list"), Description: p.say.T("cli_user_list_more"),
				Action: p.action(p.userList),
			},
		},
	}
}

// userAdd checks all it was given before it asks for the password.
func (p *program) userAdd(ctx context.Context, cmd *cli.Command) error {
	role, ok := moderation.ParseRole(cmd.String("role"))
	if !ok {
		return wrong("cli_bad_role", "Value", cmd.String("role"))
	}
	name, key := moderation.CheckMemberName(cmd.Args().First())
	if key != "" {
		return &refusal{code: exitUsage, key: key, count: moderation.MaxMemberName}
	}
	if err := p.canReadPassword(cmd.Bool("password-stdin")); err != nil {
		return err
	}
	return p.withStore(ctx, cmd, true, func(store *db.Store) error {
		if _, err := store.MemberByName(ctx, name); err == nil {
			return failed(nil, "error_name_taken")
		} else if !errors.Is(err, moderation.ErrNotFound) {
			return fmt.Errorf("look for the name: %w", err)
		}
		hash, err := p.newPassword(ctx, cmd, name)
		if err != nil {
			return err
		}
		at := now()
		m := moderation.Member{ID: new(moderation.IDs).New(at), Name: name, Role: role, PasswordHash: hash, CreatedAt: at}
		err = store.AddMember(ctx, m)
		if errors.Is(err, moderation.ErrNameTaken) {
			return failed(nil, "error_name_taken")
		}
		if err != nil {
			return fmt.Errorf("add the member: %w", err)
		}
		p.tell(p.say.T("cli_user_added", "Name", name))
		return p.record(ctx, store, "radd user add", "member_added", name)
	})
}

func (p *program) userPassword(ctx context.Context, cmd *cli.Command) error {
	if err := p.canReadPassword(cmd.Bool("password-stdin")); err != nil {
		return err
	}
	return p.withStore(ctx, cmd, false, func(store *db.Store) error {
		m, err := store.MemberByName(ctx, cmd.Args().First())
		if errors.Is(err, moderation.ErrNotFound) {
			return failed(nil, "cli_no_user", "Name", cmd.Args().First())
		}
		if err != nil {
			return fmt.Errorf("look for the name: %w", err)
		}
		if m.PasswordHash, err = p.newPassword(ctx, cmd, m.Name); err != nil {
			return err
		}
		if err := store.SaveMember(ctx, m, ""); err != nil { // which ends the sessions
			return fmt.Errorf("save the password: %w", err)
		}
		p.tell(p.say.T("cli_user_saved", "Name", m.Name))
		return p.record(ctx, store, "radd user password", "password_changed", m.Name)
	})
}

// newPassword reads a new password for the named member and returns its hash.
func (p *program) newPassword(ctx context.Context, cmd *cli.Command, name string) (string, error) {
	password, err := p.readPassword(ctx, cmd.Bool("password-stdin"))
	if err != nil {
		return "", err
	}
	if key, limit := auth.PasswordProblem(password, name); key != "" {
		return "", &refusal{code: exitFailed, key: key, count: limit}
	}
	hash, err := auth.HashPassword(ctx, password)
	if err != nil {
		return "", fmt.Errorf("hash the password: %w", err)
	}
	return hash, nil
}

// userList prints one member a line: name, role, active or disabled, when added and
// when last seen, divided by tabs. The words are the same in every language, for
// scripts.
func (p *program) userList(ctx context.Context, cmd *cli.Command) error {
	return p.withStore(ctx, cmd, false, func(store *db.Store) error {
		members, err := store.Members(ctx)
		if err != nil {
			return fmt.Errorf("list the members: %w", err)
		}
		var table strings.Builder
		table.WriteString("name\trole\tstate\tadded\tseen\n")
		for _, m := range members {
			state := "active"
			if m.Disabled {
				state = "disabled"
			}
			fmt.Fprintf(&table, "%s\t%s\t%s\t%s\t%s\n", m.Name, m.Role, state, stamp(m.CreatedAt), stamp(m.SeenAt))
		}
		_, err = fmt.Fprint(p.stdout, table.String())
		return err
	})
}

// stamp writes a moment for scripts, and a dash for never.
func stamp(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(time.RFC3339)
}

// record enters an administrative act in the log, under the command's name.
func (p *program) record(ctx context.Context, store *db.Store, command, kind, detail string) error {
	at := now()
	err := store.AddEvent(ctx, db.Event{ID: new(moderation.IDs).New(at), At: at, Member: command, Kind: kind, Detail: detail})
	if err != nil {
		return fmt.Errorf("record the act: %w", err)
	}
	return nil
}
