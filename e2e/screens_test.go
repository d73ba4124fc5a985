package e2e

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"

	"radd/moderation"
)

// screen is one kind of page and the way to it.
type screen struct {
	name string
	desk bool // only for members
	show func(v *visitor, n *newspaper)
}

// at is a screen with a plain address, which may depend on the language.
func at(status int64, address func(n *newspaper, lang string) string) func(*visitor, *newspaper) {
	return func(v *visitor, n *newspaper) {
		v.t.Helper()
		path := address(n, v.set.lang)
		want(v, "the status of "+path, v.open(path), status)
	}
}

func path(p string) func(*newspaper, string) string {
	return func(*newspaper, string) string { return p }
}

// articlePath is the address of the long article in the language.
func (n *newspaper) articlePath(lang string) string {
	return "/articles/" + url.PathEscape(n.articles[lang].Slug)
}

func (n *newspaper) pendingIn(lang string) moderation.Comment  { return n.firstIn(lang, n.pending) }
func (n *newspaper) approvedIn(lang string) moderation.Comment { return n.firstIn(lang, n.approved) }

// firstIn is the first of the comments that stands below the long article.
func (n *newspaper) firstIn(lang string, comments []moderation.Comment) moderation.Comment {
	for _, c := range comments {
		if c.ArticleID == n.articles[lang].ID {
			return c
		}
	}
	n.t.Fatal("no such comment in " + lang)
	return moderation.Comment{}
}

func (n *newspaper) closedPath(lang string) string {
	for _, a := range n.others {
		if a.Lang == lang && a.Mode == moderation.ModeClosed {
			return "/articles/" + url.PathEscape(a.Slug)
		}
	}
	n.t.Fatal("no closed article in " + lang)
	return ""
}

func privatePath(status moderation.Status) func(*newspaper, string) string {
	return func(n *newspaper, lang string) string { return "/replies/" + n.token(status, lang) }
}

// screens are all kinds of pages. Those that need something done first do it in a
// way that leaves the others as they are, whatever the order.
func (n *newspaper) screens() []screen {
	return append(n.readerScreens(), n.deskScreens()...)
}

func (n *newspaper) readerScreens() []screen {
	article := func(query string) func(*newspaper, string) string {
		return func(n *newspaper, lang string) string { return n.articlePath(lang) + query }
	}
	return []screen{
		{name: "front", show: at(200, path("/"))},
		{name: "section", show: at(200, func(_ *newspaper, lang string) string {
			return "/?section=" + url.QueryEscape(map[string]string{"ar": "المدينة", "en": "City"}[lang])
		})},
		{name: "article", show: at(200, article(""))},
		{name: "article-answer", show: at(200, func(n *newspaper, lang string) string {
			return n.articlePath(lang) + "?reply=" + n.approvedIn(lang).ID.String()
		})},
		{name: "article-waiting", show: at(200, func(n *newspaper, lang string) string {
			return n.articlePath(lang) + "?mine=" + n.token(moderation.Pending, lang)
		})},
		{name: "article-closed", show: at(200, func(n *newspaper, lang string) string { return n.closedPath(lang) })},
		{name: "form-with-errors", show: func(v *visitor, n *newspaper) {
			v.open(n.articlePath(v.set.lang))
			v.fill("#reply-name", map[string]string{"ar": "هند", "en": "Hind"}[v.set.lang])
			v.fill("#reply-email", "hind@example")
			v.fill("#reply-website", "not an address")
			want(v, "the answer", v.send(), 422)
		}},
		{name: "form-twice", show: func(v *visitor, n *newspaper) {
			first := n.approvedIn(v.set.lang)
			v.open(n.articlePath(v.set.lang))
			v.fill("#reply-name", first.Name)
			v.fill("#reply-email", first.Email)
			v.fill("#reply-body", first.Body)
			want(v, "the answer", v.send(), 409)
			v.mustHave("#reply [role=alert]")
		}},
		{name: "closed-meanwhile", show: func(v *visitor, n *newspaper) {
			v.open(n.articlePath(v.set.lang))
			v.fill("#reply-body", n.approvedIn(v.set.lang).Body)
			n.closeReplies(true)
			want(v, "the answer", v.send(), 403)
			n.closeReplies(false)
			want(v, "the text that was typed", v.property("#reply-body", "value"), n.approvedIn(v.set.lang).Body)
		}},
		{name: "status-waiting", show: at(200, privatePath(moderation.Pending))},
		{name: "status-published", show: at(200, privatePath(moderation.Approved))},
		{name: "status-refused", show: at(200, privatePath(moderation.Rejected))},
		{name: "status-wrong", show: func(v *visitor, n *newspaper) {
			v.open(privatePath(moderation.Pending)(n, v.set.lang))
			v.fill("#revise-body", "")
			want(v, "the answer", v.follow("correcting to nothing", func() { v.press("#revise button") }), 422)
		}},
		{name: "not-found", show: at(404, path("/articles/nothing-here"))},
		{name: "login", show: at(200, path("/login"))},
		{name: "login-wrong", show: func(v *visitor, n *newspaper) {
			n.pass(time.Hour) // past attempts must not count
			v.open("/login")
			v.fill("#username", "samir.k")
			v.fill("#password", "not the password at all")
			want(v, "the answer", v.follow("signing in wrongly", func() { v.press("main form button") }), 401)
		}},
	}
}

