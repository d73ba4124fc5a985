package exchange

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"radd/moderation"

	"github.com/xuri/excelize/v2"
)

func TestCSVComesBack(t *testing.T) {
	m := sample(t)
	file := export(t, m, testOptions(CSV))
	rest, ok := strings.CutPrefix(file, "\ufeff")
	if !ok {
		t.Error("no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(rest)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(m.comments)+1 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, c := range m.comments {
		row := rows[i+1]
		for column, want := range map[int]string{0: c.ID.String(), 6: c.Name, 8: c.Body, 14: c.Email, 15: c.Address, 16: c.UserAgent} {
			if got := row[column]; got != want && got != "'"+want {
				t.Errorf("%q came back as %q", want, got)
			}
		}
	}
}

func TestDefuse(t *testing.T) {
	for _, text := range []string{"=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", " =1", "\u00a0=1", "  \tx"} {
		if got := defuse(text); got != "'"+text {
			t.Errorf("defuse(%q) = %q", text, got)
		}
	}
	for _, text := range []string{"", " ", "a=1", "1-2", "'=1", "مرحبا =", "«=»", "x\n=1"} {
		if got := defuse(text); got != text {
			t.Errorf("defuse(%q) = %q", text, got)
		}
	}
}

func TestXLSXComesBack(t *testing.T) {
	m := sample(t)
	long := strings.Repeat("س\U0001F600", 21_000) // 63,000 units
	m.comments[0].Body = long
	for _, lang := range []string{"ar", "en"} {
		opts := testOptions(XLSX)
		opts.Lang = lang
		book, err := excelize.OpenReader(strings.NewReader(export(t, m, opts)))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = book.Close() }()
		view, err := book.GetSheetView("comments", 0)
		if err != nil || *view.RightToLeft != (lang == "ar") {
			t.Errorf("direction %v of %s: %v", *view.RightToLeft, lang, err)
		}
		rows, err := book.GetRows("comments")
		if err != nil || len(rows) != len(m.comments)+1 {
			t.Fatal(len(rows), err)
		}
		for i, c := range m.comments {
			row := slices.Concat(rows[i+1], make([]string, len(columns(true))))
			body := row[bodyColumn] + strings.Join(row[len(columns(true)):], "")
			for _, pair := range [][2]string{{body, c.Body}, {row[6], c.Name}, {row[14], c.Email}, {row[0], c.ID.String()}} {
				if pair[0] != pair[1] {
					t.Errorf("%.40q came back as %.40q", pair[1], pair[0])
				}
			}
			cell, _ := excelize.CoordinatesToCellName(bodyColumn+1, i+2)
			if formula, _ := book.GetCellFormula("comments", cell); formula != "" {
				t.Errorf("%q became a formula", c.Body)
			}
		}
	}
}

func TestJSONLComesBack(t *testing.T) {
	m := sample(t)
	lines := strings.Split(strings.TrimSuffix(export(t, m, testOptions(JSONL)), "\n"), "\n")
	want := `{"radd":"comments","version":1,"exported_at":"2026-03-02T12:00:00.000Z","generator":"1.0","personal":true,"selection":{}}`
	if lines[0] != want {
		t.Errorf("header %s", lines[0])
	}
	if len(lines) != len(m.comments)+1 {
		t.Fatalf("%d lines", len(lines))
	}
	for i, c := range m.comments {
		var got jsonComment
		got.jsonPersonal = &jsonPersonal{}
		if err := json.Unmarshal([]byte(lines[i+1]), &got); err != nil {
			t.Fatal(err)
		}
		if got.Body != c.Body || got.Name != c.Name || got.Email != c.Email || got.UserAgent != c.UserAgent || got.ID != c.ID.String() {
			t.Errorf("%+v came back as %+v", c, got)
		}
	}
}

// TestWXRIsXML reads the file with a strict parser, and the texts out of it.
func TestWXRIsXML(t *testing.T) {
	m := sample(t)
	var file struct {
		Channel struct {
			Items []struct {
				Title    string `xml:"title"`
				Comments []struct {
					ID      string `xml:"comment_id"`
					Author  string `xml:"comment_author"`
					Email   string `xml:"comment_author_email"`
					Content string `xml:"comment_content"`
				} `xml:"comment"`
			} `xml:"item"`
		} `xml:"channel"`
	}
	if err := xml.Unmarshal([]byte(export(t, m, testOptions(WXR))), &file); err != nil {
		t.Fatal(err)
	}
	byID := make(map[string]moderation.Comment)
	for _, c := range m.comments {
		byID[c.ID.String()] = c
	}
	found := 0
	for _, item := range file.Channel.Items {
		for _, got := range item.Comments {
			found++
			c := byID[got.ID]
			if asText.Replace(got.Content) != c.Body || asText.Replace(got.Author) != c.Name || got.Email != c.Email {
				t.Errorf("%q came back as %q", c.Body, got.Content)
			}
		}
	}
	if len(file.Channel.Items) != 2 || found != len(m.comments) {
		t.Errorf("%d items, %d comments", len(file.Channel.Items), found)
	}
}

