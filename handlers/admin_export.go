package handlers

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"radd/exchange"
	"radd/moderation"
	"radd/views"
)

// exportPatience is how long a download may make no progress. The kernel takes a few
// mebibytes ahead and lets a writer go on only when much of that has left, which a
// slow but living client takes minutes for.
const exportPatience = 5 * time.Minute

const dayLayout = "2006-01-02" // of a date input

// export shows the form or, with a format, sends the file.
func (a *App) export(c echo.Context) error {
	if c.QueryParam("format") == "" {
		values := c.QueryParams()
		values.Set("format", string(exchange.CSV))
		return a.exportPage(c, http.StatusOK, exportOrder{values: values})
	}
	order, err := a.readExport(c)
	if err != nil {
		return err
	}
	if len(order.problems) > 0 {
		return a.exportPage(c, http.StatusUnprocessableEntity, order)
	}
	if err := a.record(c, eventExport, order.detail()); err != nil {
		return err
	}
	return a.sendExport(c, order)
}

// exportOrder is which file is wanted.
type exportOrder struct {
	values   url.Values
	format   exchange.Format
	sel      moderation.Selection
	problems moderation.Problems
}

func (o exportOrder) personal() bool { return o.values.Get("personal") == "1" }

// detail tells the log what left.
func (o exportOrder) detail() string {
	var parts []string
	for _, name := range []string{"format", "status", "article", "from", "to", "personal"} {
		if value := o.values.Get(name); value != "" {
			parts = append(parts, name+"="+value)
		}
	}
	return strings.Join(parts, " ")
}

func (o *exportOrder) fail(field, key string) {
	o.problems = append(o.problems, moderation.Problem{Field: field, Key: key})
}

// readExport reads what is wanted from the address.
func (a *App) readExport(c echo.Context) (exportOrder, error) {
	o := exportOrder{values: c.QueryParams()}
	set, err := a.policy(c)
	if err != nil {
		return o, err
	}
	var ok bool
	if o.format, ok = exchange.ParseFormat(o.values.Get("format")); !ok {
		o.fail("format", "error_export_format")
	}
	if status := o.values.Get("status"); status != "" {
		if o.sel.Status, ok = moderation.ParseStatus(status); !ok {
			o.fail("status", "error_export_status")
		}
	}
	o.readDays(set.Zone())
	slug := o.values.Get("article")
	if slug == "" {
		return o, nil
	}
	article, err := a.store.ArticleBySlug(c.Request().Context(), slug)
	if errors.Is(err, moderation.ErrNotFound) {
		o.fail("article", "error_article_unknown")
		return o, nil
	}
	o.sel.ArticleID = article.ID
	return o, err
}

// readDays reads the first and the last day, which both belong to the selection,
// where the newsroom is.
func (o *exportOrder) readDays(zone *time.Location) {
	if day := o.values.Get("from"); day != "" {
		from, err := time.ParseInLocation(dayLayout, day, zone)
		if err != nil {
			o.fail("from", "error_day")
		}
		o.sel.From = from
	}
	if day := o.values.Get("to"); day != "" {
		last, err := time.ParseInLocation(dayLayout, day, zone)
		switch {
		case err != nil:
			o.fail("to", "error_day")
		case last.Before(o.sel.From):
			o.fail("to", "error_day_order")
		}
		o.sel.To = time.Date(last.Year(), last.Month(), last.Day()+1, 0, 0, 0, 0, zone) // days are not always 24 hours long
	}
}

// exportPage shows the form with what was typed. What can only be chosen there has
// no place for a message of its own and is told above it.
func (a *App) exportPage(c echo.Context, status int, o exportOrder) error {
	base, err := a.adminBase(c, "export")
	if err != nil {
		return err
	}
	for _, name := range []string{"format", "status"} {
		if problem := o.problems.For(name); problem != nil {
			base.Notice = &views.Notice{Text: message(base.Printer, problem)}
		}
	}
	field := func(name string) views.Field { return fieldOf(base.Printer, name, o.values.Get(name), o.problems) }
	return a.page(c, status, views.ExportPage{
		Base: base, Format: o.values.Get("format"), Status: o.values.Get("status"), Personal: o.personal(),
		Article: field("article"), From: field("from"), To: field("to"),
	})
}

// sendExport streams the file in constant memory.
func (a *App) sendExport(c echo.Context, o exportOrder) error {
	set, err := a.policy(c)
	if err != nil {
		return err
	}
	p, now := a.printer(c), a.now()
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, o.format.ContentType())
	h.Set(echo.HeaderContentDisposition,
		`attachment; filename="radd-comments-`+now.In(set.Zone()).Format(dayLayout)+o.format.Extension()+`"`)
	h.Set("Cache-Control", "no-store")
	line := patientLine(c)
	line.extend(exportPatience)
	_, err = exchange.Export(c.Request().Context(), c.Response(), a.store, exchange.ExportOptions{
		Format: o.format, Selection: o.sel, Personal: o.personal(), BaseURL: strings.TrimSuffix(a.absolute(c, "/"), "/"),
		SiteName: set.SiteName(p.Lang()), Lang: p.Lang(), Now: now, Generator: a.cfg.Version,
		Flush: func() error {
			line.extend(exportPatience)
			return line.flush()
		},
	})
	if err == nil {
		return nil
	}
	if !c.Response().Committed {
		h.Del(echo.HeaderContentType)
		h.Del(echo.HeaderContentDisposition)
		return err
	}
	// The status has gone out long ago. A file that just ended here would look
	// whole, so the connection is cut: browsers then report a failed download.
	var gone *net.OpError
	if errors.Is(err, context.Canceled) || errors.As(err, &gone) {
		a.logError(c, err, 0) // the client's doing
	} else {
		a.logError(c, err, http.StatusInternalServerError)
	}
	panic(http.ErrAbortHandler)
}
