package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"

	"radd/handlers"
	"radd/moderation"
)

// hostile are texts of our own that try to leave the place of a text. Each one that
// succeeds in running sets window.hacked, opens a dialog or calls elsewhere.example.
var hostile = []string{
	`<script>window.hacked = 1; alert(1)</script>`,
	`"><img src=x onerror="window.hacked = 1">`,
	`'><svg/onload=window.hacked=1>`,
	"`><b onmouseover=window.hacked=1 autofocus tabindex=1 onfocus=window.hacked=1>",
	`</textarea></title></style></script><script>confirm(1)</script>`,
	`<!--<img src="--><img src=x onerror=window.hacked=1//">`,
	`<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>`,
	`<style>* { display: none }</style><link rel=stylesheet href=//elsewhere.example/x.css>`,
	`<base href="https://elsewhere.example/"><img src=x.png>`,
	`<meta http-equiv=refresh content="0;url=https://elsewhere.example/">`,
	`</form><form action=https://elsewhere.example/><button>press</button>`,
	`<a href="javascript:window.hacked=1">here</a> javascript:window.hacked=1`,
	`{{.Comment.Email}} {{template "x"}} ${window.hacked = 1} <%= 7 %> %s %n %d`,
	`&lt;script&gt;window.hacked=1&lt;/script&gt; &amp;amp; &#x3c;b&#x3e; &nbsp;`,
	"hidden \u202egnihton\u202c and \u2067an isolate without an end",
	"مرحبا <b>hello</b> שלום 123 (456)، \"اقتباس\" !؟",
	"joined \u200dand \u200cseparate \u200e\u200f marks \ufeff\u00ad here",
	"Z" + strings.Repeat("\u0315\u0489\u0336", 30) + "algo",
	"👩‍👩‍👧‍👦 🏳️‍🌈 🇱🇧 👍🏽 \U000e0041 ﷽ 𝕳𝖊𝖑𝖑𝖔",
	"=1+1", "@SUM(1;2)", "-2+3", "'quoted' \"twice\" \\back\\slash",
	"one\ttab\r\n\r\n\r\n   two lines\rthree   end  ",
	`%00 \0 \x00 %3Cscript%3E \u003cscript\u003e`,
	`https://example.org/"onmouseover="window.hacked=1 and https://example.org/?a=<script>window.hacked=1</script>&b='`,
	`http://name:word@example.org/ //elsewhere.example/x.png data:text/html,<script>window.hacked=1</script>`,
	strings.Repeat("طويل", 900), strings.Repeat("long", 900), "https://example.org/" + strings.Repeat("way", 600),
}

// TestHostileTexts sends them in every field of a reply and looks at every page on
// which they come back: as the same text, after the boundary's cleaning, and as
// nothing else. The content security policy is off, so that it cannot help.
func TestHostileTexts(t *testing.T) {
	n := newNewspaper(t, func(cfg *handlers.Config) {
		cfg.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	})
	h := hostility{n: n, article: n.addArticle(articleText{
		Lang: "en", Section: `<b onclick=1>"§`, Title: strings.Repeat("Unbroken", 24), Byline: `<i>By</i> "line"`,
		Summary: "<script>window.hacked=1</script> " + strings.Repeat("summary", 40),
		Body: append(slices.Clone(hostile),
			"", "    "+strings.Repeat("code", 100), "", "| a | b |", "|---|---|", "| `c` | "+strings.Repeat("cell", 60)+" |"),
	})}
	h.send()
	for i, lang := range []string{"ar", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			reader, member := n.visit(t, setting{lang, windows[0], true}), n.visit(t, setting{lang, windows[0], true})
			member.signIn(n.admin.Name)
			reader.bypassPolicy()
			member.bypassPolicy()
			h.look(reader, h.path(""), ".comment-body", ".comment-name")
			h.look(reader, h.path("?reply="+h.sent[len(h.sent)-1].ID.String()), ".comment-body", ".comment-name")
			h.look(member, "/moderation?status=approved&article="+url.QueryEscape(h.article.Slug), ".text", "h2")
			h.lookAtPages(reader, member)
			h.refuse(reader, i)
		})
	}
}

type hostility struct {
	n       *newspaper
	article moderation.Article
	sent    []moderation.Comment // as they should be stored
}

func (h *hostility) path(query string) string {
	return "/articles/" + url.PathEscape(h.article.Slug) + query
}

// send sends every text as a body and, where it fits, as a name, each from another
// address, and approves what arrived.
func (h *hostility) send() {
	h.n.t.Helper()
	for i, text := range hostile {
		h.reply(2*i, fmt.Sprintf("Reader %d", i), text)
		if name, _, _ := moderation.CleanLine(text); len([]rune(name)) <= moderation.MaxName {
			h.reply(2*i+1, text, fmt.Sprintf("A plain text, number %d", i))
		}
	}
	for i, c := range h.sent {
		h.sent[i] = h.n.decide(c, moderation.Approve, h.n.moderator, "<script>window.hacked=1</script>"+c.Name)
	}
}

