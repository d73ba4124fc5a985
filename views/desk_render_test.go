package views

import (
	"bytes"
	"compress/gzip"
	"regexp"
	"strings"
	"testing"

	"radd/moderation"
)

// maxQueueBytes is how much a page of 50 comments may weigh on its way to a phone.
const maxQueueBytes = 60 << 10

func renderDesk(t *testing.T, lang, name string) string {
	t.Helper()
	for _, s := range deskSamples(samplePrinter(lang)) {
		if s.name != name {
			continue
		}
		var b bytes.Buffer
		if err := testViews(t).Render(&b, s.page); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	t.Fatalf("no sample %s", name)
	return ""
}

func TestDeskPagesRender(t *testing.T) {
	v := testViews(t)
	key := regexp.MustCompile(`>\s*[a-z]+_[a-z_]+\s*<`)
	for _, lang := range []string{"ar", "en"} {
		for _, s := range deskSamples(samplePrinter(lang)) {
			var b bytes.Buffer
			if err := v.Render(&b, s.page); err != nil {
				t.Errorf("%s %s: %v", lang, s.name, err)
				continue
			}
			html := b.String()
			if found := key.FindString(html); found != "" {
				t.Errorf("%s %s: shows the key of a text: %s", lang, s.name, found)
			}
			for _, bad := range []string{"ZgotmplZ", "no value", " style=", "onclick"} {
				if strings.Contains(html, bad) {
					t.Errorf("%s %s: contains %q", lang, s.name, bad)
				}
			}
			if strings.Count(html, "<h1") != 1 {
				t.Errorf("%s %s: %d headings h1, want 1", lang, s.name, strings.Count(html, "<h1"))
			}
		}
	}
}

func TestQueueWorksWithoutScript(t *testing.T) {
	html := renderDesk(t, "en", "queue")
	if got := strings.Count(html, `<article class="comment" id="comment-`); got != 7 {
		t.Errorf("%d comments, want 7", got)
	}
	for _, action := range []string{"approve", "reject", "spam", "hold"} {
		pattern := regexp.MustCompile(`formaction="/moderation/comments/\d+/` + action + `"`)
		if got := len(pattern.FindAllString(html, -1)); got != 7 {
			t.Errorf("%s: %d buttons, want 7", action, got)
		}
	}
	for _, want := range []string{
		`data-status="pending" data-version="1"`, `<mark>كلـــب</mark>`, `form="bulk" value="`,
		`<form class="bulk" id="bulk" method="post"`,
		`data-host="example.net"`, `name="next" value="/moderation?status=pending"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the queue lacks %s", want)
		}
	}
	if got := strings.Count(html, `data-host="example.net"`); got != 1 {
		t.Errorf("the host of one link is said %d times", got)
	}
}

func TestQueueIsLight(t *testing.T) {
	html := renderDesk(t, "ar", "queue-full")
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(html))
	_ = w.Close()
	if b.Len() > maxQueueBytes {
		t.Errorf("50 comments weigh %d bytes, at most %d are allowed", b.Len(), maxQueueBytes)
	}
	if !strings.Contains(html, ">999+</bdi>") {
		t.Error("a count at its bound is not shown as 999+")
	}
}

// A moderator's frame has no doors that only an administrator may open.
func TestAdminTabs(t *testing.T) {
	for _, test := range []struct {
		member *moderation.Member
		want   int
	}{
		{nil, 0},
		{&moderation.Member{Role: moderation.Moderator}, 0},
		{&moderation.Member{Role: moderation.Admin}, 6},
		{&moderation.Member{Role: moderation.Admin, Disabled: true}, 0},
	} {
		if got := len(Base{Member: test.member}.AdminTabs()); got != test.want {
			t.Errorf("%+v sees %d tabs, want %d", test.member, got, test.want)
		}
	}
}

func TestPiecesSayEachHostOnce(t *testing.T) {
	card := CardView{Parts: []Part{
		{Text: "see "},
		{Text: "https://example.net/", Href: "https://example.net/x"},
		{Text: "x", Href: "https://example.net/x", Mark: true},
		{Text: "https://example.org", Href: "https://example.org"},
	}}
	var hosts []string
	for _, piece := range card.Pieces() {
		hosts = append(hosts, piece.Host)
	}
	if got, want := strings.Join(hosts, "|"), "||example.net|example.org"; got != want {
		t.Errorf("hosts %q, want %q", got, want)
	}
}
