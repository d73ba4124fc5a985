package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"radd/moderation"
)

// decisionAnswer is the JSON of a decision, done or refused.
type decisionAnswer struct {
	ID, Status, Decision string
	Version              int64
	Error, Member, At    string
	Action, Message      string
}

func decode(t *testing.T, a *answer) decisionAnswer {
	t.Helper()
	var d decisionAnswer
	if err := json.Unmarshal([]byte(a.body), &d); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	return d
}

func commentsPath(id moderation.ID, action string) string {
	return "/moderation/comments/" + id.String() + "/" + action
}

func versionForm(version int64) url.Values {
	return url.Values{"version": {strconv.FormatInt(version, 10)}}
}

func TestDecideAndUndoWithoutScript(t *testing.T) {
	s := newSite(t)
	article := s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	comment := s.comment(moderation.Comment{ArticleID: article.ID, Status: moderation.Pending, Name: "Salma", Body: "Is it open?"})
	v := s.signedIn(moderation.Moderator)
	card := v.get("/moderation").want(http.StatusOK).doc().Find("#comment-" + comment.ID.String())
	if card.AttrOr("data-status", "") != "pending" || card.AttrOr("data-version", "") != "1" {
		t.Fatalf("the card lacks its status and version")
	}
	button := card.Find(`button[formaction$="/approve"], form[action$="/approve"] button`)
	if button.Length() == 0 {
		t.Fatal("no button approves")
	}
	values := formValues(card.Find("form").First())
	done := v.post(commentsPath(comment.ID, "approve"), values).want(http.StatusSeeOther)
	public := s.visitor().get("/articles/garden").doc()
	if public.Find("#comment-"+comment.ID.String()).AttrOr("data-status", "") != "approved" {
		t.Error("readers do not see the approved comment")
	}
	queue := v.get(done.location()).want(http.StatusOK)
	undo := queue.doc().Find(`form[action^="/moderation/decisions/"][action$="/undo"]`).First()
	if undo.Length() == 0 {
		t.Fatalf("no way back is offered:\n%s", queue.body)
	}
	v.post(undo.AttrOr("action", ""), formValues(undo)).want(http.StatusSeeOther)
	if got, _ := s.store.CommentByID(t.Context(), comment.ID); got.Status != moderation.Pending || got.Version != 3 {
		t.Errorf("after undo: %s, version %d", got.Status, got.Version)
	}
	v.post(undo.AttrOr("action", ""), formValues(undo)).want(http.StatusConflict)
	own := v.get("/moderation/comments/" + comment.ID.String()).want(http.StatusOK)
	if n := own.doc().Find(`[id^="decision-"]`).Length(); n != 2 {
		t.Errorf("the journal shows %d entries, want 2", n)
	}
}

func TestConflictNamesWhoWhatAndWhen(t *testing.T) {
	s := newSite(t)
	article := s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	comment := s.comment(moderation.Comment{ArticleID: article.ID, Status: moderation.Pending, Body: "Is it open?"})
	first, second := s.signedIn(moderation.Moderator), s.signedIn(moderation.Admin)
	d := decode(t, first.postJSON(commentsPath(comment.ID, "reject"), versionForm(1)).want(http.StatusOK))
	if d.Status != "rejected" || d.Version != 2 || d.ID != comment.ID.String() || d.Decision == "" {
		t.Errorf("the answer is %+v", d)
	}
	conflict := decode(t, second.postJSON(commentsPath(comment.ID, "approve"), versionForm(1)).want(http.StatusConflict))
	if !strings.HasPrefix(conflict.Member, "moderator ") || conflict.Action != "reject" || conflict.At == "" ||
		conflict.Status != "rejected" || conflict.Version != 2 || !strings.Contains(conflict.Message, conflict.Member) {
		t.Errorf("the conflict is told as %+v", conflict)
	}
	page := second.post(commentsPath(comment.ID, "approve"), versionForm(1)).want(http.StatusConflict)
	if !strings.Contains(page.body, conflict.Member) || page.doc().Find("#comment-"+comment.ID.String()).AttrOr("data-version", "") != "2" {
		t.Error("the page does not tell who decided, or does not offer the comment as it is now")
	}
}

