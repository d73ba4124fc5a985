package e2e

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

const (
	newTitle = "حديقة فوق سطح المدرسة يسقيها التلاميذ بأيديهم"
	newBody  = "زرع التلاميذ **ستة أحواض** من النعناع.\n\n## الحصاد\n\n1. نعناع\n2. ريحان\n\n<script>document.title = 'x'</script>"
)

// TestAdministrator plays the administrator's story: an article, a new colleague, a
// file with every comment, and the end of a discussion.
func TestAdministrator(t *testing.T) {
	for _, set := range settings[:4] {
		t.Run(set.String(), func(t *testing.T) {
			t.Parallel()
			n := newNewspaper(t)
			a := administrator{n.visit(t, set), n}
			a.signIn(n.admin.Name)
			path := a.writeArticle()
			a.addColleague()
			a.export()
			a.closeReplies(path)
		})
	}
}

type administrator struct {
	*visitor
	n *newspaper
}

// done presses a button that leads to a page which says that it was done.
func (a administrator) done(what, selector string) {
	a.t.Helper()
	want(a.visitor, what, a.follow(what, func() { a.press(selector) }), 200)
	a.mustHave(".notice-good")
}

// writeArticle writes and publishes an article and reads it as a reader would. It
// returns the article's address.
func (a administrator) writeArticle() string {
	a.t.Helper()
	a.open("/admin/articles")
	a.follow("wishing to write an article", func() { a.press(".heading a[href='/admin/articles/new']") })
	a.fill("#title", newTitle)
	a.choose("#lang", "ar")
	a.fill("#section", "مدارس")
	a.fill("#byline", "ليلى الحداد")
	a.fill("#body", newBody)
	if !eval[bool](a.visitor, "document.querySelector('#published').checked") {
		a.press("#published")
	}
	a.done("saving the article", "main form.form > button")
	want(a.visitor, "the title in the editor", a.property("#title", "value"), newTitle)
	want(a.visitor, "the text in the editor", a.property("#body", "value"), newBody)
	path := eval[string](a.visitor, "document.querySelector('.heading a[href^=\"/articles/\"]').getAttribute('href')")

	reader := a.n.visit(a.t, a.set)
	want(reader, "the new article", reader.open(path), 200)
	want(reader, "its headline", reader.text("h1"), newTitle)
	want(reader, "its direction", eval[string](reader, "getComputedStyle(document.querySelector('h1')).direction"), "rtl")
	want(reader, "its bold words", reader.text(".prose strong"), "ستة أحواض")
	want(reader, "its list", reader.count(".prose ol li"), 2)
	reader.mustNotHave(".prose script")
	reader.mustHave("#reply")
	return path
}

// addColleague adds a moderator, who can moderate and not export.
func (a administrator) addColleague() {
	a.t.Helper()
	a.open("/admin/users")
	a.fill("#name", "كريم")
	a.fill("#password", "six wet boots in the rain")
	a.choose("#role", "moderator")
	a.done("adding a colleague", "section[aria-labelledby=add] button")

	colleague := a.n.visit(a.t, a.set)
	colleague.open("/login")
	colleague.fill("#username", "كريم")
	colleague.fill("#password", "six wet boots in the rain")
	want(colleague, "signing in", colleague.follow("signing in", func() { colleague.press("main form button") }), 200)
	colleague.mustHave("#cards article[data-status=pending]")
	want(colleague, "the export of a moderator", colleague.open("/admin/export?format=csv"), 403)
}

// export downloads all comments through the page's own form, without and with what
// is personal.
func (a administrator) export() {
	a.t.Helper()
	a.open("/admin/export")
	public := a.readCSV(a.download(func() { a.press("main form.form > button") }))
	if strings.Contains(public, "@") {
		a.fail("the public file has an e-mail address:\n%.2000s", public)
	}
	a.press("label[for=personal]")
	personal := a.readCSV(a.download(func() { a.press("main form.form > button") }))
	if !strings.Contains(personal, "um.khaled@example.org") {
		a.fail("the personal file lacks the e-mail addresses:\n%.2000s", personal)
	}
}

// readCSV checks that a spreadsheet gets every comment with its Arabic, and returns
// the whole as text.
func (a administrator) readCSV(file []byte) string {
	a.t.Helper()
	text, marked := bytes.CutPrefix(file, []byte("\ufeff"))
	if !marked {
		a.fail("the file does not begin with a byte order mark: % x", file[:min(len(file), 16)])
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		a.fail("reading the file: %v", err)
	}
	want(a.visitor, "records, with the heads", len(records), len(a.n.texts.Replies)+1)
	for _, reply := range a.n.texts.Replies {
		if !bytes.Contains(text, []byte(reply.Name)) || !bytes.Contains(text, []byte(strings.SplitN(reply.Body, "\n", 2)[0])) {
			a.fail("the file lacks the reply by %s", reply.Name)
		}
	}
	return string(text)
}

// closeReplies ends the discussion of the article; readers then find no form.
func (a administrator) closeReplies(path string) {
	a.t.Helper()
	a.open("/admin/articles")
	a.follow("choosing the article", func() { a.press(`tbody tr:first-child th a`) })
	want(a.visitor, "the article's title", a.property("#title", "value"), newTitle)
	a.choose("#mode", "closed")
	a.done("closing the replies", "main form.form > button")

	reader := a.n.visit(a.t, a.set)
	reader.open(path)
	reader.mustNotHave("#reply")
	reader.mustNotHave("form[action$='/replies']")
	reader.mustHave("#replies-closed")
}

// download does something that downloads a file, and returns the file's bytes.
func (v *visitor) download(step func()) []byte {
	v.t.Helper()
	dir, whole := v.t.TempDir(), make(chan string, 1)
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	err := chromedp.ListenBrowser(ctx, func(event any) {
		if e, ok := event.(*browser.EventDownloadProgress); ok && e.State == browser.DownloadProgressStateCompleted {
			path := filepath.Join(dir, e.GUID)
			if _, err := os.Stat(path); err == nil { // another visitor's downloads lie elsewhere
				whole <- path
			}
		}
	})
	if err != nil {
		v.fail("%v", err)
	}
	_, err = chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, BrowserContextID: chromedp.FromContext(v.ctx).BrowserContextID,
		DownloadPath: dir, EventsEnabled: new(true),
	})
	if err != nil {
		v.fail("%v", err)
	}
	step()
	select {
	case path := <-whole:
		file, err := os.ReadFile(path)
		if err != nil {
			v.fail("%v", err)
		}
		return file
	case <-ctx.Done():
		v.fail("waited %v for a download", patience)
	}
	return nil
}
