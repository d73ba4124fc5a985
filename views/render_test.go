package views

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"radd/moderation"
)

// render returns the page and its parsed form.
func render(t *testing.T, v *Views, page Page) (string, *html.Node) {
	t.Helper()
	var b bytes.Buffer
	if err := v.Render(&b, page); err != nil {
		t.Fatal(err)
	}
	source := b.String()
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	return source, doc
}

// TestEveryPage renders every page in both languages and holds it to the house rules.
func TestEveryPage(t *testing.T) {
	v := testViews(t)
	for _, lang := range []string{"ar", "en"} {
		for _, s := range samples(lang) {
			t.Run(lang+"/"+s.name, func(t *testing.T) {
				source, doc := render(t, v, s.page)
				if strings.Contains(source, "ZgotmplZ") || strings.Contains(source, "<no value>") {
					t.Error("the page holds a value that the template refused or did not find")
				}
				checkDocument(t, doc, lang)
				checkNodes(t, doc)
				checkReferences(t, doc)
			})
		}
	}
}

func checkDocument(t *testing.T, doc *html.Node, lang string) {
	t.Helper()
	root := elements(doc, "html")[0]
	want := map[string]string{"ar": "rtl", "en": "ltr"}[lang]
	if attr(root, "lang") != lang || attr(root, "dir") != want {
		t.Errorf("lang=%q dir=%q", attr(root, "lang"), attr(root, "dir"))
	}
	for name, count := range map[string]int{"h1": 1, "main": 1, "title": 1} {
		if got := len(elements(doc, name)); got != count {
			t.Errorf("%d elements %s", got, name)
		}
	}
}

// missing is how a text looks that was not found: its key.
var missing = regexp.MustCompile(`^[a-z]+(_[a-z0-9]+)+$`)