func TestPersonalFieldsStayOut(t *testing.T) {
	m := sample(t)
	for i := range m.comments {
		m.comments[i].Email, m.comments[i].Address, m.comments[i].UserAgent = "secret@example.com", "192.0.2.99", "Secret/1.0"
	}
	for _, format := range Formats() {
		opts := testOptions(format)
		opts.Personal = false
		file := export(t, m, opts)
		if format == XLSX {
			book, err := excelize.OpenReader(strings.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = book.Close() }()
			rows, _ := book.GetRows("comments")
			var cells []string
			for _, row := range rows {
				cells = append(cells, row...)
			}
			file = strings.Join(cells, "|")
		}
		for _, secret := range []string{"secret@", "192.0.2.99", "Secret/1"} {
			if strings.Contains(file, secret) {
				t.Errorf("%s holds %s", format, secret)
			}
		}
	}
}

// TestXLSXFullSheet goes on in a second sheet.
func TestXLSXFullSheet(t *testing.T) {
	var out bytes.Buffer
	w := newXLSX(&exporter{opts: testOptions(XLSX), out: bufio.NewWriter(&out)})
	if err := w.begin(); err != nil {
		t.Fatal(err)
	}
	w.row = sheetRows - 1
	for id := range moderation.ID(2) {
		if err := w.comment(moderation.Comment{ID: id + 1}, moderation.Article{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.end(), w.out.Flush()); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	last, _ := book.GetCellValue("comments", "A1048576")
	next, _ := book.GetCellValue("comments 2", "A2")
	if last != "1" || next != "2" {
		t.Errorf("got %q and %q", last, next)
	}
}

func TestColumnName(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := columnName(i); got != want {
			t.Errorf("%d is %s, want %s", i, got, want)
		}
	}
}

// TestWXRSelection writes only articles that have selected comments.
func TestWXRSelection(t *testing.T) {
	m := sample(t)
	for _, test := range []struct {
		sel             moderation.Selection
		items, comments int
	}{
		{moderation.Selection{}, 2, len(hostile)},
		{moderation.Selection{Status: moderation.Approved}, 1, (len(hostile) + 2) / 4},
		{moderation.Selection{ArticleID: m.articles[1].ID}, 1, len(hostile) / 2},
		{moderation.Selection{ArticleID: m.articles[0].ID, Status: moderation.Approved}, 0, 0},
	} {
		opts := testOptions(WXR)
		opts.Selection = test.sel
		file := export(t, m, opts)
		items, comments := strings.Count(file, "<item>"), strings.Count(file, "<wp:comment>")
		if items != test.items || comments != test.comments {
			t.Errorf("%+v: %d items, %d comments", test.sel, items, comments)
		}
	}
}

// TestFlushAndProgress counts the calls for three pages.
func TestFlushAndProgress(t *testing.T) {
	m := &memory{}
	for i := range 2*pageSize + 1 {
		m.comments = append(m.comments, moderation.Comment{ID: moderation.ID(i + 1)})
	}
	for _, format := range []Format{CSV, XLSX, JSONL} {
		var flushes, done int
		opts := testOptions(format)
		opts.Flush = func() error { flushes++; return nil }
		opts.Progress = func(n int) { done = n }
		n, err := Export(t.Context(), io.Discard, m, opts)
		if err != nil || n != 2*pageSize+1 || done != n || flushes < 3 {
			t.Errorf("%s: %d comments, %d reported, %d flushes, %v", format, n, done, flushes, err)
		}
	}
}

func TestExportErrors(t *testing.T) {
	m := sample(t)
	gone := errors.New("the reader went away")
	for _, format := range Formats() {
		opts := testOptions(format)
		opts.Flush = func() error { return gone }
		if _, err := Export(t.Context(), io.Discard, m, opts); !errors.Is(err, gone) {
			t.Errorf("%s: %v", format, err)
		}
		if _, err := Export(t.Context(), io.Discard, failing{m}, testOptions(format)); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", format, err)
		}
		if parsed, ok := ParseFormat(string(format)); !ok || parsed != format || format.ContentType() == "" || format.Extension() == "" {
			t.Errorf("%s is no format", format)
		}
	}
	if _, err := Export(t.Context(), io.Discard, m, testOptions("pdf")); !errors.Is(err, ErrUnknownFormat) {
		t.Error(err)
	}
}

// failing is a Source whose queries fail.
type failing struct{ *memory }

func (failing) SelectComments(context.Context, moderation.Selection, moderation.ID, int) ([]moderation.Comment, error) {
	return nil, context.Canceled
}
