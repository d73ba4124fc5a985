package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

func asBroken(err error, broken **BrokenError) bool { return errors.As(err, broken) }

// wrap puts the fields of a comment into a whole file.
func wrap(fields string) string {
	return `<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>` +
		`<item><title>T</title><link>https://a.example/x/</link>` +
		`<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>N</wp:comment_author>` +
		`<wp:comment_date_gmt>2026-02-10 09:00:00</wp:comment_date_gmt>` + fields + `</wp:comment></item></channel></rss>`
}

func content(text string) string {
	return wrap("<wp:comment_content>" + text + "</wp:comment_content>")
}

func utf16le(s string, bom bool) string {
	var b bytes.Buffer
	if bom {
		b.WriteString("\xff\xfe")
	}
	for _, unit := range utf16.Encode([]rune(s)) {
		b.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	return b.String()
}

// TestMalformedFiles reads what real servers produce. Each file holds one comment.
func TestMalformedFiles(t *testing.T) {
	arabic := "مرحبا"
	windows, err := charmap.Windows1256.NewEncoder().String(content(arabic))
	if err != nil {
		t.Fatal(err)
	}
	latin, err := charmap.ISO8859_1.NewEncoder().String(content("déjà"))
	if err != nil {
		t.Fatal(err)
	}
	old := strings.ReplaceAll(content("x"), "export/1.2", "export/1.0")
	for name, test := range map[string]struct{ file, body, note string }{
		"byte order mark":   {"\ufeff" + content("x"), "x", ""},
		"leading lines":     {"\n\n \t\n" + `<?xml version="1.0"?>` + content("x"), "x", ""},
		"warning before":    {"<br />\n<b>Warning</b>:  something in <b>x.php</b> on line <b>1</b><br />\n" + content("x"), "x", ""},
		"rest after":        {content("x") + "\n<!-- done --> & <", "x", ""},
		"xml 1.1":           {`<?xml version="1.1" encoding="utf8"?>` + content("x"), "x", ""},
		"windows-1256":      {`<?xml version="1.0" encoding="windows-1256"?>` + windows, arabic, ""},
		"iso-8859-1":        {"\n" + `<?xml version='1.0' encoding='ISO-8859-1'?>` + latin, "déjà", ""},
		"utf-16 mark":       {utf16le(`<?xml version="1.0" encoding="UTF-16"?>`+content(arabic), true), arabic, ""},
		"utf-16 no mark":    {utf16le(content(arabic), false), arabic, ""},
		"utf-16 only said":  {`<?xml version="1.0" encoding="UTF-16"?>` + content(arabic), arabic, ""},
		"unknown encoding":  {`<?xml version="1.0" encoding="klingon"?>` + content(arabic), arabic, NoteEncoding},
		"invalid bytes":     {content("a\xffb"), "a\ufffdb", NoteBytesReplaced},
		"control":           {content("a\x01\x0bb\x00"), "ab", NoteCharsRemoved},
		"control reference": {content("a&#1;b&#x1f;c&#xFFFF;&#99999999;"), "abc", NoteCharsRemoved},
		"noncharacter":      {content("a\ufffeb"), "ab", NoteCharsRemoved},
		"html entities":     {content("a&eacute;&nbsp;b"), "aé\u00a0b", ""},
		"bare ampersand":    {content("R&D & more &unknown; &"), "R&D & more &unknown; &", ""},
		"bare less-than":    {content("1 < 2 <3 <"), "1 < 2 <3 <", NoteMarkup},
		"bare html": {
			content(`<p>one<br>two</p><a href="https://b.example/?x=1&amp;y">here</a>`), "one\ntwo\n\nhere (https://b.example/?x=1&y)", "",
		},
		"nested section":    {content("<![CDATA[a <![CDATA[b]]> c]]>"), "a b c", NoteMarkup},
		"split section":     {content("<![CDATA[a ]]]]><![CDATA[> b]]>"), "a ]]> b", ""},
		"undeclared prefix": {strings.ReplaceAll(content("x"), ` xmlns:wp="http://wordpress.org/export/1.2/"`, ""), "x", ""},
		"other prefix":      {strings.ReplaceAll(strings.ReplaceAll(content("x"), "wp:", "ns1:"), "xmlns:wp", "xmlns:ns1"), "x", ""},
		"version 1.0":       {old, "x", ""},
		"stray end tag":     {wrap("</b><wp:comment_content>x</wp:comment_content>"), "x", NoteMarkup},
		"missing end tag":   {wrap("<wp:comment_parent>0<wp:comment_content>x</wp:comment_content>"), "x", NoteMarkup},
		"comment dashes":    {wrap("<!-- a -- b --><wp:comment_content>x</wp:comment_content>"), "x", ""},
		"crlf":              {content("a\r\nb\rc"), "a\nb\nc", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := &memory{}
			report := importFile(t, test.file, m, testImportOptions())
			if len(m.comments) != 1 || m.comments[0].Body != test.body {
				t.Errorf("got %+v, want %q", m.comments, test.body)
			}
			for _, note := range report.Notes {
				if note.Key == NoteEncoding || note.Key == NoteBytesReplaced || note.Key == NoteCharsRemoved || note.Key == NoteMarkup {
					if note.Key != test.note {
						t.Errorf("note %+v", note)
					}
					test.note = ""
				}
			}
			if test.note != "" {
				t.Errorf("no note %s", test.note)
			}
		})
	}
}

