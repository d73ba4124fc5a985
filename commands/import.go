package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"radd/db"
	"radd/exchange"
	"radd/views/locale"
)

func (p *program) importCommand() *cli.Command {
	file := p.say.T("cli_arg_file")
	return &cli.Command{
		Name: "import", Usage: p.say.T("cli_import"), Description: p.say.T("cli_import_more"), ArgsUsage: file,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Usage: p.say.T("cli_flag_import_format")},
			&cli.BoolFlag{Name: "dry-run", Usage: p.say.T("cli_flag_dry_run")},
		},
		Action: p.importAction(file),
	}
}

// importAction wants a file, unless something else than a person is at the other
// end of standard input.
func (p *program) importAction(file string) cli.ActionFunc {
	named, piped := p.action(p.importFile, file), p.action(p.importFile)
	return func(ctx context.Context, cmd *cli.Command) error {
		if cmd.Args().Len() == 0 && !isTerminal(p.stdin) {
			return piped(ctx, cmd)
		}
		return named(ctx, cmd)
	}
}

func (p *program) importFile(ctx context.Context, cmd *cli.Command) error {
	format := exchange.Format(cmd.String("format"))
	if known := exchange.ImportFormats(); format != "" && !slices.Contains(known, format) {
		return wrong("cli_bad_import_format", "Value", string(format), "Known", joined(known))
	}
	name, in, size, err := p.openInput(cmd.Args().First())
	if err != nil {
		return err
	}
	defer in.Close()
	dry := cmd.Bool("dry-run")
	return p.withImportStore(ctx, cmd, dry, func(store *db.Store) error {
		set, err := store.Settings(ctx)
		if err != nil {
			return fmt.Errorf("read the settings: %w", err)
		}
		lang, err := p.siteLang(cmd)
		if err != nil {
			return err
		}
		site := locale.New(lang, locale.Options{}) // these words end on the site's pages
		bar := p.progress(size, p.say.T("cli_importing"))
		report, err := exchange.Import(ctx, in, store, exchange.ImportOptions{
			Format: format, DryRun: dry, Now: now(), Zone: set.Zone(), Lang: lang,
			SectionDefault: site.T("import_section"), Anonymous: site.T("import_anonymous"),
			Progress: func(read int64) { _ = bar.Set64(read) }, // a bar that fails harms nothing
		})
		_ = bar.Finish()
		if err == nil || report.Articles+report.Comments > 0 {
			p.report(report, dry)
		}
		if !dry {
			return errors.Join(p.recordImport(ctx, store, name, report), importError(err, name))
		}
		return importError(err, name)
	})
}

// recordImport enters what was taken into the log, also after the file broke off.
func (p *program) recordImport(ctx context.Context, store *db.Store, name string, report exchange.Report) error {
	if report.NewArticles+report.NewComments == 0 {
		return nil
	}
	detail := fmt.Sprintf("%s articles=%d comments=%d", name, report.NewArticles, report.NewComments)
	return p.record(context.WithoutCancel(ctx), store, "radd import", "import", detail)
}

// withImportStore is withStore. A dry run before the first start finds no database,
// and must leave none: it gets an empty one that is thrown away.
func (p *program) withImportStore(ctx context.Context, cmd *cli.Command, dry bool, do func(*db.Store) error) error {
	path, err := p.databasePath(cmd)
	if err != nil {
		return err
	}
	if !dry || exists(path) {
		return p.withStore(ctx, cmd, true, do)
	}
	dir, err := os.MkdirTemp("", "radd-dry-run-")
	if err != nil {
		return fmt.Errorf("make room for a dry run: %w", err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the system clears its temporary files
	store, err := openStore(ctx, filepath.Join(dir, "empty.db"))
	if err != nil {
		return err
	}
	defer store.Close()
	return do(store)
}

func importError(err error, name string) error {
	var broken *exchange.BrokenError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &broken):
		return failed(broken.Err, "cli_import_broken", "File", name, "Line", broken.Line)
	case errors.Is(err, exchange.ErrUnknownFormat):
		return failed(nil, "cli_import_unknown", "File", name, "Known", joined(exchange.ImportFormats()))
	default:
		return failed(err, "cli_import_failed", "File", name)
	}
}

// openInput opens the file, or standard input for "-". size is -1 where it is not
// known.
func (p *program) openInput(path string) (name string, in io.ReadCloser, size int64, err error) {
	if path == "-" || path == "" {
		return "-", io.NopCloser(p.stdin), -1, nil
	}
	file, err := os.Open(path) //nolint:gosec // the operator names the file
	if err != nil {
		return "", nil, 0, failed(err, "cli_file_open", "File", path)
	}
	info, err := file.Stat()
	if err != nil || info.IsDir() {
		_ = file.Close() // only read
		return "", nil, 0, failed(err, "cli_file_open", "File", path)
	}
	if size = info.Size(); !info.Mode().IsRegular() {
		size = -1
	}
	return filepath.Base(path), file, size, nil
}

// siteLang is the language for articles whose letters do not tell theirs.
func (p *program) siteLang(cmd *cli.Command) (string, error) {
	value, err := p.value(cmd, setLang)
	if err != nil {
		return "", err
	}
	return oneOf(setLang, value, "ar", "en")
}

// report says what was taken and what was not, one line each.
func (p *program) report(r exchange.Report, dry bool) {
	key := "cli_report"
	if dry {
		key = "cli_report_dry"
	}
	p.tell(p.say.T(key))
	p.tell("  " + p.say.T("cli_report_articles", "Read", r.Articles, "New", r.NewArticles))
	p.tell("  " + p.say.T("cli_report_comments", "Read", r.Comments, "New", r.NewComments))
	for _, skip := range r.Skipped {
		line := p.say.T("cli_report_skipped", "Count", skip.Count, "Reason", p.say.N(skip.Reason, skip.Count))
		if len(skip.Examples) > 0 {
			line += " (" + strings.Join(skip.Examples, p.say.T("cli_list_comma")) + ")"
		}
		p.tell("  " + line)
	}
	for _, note := range r.Notes {
		p.tell("  " + p.say.T("cli_report_note", "Count", note.Count, "Note", p.say.N(note.Key, note.Count)))
	}
}

func joined(formats []exchange.Format) string {
	names := make([]string, len(formats))
	for i, format := range formats {
		names[i] = string(format)
	}
	return strings.Join(names, ", ")
}