func (n *newspaper) deskScreens() []screen {
	comment := func(n *newspaper, lang string) string { return "/moderation/comments/" + n.pendingIn(lang).ID.String() }
	return []screen{
		{name: "queue", desk: true, show: at(200, path("/moderation"))},
		{name: "queue-plain", desk: true, show: func(v *visitor, _ *newspaper) {
			block := func(on bool) {
				v.do(command(network.SetBlockedURLs, network.SetBlockedURLsParams{
					URLPatterns: []*network.BlockPattern{{URLPattern: "http://*:*/*.js", Block: on}},
				}))
			}
			block(true) // as without scripts, but open to what is asked from outside
			want(v, "the queue", v.open("/moderation"), 200)
			v.mustHave("#list[hidden]")
			block(false)
		}},
		{name: "queue-keys", desk: true, show: func(v *visitor, _ *newspaper) {
			v.open("/moderation")
			v.key("Slash", "?")
			v.wait("the list of keys", "document.querySelector('#keys').open")
		}},
		{name: "queue-menus", desk: true, show: func(v *visitor, _ *newspaper) {
			v.open("/moderation")
			v.press(".filter summary")
			v.press(".desk-end summary")
			v.wait("the open menus", "document.querySelectorAll('details[open]').length === 2")
		}},
		{name: "queue-undone", desk: true, show: func(v *visitor, _ *newspaper) {
			v.open("/moderation")
			version := "document.querySelector('#cards .slot.open article').dataset.version"
			before := eval[string](v, version)
			v.key("KeyA", "a")
			v.wait("the offer to undo", "!document.querySelector('#bar [data-do=undo]').hidden")
			v.press("#bar [data-do=undo]")
			v.wait("the comment that is back", version+" - "+before+" === 2")
		}},
		{name: "queue-approved", desk: true, show: at(200, path("/moderation?status=approved"))},
		{name: "queue-empty", desk: true, show: at(200, path("/moderation?status=spam"))},
		{name: "queue-filtered", desk: true, show: at(200, path("/moderation?status=all&q=nothing+matches+this&author=x"))},
		{name: "card", desk: true, show: at(200, comment)},
		{name: "card-decided", desk: true, show: at(200, func(n *newspaper, _ string) string {
			return "/moderation/comments/" + n.approved[0].ID.String()
		})},
		{name: "conflict", desk: true, show: func(v *visitor, n *newspaper) {
			c := n.pendingIn(v.set.lang)
			v.open("/moderation/comments/" + c.ID.String())
			n.decide(c, moderation.Hold, n.moderator, "")
			want(v, "the answer", v.follow("deciding a comment that changed", func() { v.press(".decide .approve") }), 409)
		}},
		{name: "account", desk: true, show: at(200, path("/account"))},
		wrong("account-wrong", "/account", "form[action='/account/password'] button", "#current", "#new", "#repeat"),
		{name: "articles", desk: true, show: at(200, path("/admin/articles"))},
		{name: "editor-new", desk: true, show: at(200, path("/admin/articles/new"))},
		{name: "editor", desk: true, show: at(200, func(n *newspaper, lang string) string {
			return "/admin/articles/" + n.articles[lang].ID.String()
		})},
		wrong("editor-wrong", "/admin/articles/new", "main form.form > button", "#title", "#section", "#body", "#slug"),
		{name: "users", desk: true, show: at(200, path("/admin/users"))},
		wrong("users-wrong", "/admin/users", "section[aria-labelledby=add] button", "#name", "#password"),
		{name: "user", desk: true, show: at(200, func(n *newspaper, _ string) string { return "/admin/users/" + n.moderator.ID.String() })},
		{name: "export", desk: true, show: at(200, path("/admin/export"))},
		{name: "export-wrong", desk: true, show: at(422, path("/admin/export?format=csv&from=2026-02-31&article=nothing"))},
		{name: "import", desk: true, show: at(200, path("/admin/import"))},
		{name: "import-report", desk: true, show: func(v *visitor, _ *newspaper) {
			v.open("/admin/import")
			v.attach("#file", filepath.Join("testdata", "small.wxr"))
			want(v, "the answer", v.follow("trying an import", func() { v.press("button[name=dry_run]") }), 200)
		}},
		{name: "settings", desk: true, show: at(200, path("/admin/settings"))},
		wrong("settings-wrong", "/admin/settings", "form[action='/admin/settings'] button", "#site_name_ar", "#time_zone", "#max_links"),
		{name: "log", desk: true, show: at(200, path("/admin/log"))},
		{name: "log-acts", desk: true, show: at(200, path("/admin/log?acts=1"))},
		{name: "desk-not-found", desk: true, show: at(404, path("/admin/nothing-here"))},
	}
}

