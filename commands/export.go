package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/urfave/cli/v3"

	"radd/db"
	"radd/exchange"
	"radd/moderation"
)

func (p *program) exportCommand() *cli.Command {
	text := func(name string) cli.Flag {
		return &cli.StringFlag{Name: name, Usage: p.say.T("cli_flag_export_" + name)}
	}
	return &cli.Command{
		Name: "export", Usage: p.say.T("cli_export"), Description: p.say.T("cli_export_more"),
		Flags: []cli.Flag{
			text("format"), text("status"), text("article"), text("from"), text("to"),
			&cli.BoolFlag{Name: "personal", Usage: p.say.T("cli_flag_export_personal")},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: p.say.T("cli_flag_export_output")},
		},
		Action: p.action(p.export),
	}
}

func (p *program) export(ctx context.Context, cmd *cli.Command) error {
	format, ok := exchange.ParseFormat(cmd.String("format"))
	if !ok {
		return wrong("cli_bad_export_format", "Value", cmd.String("format"))
	}
	output := cmd.String("output")
	switch {
	case output != "" && exists(output):
		return failed(nil, "cli_file_exists", "File", output)
	case output == "" && format == exchange.XLSX && isTerminal(p.stdout):
		return wrong("cli_export_terminal")
	}
	base, err := p.exportBase(cmd)
	if err != nil {
		return err
	}
	return p.withStore(ctx, cmd, false, func(store *db.Store) error {
		set, err := store.Settings(ctx)
		if err != nil {
			return fmt.Errorf("read the settings: %w", err)
		}
		selection, err := selectionOf(ctx, cmd, store, set.Zone())
		if err != nil {
			return err
		}
		// The log names an export before its first byte leaves.
		if err := p.record(ctx, store, "radd export", "export", exportDetail(cmd)); err != nil {
			return err
		}
		return p.write(ctx, store, output, exchange.ExportOptions{
			Format: format, Selection: selection, Personal: cmd.Bool("personal"), BaseURL: base,
			SiteName: set.SiteName(p.say.Lang()), Lang: p.say.Lang(), Now: now(), Generator: version(),
		})
	})
}

// exportBase is the public address that the links in the file begin with.
func (p *program) exportBase(cmd *cli.Command) (string, error) {
	value, err := p.value(cmd, setBaseURL)
	if err != nil {
		return "", err
	}
	if value == "" {
		return "http://" + setAddr.fallback, nil
	}
	u, err := baseURL(value)
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

// write exports to the file, or to standard output where there is none.
func (p *program) write(ctx context.Context, store *db.Store, output string, opts exchange.ExportOptions) error {
	bar := p.progress(-1, p.say.T("cli_exporting"))
	opts.Progress = func(done int) { _ = bar.Set(done) } // a bar that fails harms nothing
	var count int
	export := func(w io.Writer) (err error) {
		count, err = exchange.Export(ctx, w, store, opts)
		return err
	}
	var err error
	if output == "" {
		err = export(p.stdout)
	} else {
		err = createFile(output, func(file *os.File) error { return export(file) })
	}
	_ = bar.Finish()
	switch {
	case errors.Is(err, fs.ErrExist):
		return failed(nil, "cli_file_exists", "File", output)
	case err != nil:
		return failed(err, "cli_export_failed")
	}
	p.tell(p.say.N("cli_exported", count))
	return nil
}

// selectionOf reads the filters. Days begin in the newsroom's time zone, and the
// last one is part of the selection.
func selectionOf(ctx context.Context, cmd *cli.Command, store *db.Store, zone *time.Location) (sel moderation.Selection, err error) {
	if value := cmd.String("status"); value != "" {
		var ok bool
		if sel.Status, ok = moderation.ParseStatus(value); !ok {
			return sel, wrong("cli_bad_status", "Value", value)
		}
	}
	if sel.From, err = day(cmd, "from", zone); err != nil {
		return sel, err
	}
	if sel.To, err = day(cmd, "to", zone); err != nil {
		return sel, err
	}
	if !sel.To.IsZero() {
		if sel.To.Before(sel.From) {
			return sel, wrong("cli_bad_days")
		}
		y, m, d := sel.To.Date()
		sel.To = time.Date(y, m, d+1, 0, 0, 0, 0, zone) // days are not always 24 hours long
	}
	if slug := cmd.String("article"); slug != "" {
		article, err := store.ArticleBySlug(ctx, slug)
		if errors.Is(err, moderation.ErrNotFound) {
			return sel, failed(nil, "cli_no_article", "Value", slug)
		}
		if err != nil {
			return sel, fmt.Errorf("look for the article: %w", err)
		}
		sel.ArticleID = article.ID
	}
	return sel, nil
}

// day is the beginning of the day that the flag names, zero where it is not set.
func day(cmd *cli.Command, flag string, zone *time.Location) (time.Time, error) {
	value := cmd.String(flag)
	if value == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, value, zone)
	if err != nil {
		return t, wrong("cli_bad_day", "Flag", "--"+flag, "Value", value)
	}
	return t, nil
}

// exportDetail is what the log says about an export: its format and filters.
func exportDetail(cmd *cli.Command) string {
	var parts []string
	for _, flag := range []string{"format", "status", "article", "from", "to"} {
		if value := cmd.String(flag); value != "" {
			parts = append(parts, flag+"="+value)
		}
	}
	if cmd.Bool("personal") {
		parts = append(parts, "personal=1")
	}
	return strings.Join(parts, " ")
}

// progress is a bar on a terminal, and nothing elsewhere. size is -1 where it is
// not known.
func (p *program) progress(size int64, what string) *progressbar.ProgressBar {
	shown := isTerminal(p.stderr)
	return progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(p.stderr),
		progressbar.OptionSetVisibility(shown),
		progressbar.OptionSetDescription(what),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionShowCount(),
		progressbar.OptionFullWidth(),
		progressbar.OptionClearOnFinish(),
	)
}
