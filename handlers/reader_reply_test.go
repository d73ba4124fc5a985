package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"radd/db"
	"radd/moderation"
)

func repliesPath(slug string) string { return "/articles/" + url.PathEscape(slug) + "/replies" }

func TestReplyIsTakenAndOnlyItsAuthorSeesIt(t *testing.T) {
	s := newSite(t)
	article := s.article(moderation.Article{Title: "حديقة على النهر", Slug: "حديقة-على-النهر", Lang: "ar"})
	author, other := s.visitor(), s.visitor()
	sent := author.post(repliesPath(article.Slug), author.replyValues(article.Slug, "هل تُفتح الحديقة مساءً؟")).want(http.StatusSeeOther)

	page := author.get(sent.location()).want(http.StatusOK)
	waiting := page.doc().Find(`[id^="comment-"][data-status="pending"]`)
	if waiting.Length() != 1 || !strings.Contains(waiting.Text(), "هل تُفتح الحديقة مساءً؟") {
		t.Errorf("the author does not see the waiting reply:\n%s", page.body)
	}
	if page.header.Get("Cache-Control") != "no-store" {
		t.Errorf("a page for one reader is Cache-Control: %s", page.header.Get("Cache-Control"))
	}
	plain := author.get("/articles/" + url.PathEscape(article.Slug))
	if !strings.Contains(plain.body, "هل تُفتح") {
		t.Error("the author's browser does not find the waiting reply on the plain page")
	}
	for name, body := range map[string]string{
		"article": other.get("/articles/" + url.PathEscape(article.Slug)).body,
		"feed":    other.get("/articles/" + url.PathEscape(article.Slug) + "/feed.atom").body,
		"front":   other.get("/").body,
	} {
		if strings.Contains(body, "هل تُفتح") || strings.Contains(body, "layla@example.org") {
			t.Errorf("somebody else sees the waiting reply on the %s page", name)
		}
	}
	if strings.Contains(page.body, "layla@example.org") || strings.Contains(s.log.String(), "layla") {
		t.Error("the e-mail address leaked")
	}
}

func TestReplyMistakesKeepWhatWasTyped(t *testing.T) {
	s := newSite(t)
	s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	for _, test := range []struct {
		name, field, value string
	}{
		{"no name", "name", ""},
		{"only invisible name", "name", "\u200f\u200c "},
		{"no e-mail", "email", ""},
		{"half an e-mail", "email", "layla@example"},
		{"no text", "body", " \n "},
		{"too long", "body", strings.Repeat("ط", 5001)},
		{"bad website", "website", "javascript:alert(1)"},
		{"not UTF-8", "body", "caf\xe9"},
		{"NUL", "name", "a\x00b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := s.visitor()
			values := v.replyValues("garden", "Lovely <b>place</b> & quiet")
			values.Set(test.field, test.value)
			a := v.post(repliesPath("garden"), values).want(http.StatusUnprocessableEntity)
			doc := a.doc()
			field := doc.Find(`#reply [name="` + test.field + `"]`)
			if field.AttrOr("aria-invalid", "") != "true" {
				t.Errorf("the field is not marked as invalid")
			}
			described := field.AttrOr("aria-describedby", "")
			if ids := strings.Fields(described); len(ids) == 0 || strings.TrimSpace(doc.Find("#"+ids[len(ids)-1]).Text()) == "" {
				t.Errorf("the field names no message, aria-describedby=%q", described)
			}
			if test.field != "body" && strings.TrimPrefix(doc.Find(`#reply textarea`).Text(), "\n") != "Lovely <b>place</b> & quiet" {
				t.Errorf("the text is gone: %q", doc.Find("#reply textarea").Text())
			}
			if doc.Find("html").AttrOr("lang", "") != "en" {
				t.Error("the page is not in the reader's language")
			}
		})
	}
	if counts, _ := s.store.QueueCounts(t.Context()); counts[moderation.Pending] != 0 {
		t.Errorf("%d replies with mistakes were stored", counts[moderation.Pending])
	}
}

func TestSameFormTwiceIsOneReply(t *testing.T) {
	s := newSite(t)
	s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	v := s.visitor()
	values := v.replyValues("garden", "Once only")
	var wg sync.WaitGroup
	locations := make([]string, 50)
	for i := range locations {
		wg.Go(func() {
			a := s.visitor().post(repliesPath("garden"), values)
			locations[i] = a.header.Get("Location")
			if a.status != http.StatusSeeOther {
				t.Errorf("status %d", a.status)
			}
		})
	}
	wg.Wait()
	for _, location := range locations {
		if location != locations[0] {
			t.Fatalf("two addresses for one form: %s and %s", location, locations[0])
		}
	}
	if counts, _ := s.store.QueueCounts(t.Context()); counts[moderation.Pending] != 1 {
		t.Errorf("%d comments for one form", counts[moderation.Pending])
	}
	again := v.replyValues("garden", "Once  ONLY")
	a := v.post(repliesPath("garden"), again).want(http.StatusConflict)
	if got := a.doc().Find("#reply textarea").Text(); strings.TrimPrefix(got, "\n") != "Once  ONLY" {
		t.Errorf("the text is gone: %q", got)
	}
	if a.doc().Find(`#reply [role="alert"]`).Length() == 0 && a.doc().Find(`[role="alert"]`).Length() == 0 {
		t.Error("nothing tells why")
	}
}