func (h *hostility) reply(i int, name, body string) {
	t := h.n.t
	t.Helper()
	form := url.Values{
		"name": {name}, "body": {body}, "email": {fmt.Sprintf("reader%d@example.org", i)},
		"website": {fmt.Sprintf("https://example.org/?%d<script>'\"", i)},
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.n.url+h.path("/replies"), strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("X-Forwarded-For", fmt.Sprintf("198.51.100.%d", i))
	request.Header.Set("User-Agent", hostile[0])
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("sending %q by %q: status %d\n%.3000s", body, name, answer.StatusCode, page)
	}
	_, id, _ := strings.Cut(answer.Header.Get("Location"), "#comment-")
	parsed, ok := moderation.ParseID(id)
	if !ok {
		t.Fatalf("the answer leads to %q", answer.Header.Get("Location"))
	}
	c := moderation.Comment{ID: parsed}
	if c.Name, _, err = moderation.CleanLine(name); err != nil {
		t.Fatal(err)
	}
	if c.Body, _, err = moderation.Clean(body); err != nil {
		t.Fatal(err)
	}
	stored, err := h.n.store.CommentByID(t.Context(), parsed)
	if err != nil {
		t.Fatal(err)
	}
	if stored.Name != c.Name || stored.Body != c.Body {
		t.Errorf("stored %q by %q, want %q by %q", stored.Body, stored.Name, c.Body, c.Name)
	}
	h.sent = append(h.sent, c)
}

// shown are the texts of an element in each comment that the page has, by id, without
// the host names that the desk adds to links.
const shown = `selector => Object.fromEntries([...document.querySelectorAll('[id^=comment-]')].map(comment => {
	const element = comment.querySelector(selector).cloneNode(true);
	for (const host of element.querySelectorAll('.host')) {
		host.previousSibling.remove(); // the blank before it
		host.remove();
	}
	return [comment.id.slice('comment-'.length), element.textContent];
}))`

// look compares every comment, on this page and those behind it, with what should
// stand there.
func (h *hostility) look(v *visitor, path, body, name string) {
	v.t.Helper()
	seen := 0
	for path != "" {
		want(v, "the status of "+path, v.open(path), 200)
		bodies, names := eval[map[string]string](v, call(shown, body)), eval[map[string]string](v, call(shown, name))
		for _, c := range h.sent {
			id := c.ID.String()
			if _, here := bodies[id]; !here {
				continue
			}
			seen++
			if bodies[id] != c.Body {
				v.t.Errorf("%s shows the text %q, want %q", path, bodies[id], c.Body)
			}
			if names[id] != c.Name {
				v.t.Errorf("%s shows the name %q, want %q", path, names[id], c.Name)
			}
		}
		v.unharmed(path)
		path = eval[string](v, "document.querySelector('#next-page')?.getAttribute('href') ?? ''")
	}
	want(v, "comments on these pages", seen, len(h.sent))
}

// broughtIn are elements and attributes that no page of ours has.
const broughtIn = "body script, body iframe, body base, body meta, body link, body style, body img, " +
	"[onerror], [onload], [onfocus], [onclick], [onmouseover]"

// unharmed checks that nothing ran, that the page is whole, and that it fits.
func (v *visitor) unharmed(path string) {
	v.t.Helper()
	if eval[bool](v, "'hacked' in window") {
		v.t.Errorf("%s ran a script", path)
	}
	if out := v.count(broughtIn); out > 0 {
		v.t.Errorf("%s has %d elements or attributes that somebody brought in", path, out)
	}
	if out := eval[[]string](v, call(sideways)); len(out) > 0 {
		v.t.Errorf("%s at 320 px: %s", path, strings.Join(out, "\n\t"))
	}
}

// lookAtPages opens everything else that repeats what readers wrote, and what the
// address itself says.
func (h *hostility) lookAtPages(reader, member *visitor) {
	payload := url.QueryEscape(`"><img src=x onerror=window.hacked=1>` + strings.Repeat("wide", 60))
	for _, path := range []string{
		"/", "/?section=" + payload, "/?section=" + url.QueryEscape(h.article.Section), "/articles/" + payload, "/login?next=/" + payload,
	} {
		reader.open(path)
		reader.unharmed(path)
	}
	longest := h.sent[len(h.sent)-1].ID.String()
	for _, path := range []string{
		"/moderation?status=all&q=" + payload + "&author=" + payload + "&article=" + payload,
		"/moderation/comments/" + longest, "/moderation/comments/" + h.sent[0].ID.String(),
		"/admin/articles", "/admin/articles?q=" + payload, "/admin/articles/" + h.article.ID.String(), "/admin/log",
		"/admin/export?format=" + payload + "&article=" + payload, "/admin/users?done=" + payload,
	} {
		member.open(path)
		member.unharmed(path)
	}
}

// refuse sends every second text, from the first on, in all fields at once: the form
// comes back with exactly what was typed, and a message.
func (h *hostility) refuse(v *visitor, first int) {
	v.t.Helper()
	for i := first; i < len(hostile); i += 2 {
		text := hostile[i]
		v.open("/articles/" + url.PathEscape(h.n.articles[v.set.lang].Slug))
		line := strings.NewReplacer("\r", "", "\n", "", "\t", "").Replace(text) // a field of one line takes no more
		for _, field := range []string{"name", "email", "website"} {
			v.put("#reply-"+field, line)
		}
		typed := strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
		v.put("#reply-body", typed)
		if status := v.send(); status != 422 {
			v.t.Errorf("%q in every field: status %d, want 422", text, status)
			continue
		}
		want(v, "the text that came back", v.property("#reply-body", "value"), typed)
		want(v, "the name that came back", v.property("#reply-name", "value"), line)
		v.unharmed("the refused form with " + text[:min(len(text), 20)])
	}
}

// put sets a field's value at once, whatever the browser would let people type there.
func (v *visitor) put(selector, text string) {
	v.t.Helper()
	eval[bool](v, call(`(selector, text) => {
		const field = document.querySelector(selector);
		if (field.localName === 'input') field.type = 'text';
		field.value = text;
		return true;
	}`, selector, text))
}
