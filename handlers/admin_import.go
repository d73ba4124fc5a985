package handlers

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"time"

	"github.com/labstack/echo/v4"

	"radd/exchange"
	"radd/views"
	"radd/views/locale"
)

// importPatience is how long an upload may stand still, and how long a piece of the
// file may take to be stored.
const importPatience = time.Minute

// importForm asks for a file.
func (a *App) importForm(c echo.Context) error {
	return a.importPage(c, http.StatusOK, nil, "")
}

func (a *App) importPage(c echo.Context, status int, report *views.ImportReport, failure string) error {
	base, err := a.adminBase(c, "import")
	if err != nil {
		return err
	}
	return a.page(c, status, views.ImportPage{Base: base, Report: report, Error: failure})
}

// importFile reads a file into the store, or with dry_run only tells what it would
// do, and answers with a report. The file is on disk before the first comment is
// stored: an upload that breaks off imports nothing, and whether it is a dry run may
// come after the file, as it does from the page's two buttons.
func (a *App) importFile(c echo.Context) error {
	line := patientLine(c)
	upload, err := receive(c, line)
	defer upload.discard()
	if err != nil {
		return err
	}
	p := a.printer(c)
	if upload.size == 0 {
		return a.importPage(c, http.StatusUnprocessableEntity, nil, p.T("error_import_no_file"))
	}
	report, err := a.importUpload(c, line, upload)
	var broken *exchange.BrokenError
	switch {
	case errors.Is(err, exchange.ErrUnknownFormat):
		return a.importPage(c, http.StatusUnprocessableEntity, nil, p.T("error_import_format"))
	case errors.As(err, &broken):
		view := reportView(p, report, upload.dryRun)
		view.Error = p.T("error_import_broken", "Line", broken.Line)
		if upload.dryRun { // nothing of it is stored, as the other text would say
			view.Error = p.T("error_import_broken_dry", "Line", broken.Line)
		}
		return a.importPage(c, http.StatusUnprocessableEntity, view, "")
	case err != nil:
		return err
	}
	return a.importPage(c, http.StatusOK, reportView(p, report, upload.dryRun), "")
}

// importUpload imports the file and enters it in the log, also where it broke off.
func (a *App) importUpload(c echo.Context, line line, upload upload) (exchange.Report, error) {
	set, err := a.policy(c)
	if err != nil {
		return exchange.Report{}, err
	}
	p := locale.New(a.cfg.Lang, locale.Options{}) // what is stored does not follow the administrator's language
	line.extend(importPatience)
	report, err := exchange.Import(c.Request().Context(), upload.file, a.store, exchange.ImportOptions{
		DryRun: upload.dryRun, Now: a.now(), Lang: a.cfg.Lang, Zone: set.Zone(),
		SectionDefault: p.T("import_section"), Anonymous: p.T("import_anonymous"),
		Progress: func(int64) { line.extend(importPatience) },
	})
	line.extend(importPatience)
	if upload.dryRun || errors.Is(err, exchange.ErrUnknownFormat) {
		return report, err
	}
	detail := fmt.Sprintf("articles=%d comments=%d", report.NewArticles, report.NewComments)
	return report, errors.Join(err, a.record(c, eventImport, detail))
}

// reportView is the report in the page's language.
func reportView(p *locale.Printer, report exchange.Report, dry bool) *views.ImportReport {
	view := &views.ImportReport{
		DryRun: dry, Articles: report.Articles, NewArticles: report.NewArticles,
		Comments: report.Comments, NewComments: report.NewComments,
	}
	for _, skip := range report.Skipped {
		view.Skipped = append(view.Skipped, views.SkipView{Text: p.T(skip.Reason), Count: skip.Count, Examples: skip.Examples})
	}
	for _, note := range report.Notes {
		view.Skipped = append(view.Skipped, views.SkipView{Text: p.T(note.Key), Count: note.Count})
	}
	return view
}

// upload is a form with a file that was received.
type upload struct {
	file   *os.File // at its beginning; nil where none was sent
	size   int64
	dryRun bool
}

func (u upload) discard() {
	if u.file != nil {
		_ = u.file.Close()
		_ = os.Remove(u.file.Name()) // a temporary file: the system clears what stays
	}
}

// receive reads the form piece by piece, the file into a temporary one. The upload
// must be discarded also where there is an error.
func receive(c echo.Context, line line) (upload, error) {
	var u upload
	c.Request().Body = patientBody{ReadCloser: c.Request().Body, line: line}
	defer line.endReading()
	form, err := c.Request().MultipartReader()
	if err != nil {
		return u, echo.NewHTTPError(http.StatusUnsupportedMediaType).SetInternal(err)
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return u, nil
		}
		if err == nil {
			err = u.take(part)
		}
		if err != nil {
			return u, uploadError(err)
		}
	}
}

// take reads one part. Parts that the form does not have are passed over.
func (u *upload) take(part *multipart.Part) error {
	switch part.FormName() {
	case "dry_run":
		value, err := io.ReadAll(io.LimitReader(part, 2))
		u.dryRun = len(value) > 0
		return err
	case "file":
		if u.file != nil {
			return echo.NewHTTPError(http.StatusBadRequest)
		}
		return u.store(part)
	}
	return nil
}

func (u *upload) store(r io.Reader) error {
	file, err := os.CreateTemp("", "radd-import-*")
	if err != nil {
		return &diskError{err}
	}
	u.file = file
	if u.size, err = io.Copy(diskWriter{file}, r); err != nil {
		return err
	}
	if _, err = file.Seek(0, io.SeekStart); err != nil {
		return &diskError{err}
	}
	return nil
}

// diskError is a fault of this machine, unlike all other errors of an upload.
type diskError struct{ err error }

func (e *diskError) Error() string { return "storing the uploaded file: " + e.err.Error() }
func (e *diskError) Unwrap() error { return e.err }

type diskWriter struct{ file *os.File }

func (w diskWriter) Write(b []byte) (int, error) {
	n, err := w.file.Write(b)
	if err != nil {
		return n, &diskError{err}
	}
	return n, nil
}

// uploadError blames the request, unless it is too large or the disk is at fault.
func uploadError(err error) error {
	var disk *diskError
	var answer *echo.HTTPError
	if isTooLarge(err) || errors.As(err, &disk) || errors.As(err, &answer) {
		return err
	}
	return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
}

// patientBody lets an upload take as long as it wants while it moves.
type patientBody struct {
	io.ReadCloser
	line line
}

func (b patientBody) Read(p []byte) (int, error) {
	b.line.extendReading(importPatience)
	b.line.extend(importPatience)
	return b.ReadCloser.Read(p)
}