func checkNodes(t *testing.T, doc *html.Node) {
	t.Helper()
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && missing.MatchString(strings.TrimSpace(n.Data)) {
			t.Errorf("the text %q is missing", n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "style" || n.Data == "script" && (n.FirstChild != nil || attr(n, "src") == "") {
			t.Errorf("<%s> in the page", n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
			if a.Key == "href" && a.Val == "" || a.Key == "action" && a.Val == "" {
				t.Logf("<%s %s> is empty", n.Data, a.Key)
			}
		}
	}
}

// checkReferences: ids are unique, labels have their fields and fields their labels,
// and what describes an element is there.
func checkReferences(t *testing.T, doc *html.Node) {
	t.Helper()
	ids := map[string]string{}
	labelled := map[string]bool{}
	for n := range doc.Descendants() {
		if id := attr(n, "id"); id != "" {
			if ids[id] != "" {
				t.Errorf("id %s stands twice", id)
			}
			ids[id] = n.Data
		}
		if n.Data == "label" {
			labelled[attr(n, "for")] = true
		}
	}
	for n := range doc.Descendants() {
		if n.Data == "label" && attr(n, "for") != "" {
			if kind := ids[attr(n, "for")]; kind != "input" && kind != "textarea" && kind != "select" {
				t.Errorf("the label for %s has no field", attr(n, "for"))
			}
		}
		named := labelled[attr(n, "id")] || attr(n, "aria-label") != "" || attr(n, "aria-labelledby") != "" || within(n, "label")
		if isField(n) && !named {
			t.Errorf("the field %s has no label", attr(n, "name"))
		}
		for _, name := range []string{"aria-describedby", "aria-labelledby", "aria-controls", "list", "form"} {
			for id := range strings.FieldsSeq(attr(n, name)) {
				if ids[id] == "" {
					t.Errorf("<%s %s=%q> names nothing", n.Data, name, id)
				}
			}
		}
	}
}

func isField(n *html.Node) bool {
	switch n.Data {
	case "textarea", "select":
		return true
	case "input":
		kind := attr(n, "type")
		return kind != "hidden" && kind != "submit" && !has(n, "hidden")
	}
	return false
}

func within(n *html.Node, name string) bool {
	for above := range n.Ancestors() {
		if above.Data == name {
			return true
		}
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func elements(n *html.Node, name string) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name {
			found = append(found, d)
		}
	}
	return found
}

func byID(n *html.Node, id string) *html.Node {
	for d := range n.Descendants() {
		if attr(d, "id") == id {
			return d
		}
	}
	return nil
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func bodyOf(comment *html.Node) *html.Node {
	for d := range comment.Descendants() {
		if strings.Contains(attr(d, "class"), "comment-body") {
			return d
		}
	}
	return nil
}

func TestCommentStandsAsItWasTyped(t *testing.T) {
	v, p := testViews(t), samplePrinter("ar")
	body := "  أول\n\n<script>alert(1)</script> & &amp; \"x\" 'y'\n\thttps://example.org/?a=1&b=2، https://example.org/شارع."
	page := articlePage(p)
	page.Threads = []ThreadView{{Printer: p, Comment: moderation.Comment{
		ID: 7, Status: moderation.Approved, Name: `<b>"`, Email: "secret@example.com", Dir: moderation.RTL, Body: body,
	}}}
	source, doc := render(t, v, page)
	comment := byID(doc, "comment-7")
	if comment == nil || attr(comment, "data-status") != "approved" {
		t.Fatal("no comment with its status")
	}
	element := bodyOf(comment)
	if got := textOf(element); got != body {
		t.Errorf("the text is %q", got)
	}
	if attr(element, "dir") != "rtl" {
		t.Errorf("dir=%q", attr(element, "dir"))
	}
	links := elements(element, "a")
	if len(links) != 2 || attr(links[0], "href") != "https://example.org/?a=1&b=2" {
		t.Fatalf("the links are %v", links)
	}
	if rel := attr(links[0], "rel"); rel != "nofollow ugc noopener noreferrer" {
		t.Errorf("rel=%q", rel)
	}
	if strings.Contains(source, "secret@example.com") {
		t.Error("the page gives an e-mail address away")
	}
}

func TestReadersPagesKeepMailAddressesToThemselves(t *testing.T) {
	v := testViews(t)
	for _, s := range readerSamples(samplePrinter("en")) {
		if source, _ := render(t, v, s.page); strings.Contains(source, "secret@") {
			t.Errorf("%s gives an e-mail address away", s.name)
		}
	}
}

func TestFormKeepsWhatWasTyped(t *testing.T) {
	v, p := testViews(t), samplePrinter("en")
	page := wrongPage(p)
	_, doc := render(t, v, page)
	if form := byID(doc, "reply"); form == nil || form.Data != "form" || attr(form, "method") != "post" {
		t.Fatal("no form")
	}
	if got := textOf(byID(doc, "reply-body")); got != page.Form.Body.Value {
		t.Errorf("body %q", got)
	}
	email := byID(doc, "reply-email")
	if attr(email, "value") != "layla@example" || attr(email, "aria-invalid") != "true" {
		t.Error("the e-mail is not kept and marked")
	}
	if got := textOf(byID(doc, attr(email, "aria-describedby"))); strings.TrimSpace(got) != page.Form.Email.Error {
		t.Errorf("the e-mail's message is %q", got)
	}
	if summary := byID(doc, "reply-summary"); summary == nil || attr(summary, "role") != "alert" || len(elements(summary, "a")) != 3 {
		t.Error("the summary does not name the three fields")
	}
	names := map[string]bool{}
	for n := range byID(doc, "reply").Descendants() {
		names[attr(n, "name")] = true
	}
	for _, name := range []string{"name", "email", "website", "body", "parent", "remember", "stamp", "homepage"} {
		if !names[name] {
			t.Errorf("no field %s", name)
		}
	}
}

func TestSpamLooksAsIfItWaits(t *testing.T) {
	v, p := testViews(t), samplePrinter("en")
	spam := moderation.Comment{ID: 9, Status: moderation.Spam, Body: "x"}
	article, status := articlePage(p), statusPage(p)
	article.Mine = []MineView{{Printer: p, Comment: spam, StatusURL: "/replies/t"}}
	status.Comment = spam
	for _, page := range []Page{article, status} {
		source, doc := render(t, v, page)
		if got := attr(byID(doc, "comment-9"), "data-status"); got != "pending" || strings.Contains(source, "spam") {
			t.Errorf("%T tells a spammer %q", page, got)
		}
	}
}

func TestClosedArticleHasNoForm(t *testing.T) {
	page := articlePage(samplePrinter("en"))
	page.Closed, page.Form.Body.Value = true, "typed in vain"
	_, doc := render(t, testViews(t), page)
	if byID(doc, "reply") != nil {
		t.Error("there is a form")
	}
	if got := textOf(byID(doc, "reply-body")); got != "typed in vain" {
		t.Errorf("the text is lost: %q", got)
	}
}

// broken is a page without a template.
type broken struct{}

func (broken) template() string { return "reader/none" }

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestRenderSaysWhatFailed(t *testing.T) {
	v := testViews(t)
	var b bytes.Buffer
	if err := v.Render(&b, broken{}); err == nil || b.Len() > 0 {
		t.Errorf("%v, %d bytes", err, b.Len())
	}
	// Without a printer the template fails half-way: nothing may have been written.
	if err := v.Render(&b, FrontPage{}); err == nil || b.Len() > 0 {
		t.Errorf("%v, %d bytes", err, b.Len())
	}
	if err := v.Render(fullDisk{}, FrontPage{Base: Base{Printer: samplePrinter("ar")}}); err == nil {
		t.Error("no error for a writer that failed")
	}
}

// BenchmarkArticle is an article with 200 replies.
func BenchmarkArticle(b *testing.B) {
	v, p := testViews(b), samplePrinter("ar")
	page := articlePage(p)
	for len(page.Threads) < 200 {
		thread := page.Threads[0]
		thread.Replies = nil
		page.Threads = append(page.Threads, thread)
	}
	var buffer bytes.Buffer
	for b.Loop() {
		buffer.Reset()
		if err := v.Render(&buffer, page); err != nil {
			b.Fatal(err)
		}
	}
}
