package e2e

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"radd/auth"
	"radd/db"
	"radd/handlers"
	"radd/moderation"
)

// newspaper is a site with a few days of work in it. All of it is invented.
type newspaper struct {
	*site
	texts     texts
	admin     moderation.Member
	moderator moderation.Member
	articles  map[string]moderation.Article // the long one with replies, by language
	others    []moderation.Article
	pending   []moderation.Comment
	approved  []moderation.Comment
	tokens    map[moderation.ID]string // of the private pages
	latest    map[string]moderation.ID // the last reply of a status and a language, as in "pending ar"
}

func newNewspaper(t *testing.T, change ...func(*handlers.Config)) *newspaper {
	t.Helper()
	n := &newspaper{
		site: newSite(t, change...), articles: map[string]moderation.Article{},
		tokens: map[moderation.ID]string{}, latest: map[string]moderation.ID{},
	}
	var err error
	if n.texts, err = newspaperTexts(); err != nil {
		t.Fatal(err)
	}
	set := moderation.DefaultSettings()
	set.SiteNameAr, set.SiteNameEn, set.TimeZone = "بريد الضحى", "The Forenoon Post", "Asia/Beirut"
	if err := n.store.SaveSettings(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	n.admin = n.addMember("ليلى الحداد", moderation.Admin)
	n.moderator = n.addMember("samir.k", moderation.Moderator)
	for _, text := range n.texts.Articles {
		a := n.addArticle(text)
		if text.Thread {
			n.articles[a.Lang] = a
		} else {
			n.others = append(n.others, a)
		}
	}
	for _, text := range n.texts.Replies {
		n.addReply(text)
	}
	n.decide(n.approved[0], moderation.Hold, n.moderator, "")
	n.decide(n.approved[0], moderation.Approve, n.moderator, "")
	return n
}

//go:embed testdata/newspaper.json
var newspaperFile []byte

// texts are what the newspaper prints and what its readers reply.
type texts struct {
	Articles []articleText
	Replies  []replyText
}

var newspaperTexts = sync.OnceValues(func() (all texts, err error) {
	err = json.Unmarshal(newspaperFile, &all)
	return all, err
})

type articleText struct {
	Lang, Section, Title, Summary, Byline string
	Body                                  []string // its lines
	Hours                                 int      // since it was published
	Thread                                bool     // the one with replies
	Mode                                  moderation.Mode
}

func (s *site) addArticle(text articleText) moderation.Article {
	s.t.Helper()
	at := s.now().Add(-time.Duration(text.Hours) * time.Hour).Truncate(time.Millisecond)
	a := moderation.Article{
		ID: s.ids.New(at), Slug: moderation.Slug(text.Title), Lang: text.Lang, Section: text.Section, Title: text.Title,
		Summary: text.Summary, Byline: text.Byline, Body: strings.Join(text.Body, "\n"), Published: true, Mode: text.Mode,
		PublishedAt: at, CreatedAt: at, UpdatedAt: at, Version: 1,
	}
	if err := s.store.AddArticle(s.t.Context(), a); err != nil {
		s.t.Fatal(err)
	}
	return a
}

type replyText struct {
	Lang, Name, Email, Website, Body string
	Status                           moderation.Status
	Minutes                          int    // since it was sent
	Answers                          string // the name of whom it answers
	Note                             string // why a moderator refused it
	Fast, Hidden                     bool   // what the screening noticed beside the text
}

// addReply stores a reply under the long article of its language.
func (n *newspaper) addReply(text replyText) {
	n.t.Helper()
	at := n.now().Add(-time.Duration(text.Minutes) * time.Minute).Truncate(time.Millisecond)
	a := n.articles[text.Lang]
	c := moderation.Comment{
		ID: n.ids.New(at), ArticleID: a.ID, Status: text.Status,
		Name: text.Name, Email: text.Email, Website: text.Website, Body: text.Body,
		Lang: moderation.LangOf(text.Body), Dir: moderation.DirOf(text.Body, a.Dir()),
		Address: "203.0.113.24", UserAgent: "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36", CreatedAt: at, UpdatedAt: at,
	}
	signals := moderation.Signals{Stamped: true, Age: time.Minute}
	if text.Fast {
		signals.Age = time.Second
	}
	if text.Hidden {
		signals.Hidden = []string{"body"}
	}
	c.Reasons = moderation.Screen(c, signals, moderation.ModeBefore, moderation.DefaultSettings()).Reasons
	if text.Status == moderation.Rejected {
		c.Status = moderation.Pending
	}
	c.Arrival = c.Status
	for _, other := range n.approved {
		if text.Answers != "" && other.Name == text.Answers {
			c.ParentID = other.ID
		}
	}
	token := auth.NewToken()
	n.tokens[c.ID], n.latest[string(text.Status)+" "+text.Lang] = token, c.ID
	stored, _, err := n.store.AddReply(n.t.Context(), db.Reply{
		Comment: c, ContentKey: moderation.ContentKey(c), TokenHash: auth.HashToken(token),
	})
	if err != nil {
		n.t.Fatal(err)
	}
	switch text.Status {
	case moderation.Approved:
		n.approved = append(n.approved, stored)
	case moderation.Pending:
		n.pending = append(n.pending, stored)
	case moderation.Rejected, moderation.Spam:
		n.decide(stored, moderation.Reject, n.moderator, text.Note)
	}
}

// closeReplies closes the replies to all articles, or opens them again.
func (n *newspaper) closeReplies(closed bool) {
	n.t.Helper()
	set, err := n.store.Settings(n.t.Context())
	if err != nil {
		n.t.Fatal(err)
	}
	set.Mode = moderation.ModeBefore
	if closed {
		set.Mode = moderation.ModeClosed
	}
	if err := n.store.SaveSettings(n.t.Context(), set); err != nil {
		n.t.Fatal(err)
	}
}

// token is the secret of the private page of the last reply of the status in the language.
func (n *newspaper) token(status moderation.Status, lang string) string {
	return n.tokens[n.latest[string(status)+" "+lang]]
}

// decide decides in another member's name, behind the visitor's back.
func (n *newspaper) decide(c moderation.Comment, action moderation.Action, by moderation.Member, note string) moderation.Comment {
	n.t.Helper()
	c, err := n.store.CommentByID(n.t.Context(), c.ID)
	if err != nil {
		n.t.Fatal(err)
	}
	now := n.now().Truncate(time.Millisecond)
	after, entry, err := moderation.Decide(c, action, c.Version, moderation.Act{ID: n.ids.New(now), By: by, Note: note, At: now})
	if err != nil {
		n.t.Fatal(err)
	}
	conflicts, err := n.store.SaveChanges(n.t.Context(), []db.Change{{After: after, Seen: c.Version, Entry: entry}})
	if err != nil || len(conflicts) > 0 {
		n.t.Fatal(err, conflicts)
	}
	return after
}
