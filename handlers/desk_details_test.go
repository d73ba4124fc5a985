package handlers_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"radd/handlers"
	"radd/moderation"
)

func TestBulkWithStrangeChoices(t *testing.T) {
	s := newSite(t)
	article := s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	comment := s.comment(moderation.Comment{ArticleID: article.ID, Status: moderation.Pending, Body: "Is it open?"})
	v := s.signedIn(moderation.Moderator)

	mixed := url.Values{"action": {"approve"}, "comment": {"1:1", comment.ID.String() + ":1"}}
	answer := v.postJSON("/moderation/decisions", mixed).want(http.StatusOK)
	if !strings.Contains(answer.body, `"not_found"`) || !strings.Contains(answer.body, `"approved"`) {
		t.Errorf("one comment is done and one is not there: %s", answer.body)
	}
	gone := v.post("/moderation/decisions", url.Values{"action": {"approve"}, "comment": {"1:1"}}).want(http.StatusConflict)
	if !strings.Contains(gone.body, "does not exist") {
		t.Error("the page does not tell that the comment is not there")
	}
	nothing := v.get(v.post("/moderation/decisions", url.Values{"action": {"approve"}}).want(http.StatusSeeOther).location())
	if nothing.want(http.StatusOK).doc().Find(".notice").Length() == 0 {
		t.Error("nothing tells that nothing was chosen")
	}
}

func TestSpammerCannotTell(t *testing.T) {
	s := newSite(t)
	s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	texts := map[string]string{}
	for _, kind := range []string{"person", "spammer"} {
		v := s.visitor()
		form := v.replyValues("garden", "Text of a "+kind)
		form.Set("email", kind+"@example.org")
		if kind == "spammer" {
			form.Set("homepage", "https://spam.example")
		}
		page := v.get(v.post(repliesPath("garden"), form).want(http.StatusSeeOther).location())
		private := page.doc().Find(`.mine a[href^="/replies/"]`).AttrOr("href", "")
		revise := formValues(v.get(private).doc().Find(`form[action*="/revise"]`))
		revise.Set("body", "Revised text")
		v.post(private+"/revise", revise).want(http.StatusSeeOther)
		revised := v.get(private).want(http.StatusOK).doc().Find("main").Text()
		v.post(private+"/withdraw", url.Values{}).want(http.StatusSeeOther)
		texts[kind] = revised + v.get(private).want(http.StatusOK).doc().Find("main").Text()
	}
	if texts["person"] != texts["spammer"] {
		t.Errorf("a spammer sees\n%s\na person\n%s", texts["spammer"], texts["person"])
	}
	if counts, _ := s.store.QueueCounts(t.Context()); counts[moderation.Rejected] != 2 {
		t.Errorf("counts %v", counts)
	}
	queue := s.signedIn(moderation.Moderator).get("/moderation?status=rejected").want(http.StatusOK).doc()
	if queue.Find("article.comment").Length() != 2 || queue.Find("article.comment .decide").Length() != 0 {
		t.Error("what its author took back is offered for decision")
	}
}

func TestPasswordGuessingFromManyAddresses(t *testing.T) {
	s := newSite(t, func(cfg *handlers.Config) { cfg.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	s.addMember("Salma", moderation.Moderator)
	v, evaluated := s.visitor(), 0
	for i := range 30 {
		v.header.Set("X-Forwarded-For", fmt.Sprintf("198.51.100.%d", i))
		a := v.post("/login", url.Values{"username": {"Salma"}, "password": {"a wrong passphrase"}})
		if a.status == http.StatusUnauthorized {
			evaluated++
		}
	}
	if evaluated != 20 {
		t.Errorf("%d guesses were evaluated, want 20", evaluated)
	}
}

func TestOldCookieEndsWithThePassword(t *testing.T) {
	s := newSite(t)
	v := s.signedIn(moderation.Moderator)
	stolen := s.visitor()
	stolen.client.Jar.SetCookies(mustURL(t, s.server.URL), v.client.Jar.Cookies(mustURL(t, s.server.URL)))
	v.post("/account/password", url.Values{
		"current": {testPassword}, "new": {"quite another passphrase"}, "repeat": {"quite another passphrase"},
	}).want(http.StatusSeeOther)
	v.get("/moderation").want(http.StatusOK)
	stolen.get("/moderation").want(http.StatusSeeOther)
	members, err := s.store.Members(t.Context())
	if err != nil || members[0].SeenAt.IsZero() {
		t.Errorf("a member who signed in was never seen: %+v, %v", members, err)
	}
}

func TestHeadAnswersLikeGet(t *testing.T) {
	s := newSite(t)
	s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	v := s.signedIn(moderation.Admin)
	for _, path := range []string{
		"/", "/articles/garden", "/feed.atom", "/moderation", "/admin", "/admin/log", "/admin/export?format=csv", "/nothing",
	} {
		head, get := v.do(http.MethodHead, path, nil, nil), v.get(path)
		if head.status != get.status || head.body != "" {
			t.Errorf("%s: HEAD %d, GET %d", path, head.status, get.status)
		}
	}
}
