package exchange

import (
	"strings"
	"unicode"

	"radd/moderation"
)

// csvWriter writes RFC 4180: every cell quoted, lines end in CRLF. A byte order
// mark comes first, because Excel reads Arabic as another encoding without it.
type csvWriter struct {
	*exporter
	cells []string
}

func newCSV(e *exporter) *csvWriter { return &csvWriter{exporter: e} }

func (w *csvWriter) begin() error {
	if _, err := w.out.WriteString("\ufeff"); err != nil {
		return err
	}
	return w.line(columns(w.opts.Personal))
}

func (w *csvWriter) comment(c moderation.Comment, a moderation.Article) error {
	w.cells = w.record(w.cells, c, a)
	return w.line(w.cells)
}

func (w *csvWriter) end() error { return nil }

// line writes one record. The buffered writer keeps its first error for the last call.
func (w *csvWriter) line(cells []string) error {
	for i, cell := range cells {
		if i > 0 {
			_ = w.out.WriteByte(',')
		}
		_ = w.out.WriteByte('"')
		_, _ = w.out.WriteString(strings.ReplaceAll(defuse(cell), `"`, `""`))
		_ = w.out.WriteByte('"')
	}
	_, err := w.out.WriteString("\r\n")
	return err
}

// defuse puts an apostrophe before a text that a spreadsheet would take for a
// formula: one whose first character after leading blanks starts one, in ASCII or
// full width. Every other text stays as it is.
// https://owasp.org/www-community/attacks/CSV_Injection
func defuse(cell string) string {
	for _, r := range cell {
		switch r {
		case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
			return "'" + cell
		}
		if !unicode.IsSpace(r) {
			return cell
		}
	}
	return cell
}