func TestReplyRefusals(t *testing.T) {
	s := newSite(t)
	open := s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	s.article(moderation.Article{Title: "Closed", Slug: "closed", Lang: "en", Mode: moderation.ModeClosed})
	s.article(moderation.Article{Title: "Other", Slug: "other", Lang: "en"})
	pending := s.comment(moderation.Comment{ArticleID: open.ID, Status: moderation.Pending, Body: "waiting"})
	approved := s.comment(moderation.Comment{ArticleID: open.ID, Status: moderation.Approved, Body: "public"})
	v := s.visitor()
	values := v.replyValues("garden", "A reply to nobody")
	for _, test := range []struct {
		name, slug, parent string
		status             int
	}{
		{"no such article", "nothing", "", http.StatusNotFound},
		{"closed", "closed", "", http.StatusForbidden},
		{"parent waits", "garden", pending.ID.String(), http.StatusUnprocessableEntity},
		{"parent of another article", "other", approved.ID.String(), http.StatusUnprocessableEntity},
		{"parent is no id", "garden", "' OR 1=1", http.StatusUnprocessableEntity},
		{"parent is nothing", "garden", "12345", http.StatusUnprocessableEntity},
		{"parent is fine", "garden", approved.ID.String(), http.StatusSeeOther},
	} {
		t.Run(test.name, func(t *testing.T) {
			values.Set("parent", test.parent)
			a := v.post(repliesPath(test.slug), values).want(test.status)
			if test.status != http.StatusNotFound && test.status != http.StatusSeeOther && !strings.Contains(a.body, "A reply to nobody") {
				t.Error("the text is gone")
			}
		})
	}
	t.Run("from another site", func(*testing.T) {
		r := v.do(http.MethodPost, repliesPath("garden"), strings.NewReader(values.Encode()), http.Header{
			"Content-Type": {"application/x-www-form-urlencoded"}, "Origin": {"https://elsewhere.example"},
			"Sec-Fetch-Site": {"cross-site"},
		})
		r.want(http.StatusForbidden)
	})
	t.Run("too large", func(*testing.T) {
		values.Set("body", strings.Repeat("x", 200<<10))
		v.post(repliesPath("garden"), values).want(http.StatusRequestEntityTooLarge)
	})
	t.Run("too large without a length", func(*testing.T) {
		v.do(http.MethodPost, repliesPath("garden"), unsized{strings.NewReader(values.Encode())}, http.Header{
			"Content-Type": {"application/x-www-form-urlencoded"}, "Origin": {s.server.URL},
		}).want(http.StatusRequestEntityTooLarge)
	})
	t.Run("another kind of body", func(*testing.T) {
		v.do(http.MethodPost, repliesPath("garden"), strings.NewReader(`{"body":"x"}`), http.Header{
			"Content-Type": {"text/plain"}, "Origin": {s.server.URL},
		}).want(http.StatusUnsupportedMediaType)
	})
	t.Run("malformed encoding", func(*testing.T) {
		v.do(http.MethodPost, repliesPath("garden"), strings.NewReader("name=%zz&email=a@b.c&body=x"), http.Header{
			"Content-Type": {"application/x-www-form-urlencoded"}, "Origin": {s.server.URL},
		}).want(http.StatusBadRequest)
	})
}

type unsized struct{ r *strings.Reader }

func (u unsized) Read(p []byte) (int, error) { return u.r.Read(p) }

func TestTooFastKeepsTheText(t *testing.T) {
	s := newSite(t)
	s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	v := s.visitor()
	form := v.replyValues("garden", "")
	var a *answer
	for i := range 6 {
		form.Set("body", "text number "+string(rune('a'+i)))
		form.Set("email", "reader"+string(rune('a'+i))+"@example.org")
		a = v.post(repliesPath("garden"), form)
		if i < 5 {
			a.want(http.StatusSeeOther)
		}
	}
	a.want(http.StatusTooManyRequests)
	if a.header.Get("Retry-After") == "" || !strings.Contains(a.body, "text number f") {
		t.Errorf("Retry-After %q, text kept: %v", a.header.Get("Retry-After"), strings.Contains(a.body, "text number f"))
	}
	s.pass(time.Minute)
	v.post(repliesPath("garden"), form).want(http.StatusSeeOther)
}