// TestFieldRules checks what becomes of single fields.
func TestFieldRules(t *testing.T) {
	long := strings.Repeat("س", 32_767) + "x" // 65,535 bytes
	far := strings.Repeat("a", 255)
	const text = "<wp:comment_content>x</wp:comment_content>"
	for name, test := range map[string]struct{ fields, skip, note string }{
		"longest":       {"<wp:comment_content>" + long + "</wp:comment_content>", "", ""},
		"too long":      {"<wp:comment_content>" + long + "x</wp:comment_content>", SkipLong, ""},
		"far too long":  {"<wp:comment_content><![CDATA[" + strings.Repeat("<b>", 400_000) + "]]></wp:comment_content>", SkipLong, ""},
		"trackback":     {"<wp:comment_type>trackback</wp:comment_type>" + text, SkipTrackback, ""},
		"order note":    {"<wp:comment_type>order_note</wp:comment_type>" + text, SkipCommentType, ""},
		"only marks":    {"<wp:comment_content>\u202e\ufeff </wp:comment_content>", SkipEmpty, ""},
		"bad website":   {"<wp:comment_author_url>javascript:x</wp:comment_author_url>" + text, "", NoteWebsiteDropped},
		"long e-mail":   {"<wp:comment_author_email>" + far + "</wp:comment_author_email>" + text, "", NoteEmailDropped},
		"bad address":   {"<wp:comment_author_IP>x</wp:comment_author_IP>" + text, "", NoteAddressDropped},
		"its own child": {"<wp:comment_parent>1</wp:comment_parent>" + text, "", NoteParentMissing},
	} {
		m := &memory{}
		report := importFile(t, wrap(test.fields), m, testImportOptions())
		if test.skip != "" && (len(report.Skipped) != 1 || report.Skipped[0].Reason != test.skip || len(m.comments) != 0) ||
			test.skip == "" && len(m.comments) != 1 {
			t.Errorf("%s: %+v", name, report)
		}
		if test.note != "" && (len(report.Notes) == 0 || report.Notes[0].Key != test.note) {
			t.Errorf("%s: notes %+v", name, report.Notes)
		}
	}
	m := &memory{}
	report := importFile(t, strings.Replace(content("x"), ">N<", ">"+strings.Repeat("ن", 101)+"<", 1), m, testImportOptions())
	if m.comments[0].Name != strings.Repeat("ن", 100) || report.Notes[0].Key != NoteNameCut {
		t.Errorf("%+v", m.comments[0])
	}
}

