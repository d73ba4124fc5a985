package views

import (
	"time"

	"radd/moderation"
	"radd/views/locale"
)

// LoginPage is where members sign in.
type LoginPage struct {
	Base
	Username string
	Next     string // hidden field "next"
	Error    string // translated
}

func (LoginPage) template() string { return "moderator/login" }

// QueuePage is the queue of one status.
type QueuePage struct {
	Base
	Status       moderation.Status // empty where all statuses are searched
	Article      string            // filter: the article's slug
	ArticleTitle string
	Author       string // filter
	Query        string // filter
	ClearURL     string // the same status without filters; empty where there are none
	Cards        []CardView
	NextURL      string
	FirstURL     string // back to the first page, or empty
	Return       string // this page, for the forms' hidden field "next"
	MaxBulk      int    // most comments in one bulk decision
}

func (QueuePage) template() string { return "moderator/queue" }

// CardView is a comment as a moderator judges it.
type CardView struct {
	*locale.Printer
	Comment    moderation.Comment
	Parts      []Part   // the body, cut at evidence and links
	Excerpt    string   // the first 120 characters or so, on one line, for the list
	Reasons    []string // translated, full sentences
	Chips      []Chip
	Article    moderation.Article
	ArticleURL string
	ParentName string // whom it answers, or empty
	ParentText string // the beginning of that comment
	Record     Record
	CardURL    string // its own page, with the journal
	AuthorURL  string // the queue with this author's comments
	PublicURL  string // where readers see it, or empty
	Withdrawn  bool   // its author took it back: it is not the desk's to decide
	Action     string // /moderation/comments/ID: /approve, /reject, /spam and /hold follow
	Return     string
}

// Part is a piece of a text: plain, a link, or evidence to be marked.
type Part struct {
	Text string
	Href string // a link's target, only http and https, or empty
	Mark bool
}

// Chip is a short word on why a comment is held or who wrote it.
type Chip struct {
	Text string
	Kind string // "warn", "bad", "good" or ""
}

// Record is what became of an author's other comments. A count of 100 means "100 or more".
type Record struct {
	Approved, Rejected, Spam, Pending int
	Last                              time.Time // zero for none
}

// CardPage is one comment with its context and its whole journal.
type CardPage struct {
	Base
	Card    CardView
	Before  []moderation.Comment // of the same thread, by time
	After   []moderation.Comment
	Journal []JournalEntry
}

func (CardPage) template() string { return "moderator/card" }

// JournalEntry is one decision in words.
type JournalEntry struct {
	*locale.Printer
	Decision     moderation.Decision
	Text         string // "Salma approved it", translated
	UndoURL      string // where taking it back is posted; empty where it cannot be
	CommentURL   string // on the log page
	AuthorName   string // of the comment, on the log page
	ArticleTitle string
}

// ConflictPage tells that somebody decided in between: who, what and when, with the
// comment as it is now and the four decisions on it.
type ConflictPage struct {
	Base
	Conflicts []ConflictView
	Done      int // how many of a bulk decision were done
	Missing   int // how many of its comments there are not
	UndoID    string
	BackURL   string
}

func (ConflictPage) template() string { return "moderator/conflict" }

// ConflictView is one comment that somebody else decided.
type ConflictView struct {
	Text string // who did what and when, translated
	Card CardView
}

// AccountPage is a member's own password and sessions.
type AccountPage struct {
	Base
	Current, New, Repeat Field
	Sessions             []SessionView
}

func (AccountPage) template() string { return "moderator/account" }

// SessionView is one signed-in browser.
type SessionView struct {
	UserAgent string
	SeenAt    time.Time
	CreatedAt time.Time
	Current   bool
}
