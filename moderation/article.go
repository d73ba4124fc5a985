package moderation

import "time"

// Article is what readers reply to.
type Article struct {
	ID          ID
	Slug        string // unique; Arabic letters are kept
	Lang        string // "ar" or "en"
	Section     string
	Title       string
	Summary     string
	Byline      string
	Body        string // Markdown without raw HTML
	Published   bool
	Mode        Mode
	PublishedAt time.Time
	CreatedAt   time.Time
	UpdatedAt   time.Time
	Version     int64
	Replies     int64  // approved comments, kept in step by the store
	Source      string // the address it was imported from, empty for one written here
}

// Dir is the direction of the article's language.
func (a Article) Dir() Dir { return LangDir(a.Lang) }

// LangDir returns the writing direction of a language tag that Radd speaks.
func LangDir(lang string) Dir {
	if lang == "ar" {
		return RTL
	}
	return LTR
}

// Selection says which comments leave in an export. The zero value is all of them.
type Selection struct {
	Status    Status    // empty for every status
	ArticleID ID        // 0 for every article
	From, To  time.Time // From ≤ CreatedAt < To; a zero time is no limit
}
