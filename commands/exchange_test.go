package commands

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"radd/db/dbtest"
	"radd/moderation"
)

// newsroom is a database with two articles and comments of three days around the
// start of a day in Beirut.
func newsroom(t *testing.T) env {
	t.Helper()
	e := newEnv(t)
	store := openDB(t, e)
	set := moderation.DefaultSettings()
	set.TimeZone = "Asia/Beirut"
	if err := store.SaveSettings(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	bridge := dbtest.Article(t, store, func(a *moderation.Article) { a.Slug = "الجسر-الجديد" })
	market := dbtest.Article(t, store, func(a *moderation.Article) { a.Slug = "market" })
	at := func(moment string) func(*moderation.Comment) {
		when, err := time.Parse(time.RFC3339, moment)
		if err != nil {
			t.Fatal(err)
		}
		return func(c *moderation.Comment) {
			c.ID = moderation.FirstID(when) // exports choose by it
			c.RootID, c.CreatedAt, c.UpdatedAt = c.ID, when, when
		}
	}
	dbtest.Comment(t, store, bridge, at("2026-11-20T21:59:59Z"), dbtest.Author("Amal", "amal@example.com"))
	dbtest.Comment(t, store, bridge, at("2026-11-20T22:00:00Z"), dbtest.Author("Basma", "basma@example.com"))
	dbtest.Comment(t, store, market, at("2026-11-21T21:59:59Z"), dbtest.Author("Chadi", "chadi@example.com"),
		dbtest.Status(moderation.Spam))
	dbtest.Comment(t, store, market, at("2026-11-21T22:00:00Z"), dbtest.Author("Dima", "dima@example.com"))
	return e
}

func TestExportFilters(t *testing.T) {
	e := newsroom(t)
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "Amal Basma Chadi Dima"},
		{[]string{"--status", "spam"}, "Chadi"},
		{[]string{"--article", "الجسر-الجديد"}, "Amal Basma"},
		{[]string{"--from", "2026-11-21"}, "Basma Chadi Dima"},
		{[]string{"--to", "2026-11-20"}, "Amal"},
		{[]string{"--from", "2026-11-21", "--to", "2026-11-21"}, "Basma Chadi"},
		{[]string{"--from", "2026-11-23"}, ""},
	} {
		out := must(t, e, "", append([]string{"export", "--format", "jsonl"}, c.args...)...).stdout
		var names []string
		for _, name := range []string{"Amal", "Basma", "Chadi", "Dima"} {
			if strings.Contains(out, `"`+name+`"`) {
				names = append(names, name)
			}
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("export %v holds %q, want %q", c.args, got, c.want)
		}
		if strings.Contains(out, "@example.com") {
			t.Errorf("export %v holds an e-mail address", c.args)
		}
	}
	events, _, err := openDB(t, e).Events(t.Context(), 0, 1)
	if err != nil || len(events) != 1 || events[0].Kind != "export" || events[0].Member != "radd export" ||
		events[0].Detail != "format=jsonl from=2026-11-23" {
		t.Errorf("the log has %+v, %v", events, err)
	}
}

func TestExportFormats(t *testing.T) {
	e := newsroom(t)
	for format, beginning := range map[string]string{
		"csv": "\ufeff", "xlsx": "PK", "jsonl": "{", "wxr": "<?xml",
	} {
		piped := must(t, e, "", "export", "--format", format, "--personal")
		if !strings.HasPrefix(piped.stdout, beginning) || piped.stderr != "4 comments were written.\n" {
			t.Errorf("%s begins with %.10q and says %q", format, piped.stdout, piped.stderr)
		}
		if format != "xlsx" && !strings.Contains(piped.stdout, "dima@example.com") {
			t.Errorf("%s with --personal holds no e-mail address", format)
		}
		path := filepath.Join(t.TempDir(), "comments."+format)
		if r := must(t, e, "", "export", "--format", format, "-o", path); r.stdout != "" {
			t.Errorf("%s to a file printed %q", format, r.stdout)
		}
		content, err := os.ReadFile(path)
		if err != nil || !strings.HasPrefix(string(content), beginning) {
			t.Errorf("the %s file begins with %.10q, %v", format, content, err)
		}
	}
}