func TestForgedForwardedForChangesNothing(t *testing.T) {
	s := newSite(t)
	s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	v := s.visitor()
	form := v.replyValues("garden", "")
	taken := 0
	for i := range 12 {
		v.header.Set("X-Forwarded-For", "203.0.113."+string(rune('0'+i%10)))
		form.Set("body", "flood "+string(rune('a'+i)))
		form.Set("email", "flood"+string(rune('a'+i))+"@example.org")
		if v.post(repliesPath("garden"), form).status == http.StatusSeeOther {
			taken++
		}
	}
	if taken != 5 {
		t.Errorf("%d of 12 were taken, want the burst of 5", taken)
	}
}

func TestTrapAndHiddenCharacters(t *testing.T) {
	s := newSite(t)
	s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	v := s.visitor()
	form := v.replyValues("garden", "buy now")
	form.Set("homepage", "https://spam.example")
	location := v.post(repliesPath("garden"), form).want(http.StatusSeeOther).location()
	if page := v.get(location); page.doc().Find(`[data-status="pending"]`).Length() != 1 {
		t.Error("a spammer learns that the reply was taken for spam")
	}
	if counts, _ := s.store.QueueCounts(t.Context()); counts[moderation.Spam] != 1 {
		t.Errorf("counts %v, want one spam", counts)
	}
	form = v.replyValues("garden", "abc\u202edef\u0007")
	v.post(repliesPath("garden"), form).want(http.StatusSeeOther)
	queue := s.signedIn(moderation.Moderator).get("/moderation").want(http.StatusOK)
	card := queue.doc().Find(`[data-status="pending"]`)
	if !strings.Contains(card.Text(), "abcdef") {
		t.Errorf("the cleaned text is not in the queue: %s", card.Text())
	}
	if !strings.Contains(strings.ToLower(card.Text()), "hidden") {
		t.Error("the moderator is not told that hidden characters were removed")
	}
}

func TestAuthorRevisesAndWithdraws(t *testing.T) {
	s := newSite(t)
	s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	author, desk := s.visitor(), s.signedIn(moderation.Moderator)
	page := author.get(author.post(repliesPath("garden"), author.replyValues("garden", "First text")).want(http.StatusSeeOther).location())
	private := page.doc().Find(`.mine a[href^="/replies/"]`).AttrOr("href", "")
	status := author.get(private).want(http.StatusOK)
	revise := formValues(status.doc().Find(`form[action*="/revise"]`))
	revise.Set("body", "Second text")
	author.post(private+"/revise", revise).want(http.StatusSeeOther)

	items, _, err := s.store.Queue(t.Context(), db.QueueFilter{Status: moderation.Pending, Limit: 2})
	if err != nil || len(items) != 1 || items[0].Body != "Second text" || items[0].Version != 2 {
		t.Fatalf("the queue holds %+v, %v", items, err)
	}
	stale := desk.postJSON(commentsPath(items[0].ID, "approve"), versionForm(1)).want(http.StatusConflict)
	if d := decode(t, stale); d.Action != "revise" || d.Message == "" {
		t.Errorf("approving a text that nobody saw: %+v", d)
	}
	revise.Set("body", " ")
	author.post(private+"/revise", revise).want(http.StatusUnprocessableEntity)

	author.post(private+"/withdraw", url.Values{}).want(http.StatusSeeOther)
	if page := author.get(private).want(http.StatusOK); page.doc().Find(`form[action*="/withdraw"]`).Length() != 0 {
		t.Error("what is withdrawn can be withdrawn again")
	}
	refused := desk.postJSON(commentsPath(items[0].ID, "approve"), versionForm(3)).want(http.StatusConflict)
	if d := decode(t, refused); d.Action != "withdraw" {
		t.Errorf("the desk publishes what its author took back: %+v", d)
	}
	author.post(repliesPath("garden"), author.replyValues("garden", "Second text")).want(http.StatusSeeOther)
	s.visitor().get("/replies/" + strings.Repeat("A", 43)).want(http.StatusNotFound)
}

func TestArticleTellsWhatWasDecided(t *testing.T) {
	s := newSite(t)
	article := s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	desk := s.signedIn(moderation.Moderator)
	for action, says := range map[string]string{"approve": "published", "reject": "not published"} {
		v := s.visitor()
		form := v.replyValues("garden", "To be met with "+action)
		form.Set("email", action+"@example.org")
		v.post(repliesPath("garden"), form).want(http.StatusSeeOther)
		items, _, err := s.store.Queue(t.Context(), db.QueueFilter{Status: moderation.Pending, ArticleID: article.ID, Limit: 2})
		if err != nil || len(items) != 1 {
			t.Fatal(len(items), err)
		}
		desk.post(commentsPath(items[0].ID, action), versionForm(1)).want(http.StatusSeeOther)
		if told := v.get("/articles/garden").doc().Find(".mine").Text(); !strings.Contains(strings.ToLower(told), says) {
			t.Errorf("after %s its author is told %q", action, told)
		}
		s.pass(25 * time.Hour)
		if v.get("/articles/garden").doc().Find(".mine").Length() != 0 {
			t.Errorf("the author is told of %s for ever", action)
		}
		desk = s.signedIn(moderation.Moderator)
	}
}