func TestBulkIsOneStepThatCanBeUndone(t *testing.T) {
	s := newSite(t)
	article := s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	v := s.signedIn(moderation.Moderator)
	form := url.Values{"action": {"reject"}}
	for i := range 20 {
		c := s.comment(moderation.Comment{ArticleID: article.ID, Status: moderation.Pending, Body: fmt.Sprint("number ", i)})
		version := int64(1)
		if i == 7 {
			version = 9
		}
		form.Add("comment", fmt.Sprintf("%s:%d", c.ID, version))
	}
	page := v.post("/moderation/decisions", form).want(http.StatusOK)
	if page.doc().Find(`[data-status="pending"][data-version]`).Length() != 1 {
		t.Error("the one conflict is not listed")
	}
	if counts, _ := s.store.QueueCounts(t.Context()); counts[moderation.Rejected] != 19 || counts[moderation.Pending] != 1 {
		t.Errorf("counts %v", counts)
	}
	undo := page.doc().Find(`form[action$="/undo"]`).First()
	v.post(undo.AttrOr("action", ""), formValues(undo)).want(http.StatusSeeOther)
	if counts, _ := s.store.QueueCounts(t.Context()); counts[moderation.Pending] != 20 {
		t.Errorf("after undo: %v", counts)
	}
	if report, err := s.store.Check(t.Context()); err != nil || len(report.Faults) > 0 {
		t.Errorf("%v, %v", report.Faults, err)
	}
	too := url.Values{"action": {"reject"}}
	for i := range 501 {
		too.Add("comment", fmt.Sprintf("%d:1", i+1))
	}
	v.post("/moderation/decisions", too).want(http.StatusUnprocessableEntity)
	v.post("/moderation/decisions", url.Values{"action": {"destroy"}}).want(http.StatusUnprocessableEntity)
	v.post("/moderation/decisions", url.Values{"action": {"approve"}}).want(http.StatusSeeOther)
}

