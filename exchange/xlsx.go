package exchange

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"fmt"
	"io"
	"strconv"

	"radd/moderation"
)

// The limits of a sheet, https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
const (
	sheetRows = 1_048_576
	cellUnits = 32_767 // UTF-16 code units
)

// bodyParts is how many columns the heading names for a body: enough for the
// longest one that an import takes (65,535 bytes). A longer one runs on to the
// right of them.
const bodyParts = 3

// xlsxWriter writes a workbook (ECMA-376, Part 1) as it goes: each row is compressed
// and sent, so memory stays flat and no copy of the readers' data lies on the disk.
// (excelize's stream writer keeps the sheet in a temporary file and 65 MiB in memory.)
type xlsxWriter struct {
	*exporter
	zip         *zip.Writer
	sheet       *bufio.Writer // of the sheet being written
	sheets, row int
	cells       []string
}

func newXLSX(e *exporter) *xlsxWriter {
	w := &xlsxWriter{exporter: e, zip: zip.NewWriter(e.out)}
	w.zip.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestSpeed) // much faster, and little larger
	})
	return w
}

func (w *xlsxWriter) begin() error { return w.newSheet() }

// newSheet starts the first sheet, and the next one where a sheet is full.
func (w *xlsxWriter) newSheet() error {
	w.sheets++
	part, err := w.zip.Create(sheetPart(w.sheets))
	if err != nil {
		return fmt.Errorf("sheet %d: %w", w.sheets, err)
	}
	w.sheet = bufio.NewWriterSize(part, 32<<10)
	w.put(xlsxProlog + `<worksheet xmlns="` + nsSheet + `"><sheetViews><sheetView workbookViewId="0"`)
	if w.opts.Lang == "ar" {
		w.put(` rightToLeft="1"`)
	}
	w.put(`><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	names := columns(w.opts.Personal)
	w.put(`<cols>`)
	for i := range names {
		n := strconv.Itoa(i + 1)
		w.put(`<col min="` + n + `" max="` + n + `" width="` + either(i == bodyColumn, "60", "20") + `" customWidth="1"/>`)
	}
	w.put(`</cols><sheetData>`)
	w.cells = append(w.cells[:0], names...)
	for n := 2; n <= bodyParts; n++ {
		w.cells = append(w.cells, names[bodyColumn]+"_"+strconv.Itoa(n))
	}
	w.row = 0
	return w.writeRow(headingStyle)
}

func (w *xlsxWriter) endSheet() error {
	w.put(`</sheetData></worksheet>`)
	return w.sheet.Flush()
}

func (w *xlsxWriter) comment(c moderation.Comment, a moderation.Article) error {
	if w.row == sheetRows {
		if err := w.endSheet(); err != nil {
			return err
		}
		if err := w.newSheet(); err != nil {
			return err
		}
	}
	w.cells = w.record(w.cells, c, a)
	parts := splitCell(c.Body)
	w.cells[bodyColumn] = parts[0]
	w.cells = append(w.cells, parts[1:]...)
	return w.writeRow(textStyle)
}

// writeRow writes w.cells as strings: nothing is read as a number or a formula.
func (w *xlsxWriter) writeRow(style string) error {
	w.row++
	row := strconv.Itoa(w.row)
	w.put(`<row r="` + row + `">`)
	for i, cell := range w.cells {
		if cell == "" {
			continue
		}
		w.put(`<c r="` + columnName(i) + row + `" s="` + style + `" t="inlineStr"><is><t xml:space="preserve">`)
		w.put(xmlEscaper.Replace(xmlChars(escapeUnderscores(cell))))
		w.put(`</t></is></c>`)
	}
	_, err := w.sheet.WriteString(`</row>`) // a writer keeps its first error
	return err
}

func (w *xlsxWriter) put(s string) { _, _ = w.sheet.WriteString(s) }

func (w *xlsxWriter) end() error {
	if err := w.endSheet(); err != nil {
		return err
	}
	for _, part := range xlsxParts(w.sheets) {
		out, err := w.zip.Create(part.name)
		if err != nil {
			return fmt.Errorf("part %s: %w", part.name, err)
		}
		if _, err := out.Write([]byte(part.content)); err != nil {
			return fmt.Errorf("part %s: %w", part.name, err)
		}
	}
	return w.zip.Close()
}

// columnName is A, B … Z, AA …
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// splitCell cuts a text into pieces that fit a cell.
func splitCell(s string) []string {
	if len(s) <= cellUnits { // no character has fewer bytes than units
		return []string{s}
	}
	var parts []string
	start, units := 0, 0
	for i, r := range s {
		width := 1
		if r > 0xFFFF {
			width = 2
		}
		if units+width > cellUnits {
			parts = append(parts, s[start:i])
			start, units = i, 0
		}
		units += width
	}
	return append(parts, s[start:])
}

// escapeUnderscores protects text such as "_x0041_", which stands for a character
// in a workbook (ECMA-376, Part 1, 22.9.2.19). Each underscore is looked at, because
// the one that ends an escape may begin the next.
func escapeUnderscores(s string) string {
	var out []byte
	copied := 0
	for i := 0; i+7 <= len(s); i++ {
		if s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' && isHex(s[i+2:i+6]) {
			out = append(append(out, s[copied:i]...), "_x005F_"...)
			copied = i + 1
		}
	}
	if copied == 0 {
		return s
	}
	return string(append(out, s[copied:]...))
}

func isHex(s string) bool {
	_, err := strconv.ParseUint(s, 16, 32)
	return err == nil
}