func TestExportRefuses(t *testing.T) {
	e := newsroom(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "comments.csv")
	write(t, path, "precious")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--output", path}, exitFailed, path},
		{[]string{"--output", filepath.Join(dir, "nowhere", "comments.csv")}, exitFailed, "nowhere"},
		{[]string{"--article", "nothing"}, exitFailed, "nothing"},
		{[]string{"--status", "new"}, exitUsage, "new"},
		{[]string{"--from", "21/11/2026"}, exitUsage, "--from"},
		{[]string{"--to", "2026-02-30"}, exitUsage, "--to"},
		{[]string{"--from", "2026-11-21", "--to", "2026-11-20"}, exitUsage, "--to"},
	} {
		r := radd(t, e, "", append([]string{"export", "--format", "csv"}, c.args...)...)
		if r.code != c.code || r.stdout != "" || !strings.Contains(r.stderr, c.says) || strings.Count(r.stderr, "\n") != 1 {
			t.Errorf("export %v: exit %d, %q", c.args, r.code, r.stderr)
		}
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "precious" {
		t.Errorf("the file holds %q, %v", content, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("temporary files were left behind: %v, %v", entries, err)
	}
}

// wordpress is a small export file of our own making.
const wordpress = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Harbour</title><link>https://harbour.example.org</link><wp:wxr_version>1.2</wp:wxr_version>
<item><title>Olives</title><link>https://harbour.example.org/olives</link><dc:creator>desk</dc:creator>
<content:encoded><![CDATA[<p>They are late this year.</p>]]></content:encoded>
<wp:post_id>7</wp:post_id><wp:post_date_gmt>2026-10-01 08:00:00</wp:post_date_gmt><wp:post_name>olives</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author><![CDATA[Rami]]></wp:comment_author>
<wp:comment_author_email>rami@example.com</wp:comment_author_email><wp:comment_date_gmt>2026-10-02 08:00:00</wp:comment_date_gmt>
<wp:comment_content><![CDATA[Ours too.]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author><![CDATA[elsewhere]]></wp:comment_author>
<wp:comment_date_gmt>2026-10-03 08:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[ping]]></wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_type>pingback</wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>
</item>
</channel></rss>
`

func TestImport(t *testing.T) {
	e := newEnv(t)
	path := filepath.Join(t.TempDir(), "harbour.xml")
	write(t, path, wordpress)
	dry := must(t, e, "", "import", path, "--dry-run")
	if dry.stdout != "" || !strings.Contains(dry.stderr, "Comments: 2 in the file, 1 new") || !strings.Contains(dry.stderr, "Pingbacks") {
		t.Errorf("the dry run says %q %q", dry.stdout, dry.stderr)
	}
	if exists(e["RADD_DATABASE"]) {
		t.Error("the dry run made a database")
	}
	for _, news := range []string{"1 new", "0 new"} {
		r := must(t, e, "", "import", path, "--format", "wxr")
		if r.stdout != "" || !strings.Contains(r.stderr, "Articles: 1 in the file, "+news) ||
			!strings.Contains(r.stderr, "Comments: 2 in the file, "+news) {
			t.Errorf("the import says %q %q", r.stdout, r.stderr)
		}
	}
	if r := must(t, e, wordpress, "import", "--dry-run"); !strings.Contains(r.stderr, "Comments: 2 in the file, 0 new") {
		t.Errorf("standard input: %q", r.stderr)
	}
	if out := must(t, e, "", "export", "--format", "jsonl", "--article", "olives").stdout; !strings.Contains(out, `"Ours too."`) {
		t.Errorf("the comment did not arrive: %s", out)
	}
	events, _, err := openDB(t, e).Events(t.Context(), 0, 10)
	if err != nil || len(events) != 2 || events[1].Kind != "import" || events[1].Detail != "harbour.xml articles=1 comments=1" {
		t.Errorf("the log has %+v, %v", events, err)
	}
	article, err := openDB(t, e).ArticleBySlug(t.Context(), "olives")
	if err != nil || article.Section == "" || strings.Contains(article.Section, "_") {
		t.Errorf("the article's section is %q, %v", article.Section, err)
	}
}

func TestImportInArabic(t *testing.T) {
	r := must(t, newEnv(t).with("LANG", "ar"), wordpress, "import", "-")
	if !strings.Contains(r.stderr, "والجديد منها 1") || strings.Contains(r.stderr, "skip_") {
		t.Errorf("the import says %q", r.stderr)
	}
}

// TestImportOfABrokenFile: what stands before the break is taken, and said.
func TestImportOfABrokenFile(t *testing.T) {
	e := newEnv(t)
	at := strings.Index(wordpress, "</channel>")
	r := radd(t, e, wordpress[:at]+"<item><title>Cut", "import", "-")
	if r.code != exitFailed || !strings.Contains(r.stderr, "Comments: 2 in the file, 1 new") ||
		!strings.Contains(r.stderr, "breaks off in line") {
		t.Errorf("exit %d, %q", r.code, r.stderr)
	}
	must(t, e, "", "check")
}

func TestImportRefuses(t *testing.T) {
	e := newEnv(t)
	for _, c := range []struct{ stdin, file, says string }{
		{"name,text\na,b\n", "-", "wxr"},
		{"", "-", "wxr"},
		{"", filepath.Join(t.TempDir(), "nothing.xml"), "nothing.xml"},
		{"", t.TempDir(), "cannot be read"},
	} {
		if r := radd(t, e, c.stdin, "import", c.file); r.code != exitFailed || !strings.Contains(r.stderr, c.says) {
			t.Errorf("import %s: exit %d, %q", c.file, r.code, r.stderr)
		}
	}
}

func TestInterruptedExportLeavesNoFile(t *testing.T) {
	e := newsroom(t)
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out := newOutput()
	code := Run(ctx, []string{"radd", "export", "--format", "csv", "-o", filepath.Join(dir, "a.csv")}, nil, out, out, e.lookup)
	if code != exitFailed || out.String() != "Interrupted.\n" {
		t.Errorf("exit %d, %q", code, out)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