func TestFourHundredConflictingDecisions(t *testing.T) {
	s := newSite(t)
	article := s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	var comments []moderation.Comment
	for i := range 200 {
		comments = append(comments, s.comment(moderation.Comment{
			ArticleID: article.ID, Status: moderation.Pending, Body: fmt.Sprint("number ", i),
		}))
	}
	var done, conflicts atomic.Int64
	var wg sync.WaitGroup
	for i, action := range []string{"approve", "reject"} {
		v := s.signedIn([]moderation.Role{moderation.Moderator, moderation.Admin}[i])
		wg.Go(func() {
			for _, comment := range comments {
				a := v.postJSON(commentsPath(comment.ID, action), versionForm(1))
				switch a.status {
				case http.StatusOK:
					done.Add(1)
				case http.StatusConflict:
					conflicts.Add(1)
					if d := decode(t, a); d.Member == "" || d.Action == action {
						t.Errorf("the conflict is told as %+v", d)
					}
				default:
					t.Errorf("status %d", a.status)
				}
			}
		})
	}
	wg.Wait()
	if done.Load() != 200 || conflicts.Load() != 200 {
		t.Errorf("%d done, %d conflicts", done.Load(), conflicts.Load())
	}
	report, err := s.store.Check(t.Context())
	if err != nil || len(report.Faults) > 0 || report.Decisions != 200 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestQueueFiltersAndPages(t *testing.T) {
	s := newSite(t)
	garden := s.article(moderation.Article{Title: "A garden", Slug: "garden", Lang: "en"})
	river := s.article(moderation.Article{Title: "نهر", Slug: "نهر", Lang: "ar"})
	for i := range 70 {
		s.comment(moderation.Comment{
			ArticleID: garden.ID, Status: moderation.Pending, Name: "Salma", Email: "salma@example.org",
			Body: fmt.Sprint("about trees ", i),
		})
	}
	special := s.comment(moderation.Comment{
		ArticleID: river.ID, Status: moderation.Pending, Name: "أحمد", Email: "ahmad@example.org", Body: "مَدْرَسَةٌ جميلة على النهر",
	})
	v := s.signedIn(moderation.Moderator)
	first := v.get("/moderation").want(http.StatusOK).doc()
	if n := first.Find("article[data-status]").Length(); n != 50 {
		t.Fatalf("%d cards on the first page", n)
	}
	next := first.Find(`a[rel="next"]`).AttrOr("href", "")
	second := v.get(next).want(http.StatusOK).doc()
	if n := second.Find("article[data-status]").Length(); n != 21 {
		t.Errorf("%d cards on the second page at %s", n, next)
	}
	for name, query := range map[string]string{
		"article": "article=" + url.QueryEscape("نهر"), "e-mail": "author=ahmad%40example.org", "name": "author=" + url.QueryEscape("احمد"),
		"text without vowels": "q=" + url.QueryEscape("مدرسه"), "two words": "q=" + url.QueryEscape("النهر جميله"),
	} {
		doc := v.get("/moderation?" + query).want(http.StatusOK).doc()
		if doc.Find("article[data-status]").Length() != 1 || doc.Find("#comment-"+special.ID.String()).Length() != 1 {
			t.Errorf("by %s: %d cards", name, doc.Find("article[data-status]").Length())
		}
	}
	for _, query := range []string{"q=" + url.QueryEscape(`" OR (`), "q=AND", "author=%27--", "article=nothing", "q=*"} {
		v.get("/moderation?" + query).want(http.StatusOK)
	}
	v.get("/moderation?status=nonsense").want(http.StatusNotFound)
	v.get("/moderation?after=nonsense").want(http.StatusNotFound)
}

// TestGuardedAddressesByTheWrongPerson tries every guarded address as nobody and,
// where it is for administrators, as a moderator.
func TestGuardedAddressesByTheWrongPerson(t *testing.T) {
	s := newSite(t)
	nobody, moderator := s.visitor(), s.signedIn(moderation.Moderator)
	for _, door := range []struct {
		method, path string
		admin        bool
	}{
		{"GET", "/moderation", false},
		{"GET", "/moderation/comments/1", false},
		{"GET", "/moderation/anything", false},
		{"POST", "/moderation/comments/1/approve", false},
		{"POST", "/moderation/comments/1/reject", false},
		{"POST", "/moderation/comments/1/spam", false},
		{"POST", "/moderation/comments/1/hold", false},
		{"POST", "/moderation/decisions", false},
		{"POST", "/moderation/decisions/1/undo", false},
		{"GET", "/account", false},
		{"POST", "/account/password", false},
		{"POST", "/account/sessions/end", false},
		{"GET", "/admin", true},
		{"GET", "/admin/articles", true},
		{"GET", "/admin/articles/new", true},
		{"GET", "/admin/articles/1", true},
		{"POST", "/admin/articles", true},
		{"POST", "/admin/articles/1", true},
		{"GET", "/admin/users", true},
		{"GET", "/admin/users/1", true},
		{"POST", "/admin/users", true},
		{"POST", "/admin/users/1", true},
		{"POST", "/admin/users/1/password", true},
		{"POST", "/admin/users/1/disable", true},
		{"POST", "/admin/users/1/enable", true},
		{"POST", "/admin/users/1/sessions/end", true},
		{"GET", "/admin/settings", true},
		{"POST", "/admin/settings", true},
		{"POST", "/admin/settings/mail", true},
		{"GET", "/admin/export", true},
		{"GET", "/admin/export?format=csv", true},
		{"GET", "/admin/export?format=csv&personal=1", true},
		{"GET", "/admin/import", true},
		{"POST", "/admin/import", true},
		{"GET", "/admin/log", true},
		{"GET", "/admin/anything", true},
		{"GET", "/%61dmin/users", true},
		{"GET", "/admin%2fusers", true},
	} {
		t.Run(door.method+" "+door.path, func(t *testing.T) {
			request := func(v *visitor) *answer {
				if door.method == http.MethodGet {
					return v.get(door.path)
				}
				return v.post(door.path, url.Values{})
			}
			a := request(nobody).want(http.StatusSeeOther)
			if !strings.HasPrefix(a.header.Get("Location"), "/login?next=") {
				t.Errorf("nobody is sent to %s", a.header.Get("Location"))
			}
			if door.admin {
				request(moderator).want(http.StatusForbidden)
			}
		})
	}
}

func TestSessionEndsForGood(t *testing.T) {
	s := newSite(t)
	v := s.signedIn(moderation.Moderator)
	cookies := v.client.Jar.Cookies(mustURL(t, s.server.URL))
	replay := s.visitor()
	replay.client.Jar.SetCookies(mustURL(t, s.server.URL), cookies)
	replay.get("/moderation").want(http.StatusOK)
	silent := v.do(http.MethodPost, "/logout", strings.NewReader(""), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
	silent.want(http.StatusForbidden)
	v.post("/logout", url.Values{}).want(http.StatusSeeOther)
	replay.get("/moderation").want(http.StatusSeeOther)
	idle := s.signedIn(moderation.Moderator)
	s.pass(3 * time.Hour)
	idle.get("/moderation").want(http.StatusSeeOther)
	for _, value := range []string{"", "x", strings.Repeat("A", 43), strings.Repeat("A", 4000), "%00"} {
		forged := s.visitor()
		forged.header.Set("Cookie", "radd_session="+value)
		forged.get("/moderation").want(http.StatusSeeOther)
	}
}

func TestLoginIsThrottledAndTellsNothing(t *testing.T) {
	s := newSite(t)
	s.addMember("Salma", moderation.Moderator)
	v := s.visitor()
	wrong := v.post("/login", url.Values{"username": {"Salma"}, "password": {"not the password"}}).want(http.StatusUnauthorized)
	unknown := v.post("/login", url.Values{"username": {"Nobody"}, "password": {"not the password"}}).want(http.StatusUnauthorized)
	if strings.ReplaceAll(wrong.body, "Salma", "Nobody") != unknown.body {
		t.Error("an unknown name can be told from a wrong password")
	}
	var a *answer
	for range 6 {
		a = v.post("/login", url.Values{"username": {"Salma"}, "password": {"not the password"}})
	}
	a.want(http.StatusTooManyRequests)
	if a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	v.post("/login", url.Values{"username": {"Salma"}, "password": {testPassword}}).want(http.StatusTooManyRequests)
	for _, next := range []string{"//evil.example", `/\evil.example`, "https://evil.example", "/\tevil", "javascript:alert(1)"} {
		s.addMember("M "+url.QueryEscape(next), moderation.Moderator)
		a := s.visitor().post("/login", url.Values{"username": {"M " + url.QueryEscape(next)}, "password": {testPassword}, "next": {next}})
		if a.header.Get("Location") != "/moderation" {
			t.Errorf("next=%q leads to %q", next, a.header.Get("Location"))
		}
	}
}

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
