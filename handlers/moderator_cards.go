package handlers

import (
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"radd/db"
	"radd/moderation"
	"radd/views"
	"radd/views/locale"
)

const (
	excerptBytes  = 240
	parentBytes   = 400
	knownApproved = 3 // from so many published comments on an author is shown as known
)

// cardBuilder turns comments into what a moderator sees.
type cardBuilder struct {
	printer   *locale.Printer
	withdrawn map[moderation.ID]bool // by their authors
}

// cards prepares the cards of the comments. Only a rejected one can have been
// withdrawn.
func (a *App) cards(c echo.Context, items ...db.QueueItem) (cardBuilder, error) {
	b := cardBuilder{printer: a.printer(c), withdrawn: map[moderation.ID]bool{}}
	var rejected []moderation.ID
	for _, item := range items {
		if item.Status == moderation.Rejected {
			rejected = append(rejected, item.ID)
		}
	}
	if len(rejected) == 0 {
		return b, nil
	}
	latest, err := a.store.LatestDecisions(c.Request().Context(), rejected)
	for id, entry := range latest {
		b.withdrawn[id] = entry.Action == moderation.Withdraw
	}
	return b, err
}

// cardViews are the cards of the comments.
func (a *App) cardViews(c echo.Context, items []db.QueueItem, returnTo string) ([]views.CardView, error) {
	builder, err := a.cards(c, items...)
	if err != nil {
		return nil, err
	}
	cards := make([]views.CardView, 0, len(items))
	for _, item := range items {
		cards = append(cards, builder.view(item, returnTo))
	}
	return cards, nil
}

// view is the card of a comment; returnTo is where its decisions lead back to.
func (b cardBuilder) view(item db.QueueItem, returnTo string) views.CardView {
	id := item.ID.String()
	card := views.CardView{
		Printer: b.printer, Comment: item.Comment, Article: item.Article, ArticleURL: articlePath(item.Article.Slug),
		Excerpt:   excerpt(item.Body, excerptBytes),
		Parts:     views.Parts(item.Body, evidence(item.Reasons)),
		Reasons:   b.reasons(item.Reasons),
		Chips:     b.chips(item),
		Record:    views.Record(item.Record),
		CardURL:   "/moderation/comments/" + id,
		Action:    "/moderation/comments/" + id,
		AuthorURL: "/moderation?status=" + allStatuses + "&author=" + url.QueryEscape(authorOf(item.Comment)),
		Return:    returnTo,
		Withdrawn: b.withdrawn[item.ID],
	}
	if item.Public() && item.Article.Published {
		card.PublicURL = "/comments/" + id
	}
	if item.Parent != nil {
		card.ParentName, card.ParentText = item.Parent.Name, excerpt(item.Parent.Body, parentBytes)
	}
	return card
}

func authorOf(comment moderation.Comment) string {
	if comment.Email != "" {
		return comment.Email
	}
	return comment.Name
}

// evidence is what is marked in the text.
func evidence(reasons []moderation.Reason) []moderation.Span {
	var spans []moderation.Span
	for _, reason := range reasons {
		if reason.Field == "body" && reason.End > reason.Start {
			spans = append(spans, moderation.Span{Start: reason.Start, End: reason.End})
		}
	}
	return spans
}

// reasons says each kind of reason once, with the number it speaks of.
func (b cardBuilder) reasons(reasons []moderation.Reason) []string {
	var texts []string
	for _, reason := range once(reasons) {
		texts = append(texts, b.say("reason_", reason))
	}
	return texts
}

func (b cardBuilder) say(prefix string, reason moderation.Reason) string {
	if reason.Count > 0 {
		return b.printer.N(prefix+reason.Code, reason.Count)
	}
	return b.printer.T(prefix + reason.Code)
}

// once keeps the first reason of each kind.
func once(reasons []moderation.Reason) []moderation.Reason {
	var kept []moderation.Reason
	seen := map[string]bool{}
	for _, reason := range reasons {
		if !seen[reason.Code] {
			kept = append(kept, reason)
		}
		seen[reason.Code] = true
	}
	return kept
}

func (b cardBuilder) chips(item db.QueueItem) []views.Chip {
	var chips []views.Chip
	for _, reason := range once(item.Reasons) {
		kind := "warn"
		if reason.Code == moderation.ReasonTrap || reason.Code == moderation.ReasonForged {
			kind = "bad"
		}
		chips = append(chips, views.Chip{Text: b.say("chip_", reason), Kind: kind})
	}
	record := item.Record
	switch {
	case record.Approved >= knownApproved && record.Rejected+record.Spam == 0:
		chips = append(chips, views.Chip{Text: b.printer.N("chip_known", record.Approved), Kind: "good"})
	case item.Email != "" && record.Approved+record.Rejected+record.Spam+record.Pending == 0:
		chips = append(chips, views.Chip{Text: b.printer.T("chip_first")})
	}
	return chips
}

// excerpt is the beginning of a text on one line, cut at a word.
func excerpt(text string, n int) string {
	line := strings.Join(strings.Fields(text), " ")
	if len(line) <= n {
		return line
	}
	cut := truncate(line, n)
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return cut + "…"
}