// TestDatesFallBack checks the order local date, article's date, earliest comment, now.
func TestDatesFallBack(t *testing.T) {
	none := "<wp:comment_content>x</wp:comment_content>"
	file := strings.Replace(wrap(none), "2026-02-10 09:00:00", wxrNoTime, 1)
	dated := strings.Replace(file, "<title>", "<wp:post_date_gmt>2026-01-05 10:00:00</wp:post_date_gmt><title>", 1)
	for name, test := range map[string]struct{ file, want string }{
		"article": {dated, "2026-01-05T10:00:00.000Z"},
		"now":     {file, formatTime(testNow, milliseconds)},
		"far":     {strings.Replace(dated, wxrNoTime, "2999-01-01 00:00:00", 1), "2026-01-05T10:00:00.000Z"},
	} {
		m := &memory{}
		report := importFile(t, test.file, m, testImportOptions())
		if got := formatTime(m.comments[0].CreatedAt, milliseconds); got != test.want || report.Notes[0].Key != NoteDateMissing {
			t.Errorf("%s: %s %+v", name, got, report.Notes)
		}
	}
}

// TestRefusedFiles checks that attacks on the parser end with an error of their own.
func TestRefusedFiles(t *testing.T) {
	head := `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>`
	for name, test := range map[string]struct {
		file io.Reader
		want error
	}{
		"nothing":         {strings.NewReader(""), ErrUnknownFormat},
		"a spreadsheet":   {strings.NewReader("id,name\n1,x\n"), ErrUnknownFormat},
		"a plain feed":    {strings.NewReader("<rss><channel><item><title>x</title></item></channel></rss>"), ErrUnknownFormat},
		"document type":   {strings.NewReader(`<!DOCTYPE x [<!ENTITY a "b">]>` + head), ErrDoctype},
		"deep":            {strings.NewReader(head + strings.Repeat("<x>", 10_001)), ErrTooDeep},
		"huge value":      {io.MultiReader(strings.NewReader(head+"<![CDATA["), zeros(1<<30, 'x')), ErrTooLarge},
		"huge tag":        {io.MultiReader(strings.NewReader(head+"<x "), zeros(1<<30, 'x')), ErrTooLarge},
		"many attributes": {strings.NewReader(head + "<x " + strings.Repeat(`a="" `, 300_000) + ">"), ErrTooLarge},
		"less-thans":      {io.MultiReader(strings.NewReader(head), zeros(1<<30, '<')), ErrTooLarge},
		"endless comment": {io.MultiReader(strings.NewReader(head+"<!--"), zeros(1<<24, '-')), nil},
		"not closed":      {strings.NewReader(strings.TrimSuffix(content("x"), "</channel></rss>")), io.ErrUnexpectedEOF},
	} {
		t.Run(name, func(t *testing.T) {
			stop := watchMemory()
			_, err := Import(t.Context(), test.file, &memory{}, testImportOptions())
			if peak := stop(); peak > 100 {
				t.Errorf("took %.0f MiB", peak)
			}
			var broken *BrokenError
			if err == nil || test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("got %v", err)
			}
			if !errors.Is(err, ErrUnknownFormat) && !asBroken(err, &broken) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// zeros is n times the byte.
func zeros(n int64, b byte) io.Reader { return io.LimitReader(same(b), n) }

type same byte

func (s same) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(s)
	}
	return len(p), nil
}

// TestManyBatches takes comments of one article beyond a batch, each answering the
// one before, and stops where it is told to.
func TestManyBatches(t *testing.T) {
	var b strings.Builder
	const n = 2*batchSize + 7
	for i := n; i > 1; i-- { // the first comes last
		fmt.Fprintf(&b, `<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_parent>%d</wp:comment_parent>`+
			`<wp:comment_date_gmt>2026-02-10 09:00:00</wp:comment_date_gmt><wp:comment_content>x</wp:comment_content></wp:comment>`, i, i-1)
	}
	file := strings.Replace(content("first"), "<wp:comment>", b.String()+"<wp:comment>", 1)
	m := &memory{}
	report := importFile(t, file, m, testImportOptions())
	if report.NewComments != n || len(m.comments) != n {
		t.Fatalf("%+v", report)
	}
	for i, c := range m.comments[1:] {
		if c.ParentID != m.comments[i].ID || c.ID <= c.ParentID || c.RootID != m.comments[0].ID {
			t.Fatalf("comment %d: %+v", i+1, c)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Import(ctx, strings.NewReader(file), &memory{}, testImportOptions()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestTooManyWait bounds how many comments wait for parents that never come.
func TestTooManyWait(t *testing.T) {
	var b strings.Builder
	const n = maxWaiting + 10
	for i := range n {
		fmt.Fprintf(&b, `<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_parent>gone</wp:comment_parent>`+
			`<wp:comment_content>x</wp:comment_content></wp:comment>`, i+2)
	}
	file := strings.Replace(content("first"), "<wp:comment>", b.String()+"<wp:comment>", 1)
	report := importFile(t, file, forgetful{}, testImportOptions())
	if report.Comments != n+1 || !strings.Contains(fmt.Sprint(report.Notes), fmt.Sprintf("%s %d", NoteParentMissing, n)) {
		t.Errorf("%+v", report)
	}
}

func FuzzImport(f *testing.F) {
	f.Add([]byte(readSample(f)))
	f.Add([]byte(content("<![CDATA[<a href='x'>]]>")))
	f.Add([]byte(export(f, sample(f), testOptions(WXR))))
	f.Fuzz(func(t *testing.T, file []byte) {
		m := &memory{}
		opts := testImportOptions()
		opts.Format = WXR
		report, _ := Import(t.Context(), bytes.NewReader(file), m, opts)
		if report.NewComments != len(m.comments) || report.NewArticles != len(m.articles) {
			t.Errorf("%+v for %d articles and %d comments", report, len(m.articles), len(m.comments))
		}
		for _, c := range m.comments {
			if c.ID <= 0 || c.RootID == 0 || c.Body == "" || c.Body != clean(c.Body) || c.Name != cleanLine(c.Name) {
				t.Errorf("%+v", c)
			}
		}
	})
}

// TestDamagedTags reads files in which one tag is lost: what can be read is read,
// and what cannot is told.
func TestDamagedTags(t *testing.T) {
	comment := func(id string) string {
		return "<wp:comment><wp:comment_id>" + id + "</wp:comment_id><wp:comment_content>Text " + id +
			"</wp:comment_content><wp:comment_date_gmt>2024-01-01 10:00:00</wp:comment_date_gmt></wp:comment>"
	}
	item := func(link, comments string) string {
		return "<item><title>" + link + "</title><link>https://example.com/" + link + "</link>" + comments + "</item>"
	}
	numbered := func(id string) string {
		return "<item><link>https://example.com/x</link><wp:post_id>" + id + "</wp:post_id></item>"
	}
	file := func(items string) string {
		return `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>` + items + `</channel></rss>`
	}
	whole := file(item("one", comment("1")+comment("2")+comment("3")) + item("two", comment("4")))
	for name, test := range map[string]struct {
		file               string
		articles, comments int
		skipped            string
	}{
		"whole":               {whole, 2, 4, ""},
		"end of a comment":    {strings.Replace(whole, "</wp:comment>", "", 1), 2, 4, ""},
		"end of an item":      {strings.Replace(whole, "</item>", "", 1), 2, 4, ""},
		"both ends":           {strings.Replace(whole, "</wp:comment></item>", "", 1), 2, 4, ""},
		"start of a comment":  {strings.Replace(whole, "<wp:comment>", "", 1), 2, 3, SkipBroken},
		"two files in one":    {whole + "\n" + `<?xml version="1.0"?>` + file(item("three", comment("5"))), 3, 5, ""},
		"one link, two items": {file(numbered("1") + numbered("2")), 2, 0, ""},
		"one item, twice":     {file(item("one", comment("1")) + item("one", comment("1"))), 1, 1, SkipDuplicate},
	} {
		t.Run(name, func(t *testing.T) {
			for _, dry := range []bool{true, false} {
				m := &memory{}
				report, err := Import(t.Context(), strings.NewReader(test.file), m, ImportOptions{DryRun: dry, Now: time.Unix(1e9, 0)})
				if err != nil || report.NewArticles != test.articles || report.NewComments != test.comments {
					t.Errorf("dry %v: %+v, %v", dry, report, err)
				}
				if told := len(report.Skipped) == 1 && report.Skipped[0].Reason == test.skipped; told == (test.skipped == "") {
					t.Errorf("dry %v: left out %+v, want %q", dry, report.Skipped, test.skipped)
				}
			}
		})
	}
}
