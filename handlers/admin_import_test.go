package handlers_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"testing"

	"radd/db"
	"radd/moderation"
)

const sampleWXR = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Garden</title><link>https://garden.example</link><wp:wxr_version>1.2</wp:wxr_version>
<item><title>حديقة على النهر</title><link>https://garden.example/river/</link><wp:post_id>7</wp:post_id>
<wp:post_date_gmt>2025-05-01 10:00:00</wp:post_date_gmt><wp:post_name>garden</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<content:encoded><![CDATA[<p>تُفتح غدًا.</p>]]></content:encoded>
<wp:comment><wp:comment_id>11</wp:comment_id><wp:comment_author><![CDATA[ليلى]]></wp:comment_author>
<wp:comment_author_email>layla@example.org</wp:comment_author_email><wp:comment_date_gmt>2025-05-02 10:00:00</wp:comment_date_gmt>
<wp:comment_content><![CDATA[شكرًا لكم]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type>
<wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>12</wp:comment_id><wp:comment_author><![CDATA[Link]]></wp:comment_author>
<wp:comment_date_gmt>2025-05-03 10:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[A link elsewhere]]></wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_type>pingback</wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>
</item></channel></rss>
`

// part is one part of an upload, in the order they are sent.
type part struct{ name, value string }

func (v *visitor) upload(parts ...part) *answer {
	v.site.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, p := range parts {
		var err error
		if p.name == "file" {
			var f interface{ Write([]byte) (int, error) }
			if f, err = w.CreateFormFile("file", "garden.xml"); err == nil {
				_, err = f.Write([]byte(p.value))
			}
		} else {
			err = w.WriteField(p.name, p.value)
		}
		if err != nil {
			v.site.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		v.site.t.Fatal(err)
	}
	return v.do(http.MethodPost, "/admin/import", &body, http.Header{
		"Content-Type": {w.FormDataContentType()}, "Origin": {v.site.server.URL},
	})
}

// counts are the report's figures, row by row.
func (a *answer) counts() string {
	a.t.Helper()
	var counts []string
	for _, cell := range a.doc().Find(".report td.number").EachIter() {
		counts = append(counts, cell.Text())
	}
	return strings.Join(counts, " ")
}

func (s *site) storedComments() int {
	s.t.Helper()
	comments, err := s.store.SelectComments(s.t.Context(), moderation.Selection{}, 0, 1000)
	if err != nil {
		s.t.Fatal(err)
	}
	return len(comments)
}

func TestImport(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s := newSite(t)
	v := s.signedIn(moderation.Admin)
	v.get("/admin/import").want(http.StatusOK)
	file := part{"file", sampleWXR}
	for name, parts := range map[string][]part{
		"dry run before the file": {{"dry_run", "1"}, file},
		"dry run after the file":  {file, {"other", "field"}, {"dry_run", "1"}},
	} {
		if got := v.upload(parts...).want(http.StatusOK).counts(); got != "1 1 2 1 1" {
			t.Errorf("%s: the report says %q", name, got)
		}
		if n := s.storedComments(); n != 0 {
			t.Fatalf("%s stored %d comments", name, n)
		}
		s.wantEvent(t, "sign_in", "")
	}
	if got := v.upload(file).want(http.StatusOK).counts(); got != "1 1 2 1 1" { // the last is the pingback
		t.Errorf("the report says %q", got)
	}
	s.wantEvent(t, "import", "articles=1 comments=1")
	page := s.visitor().get("/articles/garden").want(http.StatusOK)
	if !strings.Contains(page.body, "شكرًا لكم") || strings.Contains(page.body, "layla@") {
		t.Error("the article shows no imported comment, or an e-mail address")
	}
	if got := v.upload(file).want(http.StatusOK).counts(); got != "1 0 2 0 1" {
		t.Errorf("the second time the report says %q", got)
	}
	if n := s.storedComments(); n != 1 {
		t.Errorf("%d comments are stored", n)
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("uploads stay on the disk: %v, %v", left, err)
	}
}

func TestImportOfBadFiles(t *testing.T) {
	s := newSite(t)
	v := s.signedIn(moderation.Admin)
	for name, parts := range map[string][]part{
		"no form field": {{"dry_run", "1"}}, "no file chosen": {{"file", ""}}, "another format": {{"file", "\x89PNG\r\n\x1a\n"}},
	} {
		a := v.upload(parts...).want(http.StatusUnprocessableEntity)
		if a.doc().Find("#import-error").Text() == "" {
			t.Errorf("%s: nothing says what is wrong", name)
		}
	}
	broken, _, _ := strings.Cut(sampleWXR, "[CDATA[A link")
	a := v.upload(part{"file", broken}).want(http.StatusUnprocessableEntity)
	if a.doc().Find(`.report [role="alert"]`).Text() == "" {
		t.Error("a broken file has no report of where it broke")
	}
	v.upload(part{"file", sampleWXR}, part{"file", sampleWXR}).want(http.StatusBadRequest)
	v.post("/admin/import", nil).want(http.StatusUnsupportedMediaType)
	cut := "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n" + sampleWXR // without the closing boundary
	v.do(http.MethodPost, "/admin/import", strings.NewReader(cut), http.Header{
		"Content-Type": {"multipart/form-data; boundary=x"}, "Origin": {s.server.URL},
	}).want(http.StatusBadRequest)
	articles, _, err := s.store.Articles(t.Context(), db.ArticleFilter{Drafts: true, Limit: 10})
	if err != nil || len(articles) > 1 {
		t.Errorf("%d articles were stored, %v", len(articles), err)
	}
}
