package views

import (
	"radd/moderation"
	"radd/views/locale"
)

// FrontPage lists articles, newest first.
type FrontPage struct {
	Base
	Section  string // empty for all
	Articles []moderation.Article
	NextURL  string // the page of older articles, or empty
}

func (FrontPage) template() string { return "reader/front" }

// ArticlePage is an article with its replies and the reply form.
type ArticlePage struct {
	Base
	Article   moderation.Article
	Body      HTML // from Markdown
	Minutes   int  // reading time
	Related   []moderation.Article
	Threads   []ThreadView
	OldestURL string // the replies in the order of time
	NewestURL string // newest thread first
	Newest    bool
	NextURL   string     // more replies, or empty
	FirstURL  string     // back to the first page of replies, or empty
	Mine      []MineView // this visitor's own replies that are not published
	Closed    bool
	FeedURL   string
	Form      ReplyForm
}

func (ArticlePage) template() string { return "reader/article" }

// ThreadView is a published comment with the replies under it.
type ThreadView struct {
	*locale.Printer
	Comment     moderation.Comment
	Replies     []ThreadView
	Depth       int
	ReplyURL    string // the article with the form answering this comment; empty where comments are closed
	AnswersURL  string // the comment it answers, where that does not stand above it
	AnswersName string
	AnswersGone bool // it answers a comment that is not published any more
}

// MineView is a visitor's own reply that is not published, or just was.
type MineView struct {
	*locale.Printer
	Comment   moderation.Comment
	StatusURL string // its private page
}

// ReplyForm is the form under an article, with what was typed.
type ReplyForm struct {
	Action                     string // where it is posted
	Stamp                      string // hidden field "stamp": when this form was made, signed
	Parent                     string // hidden field "parent": the comment that is answered, or empty
	ParentName                 string
	CancelURL                  string // the form without the parent
	Name, Email, Website, Body Field
	Remember                   bool
	MaxBody                    int
	Error                      string // a message about the whole form (role="alert"), translated
	ReadFirst                  bool   // a person reads each reply before it is published
}

// StatusPage is the private page of one reply.
type StatusPage struct {
	Base
	Comment     moderation.Comment
	Article     moderation.Article
	ArticleURL  string
	CommentURL  string // where it stands published, or empty
	Withdrawn   bool
	Note        string // the reason the desk gave, or empty
	ReviseURL   string // where the corrected text is posted, empty where it no longer waits
	WithdrawURL string // where taking it back is posted, empty where it cannot
	Body        Field
	MaxBody     int
}

func (StatusPage) template() string { return "reader/status" }