// wrong is a form of the desk that comes back with a message at each of these fields,
// in which stands what passes the browser and not the server.
func wrong(name, address, button string, fields ...string) screen {
	return screen{name: name, desk: true, show: func(v *visitor, _ *newspaper) {
		v.open(address)
		for i, field := range fields {
			v.fill(field, map[bool]string{false: " ", true: "!"}[i == len(fields)-1])
		}
		want(v, "the answer", v.follow("sending "+name, func() { v.press(button) }), 422)
		v.mustHave("[aria-invalid=true]")
	}}
}

// eachScreen shows every screen, or only those that are named, to a visitor who may
// see it, in a window of the setting's size and light colours.
func (n *newspaper) eachScreen(t *testing.T, set setting, do func(v *visitor, s screen), names ...string) {
	t.Helper()
	reader, member := n.visit(t, set), n.visit(t, set)
	member.signIn(n.admin.Name)
	for _, s := range n.screens() {
		if len(names) > 0 && !slices.Contains(names, s.name) {
			continue
		}
		v := reader
		if s.desk {
			v = member
		}
		v.resize(set.device)
		v.prefer("light")
		s.show(v, n)
		do(v, s)
	}
}

// TestScreenshots writes a picture of every kind of page to a directory that is given:
// go test ./e2e -run Screenshots -screenshots /tmp/pictures. Without one, it tries the
// way on one page.
func TestScreenshots(t *testing.T) {
	dir, langs, names := *screenshots, []string{"ar", "en"}, []string(nil)
	if dir == "" {
		dir, langs, names = t.TempDir(), []string{"ar"}, []string{"front"}
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	for _, lang := range langs {
		newNewspaper(t).eachScreen(t, setting{lang, laptop, true}, func(v *visitor, s screen) { v.picturesOf(s, dir) }, names...)
	}
}

// picturesOf writes the page in all sizes and colours.
func (v *visitor) picturesOf(s screen, dir string) {
	v.t.Helper()
	for _, d := range []device{laptop, phone} {
		for _, scheme := range []string{"light", "dark"} {
			v.resize(d)
			v.prefer(scheme)
			file := v.set.lang + "-" + s.name + "-" + d.name + "-" + scheme + ".png"
			if err := os.WriteFile(filepath.Join(dir, file), v.wholePage(d), 0o600); err != nil {
				v.t.Fatal(err)
			}
		}
	}
}
