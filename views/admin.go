package views

import (
	"time"

	"radd/moderation"
)

// ArticlesPage lists the articles for administrators.
type ArticlesPage struct {
	Base
	Articles []moderation.Article
	Query    string
	NextURL  string
}

func (ArticlesPage) template() string { return "admin/articles" }

// ArticleEditPage is the page on which an article is written and edited.
type ArticleEditPage struct {
	Base
	New                                                                   bool
	Action                                                                string // where it is posted
	ViewURL                                                               string // as readers see it, or empty
	Version                                                               int64
	Error                                                                 string
	Slug, Lang, Section, ArticleTitle, Summary, Byline, Body, PublishedAt Field // PublishedAt as in a datetime-local input
	Published                                                             bool
	Mode                                                                  string   // "", "before", "after", "closed"
	Sections                                                              []string // known ones, for suggestions
}

func (ArticleEditPage) template() string { return "admin/article" }

// UsersPage lists the people of the desk, with a form for a new one.
type UsersPage struct {
	Base
	Members              []moderation.Member
	Name, Password, Role Field
}

func (UsersPage) template() string { return "admin/users" }

// UserPage is one member: role, password, whether they may sign in.
type UserPage struct {
	Base
	Who      moderation.Member
	Self     bool
	Password Field
	Role     Field
	Sessions []SessionView
}

func (UserPage) template() string { return "admin/user" }

// ExportPage is the form that chooses an export.
type ExportPage struct {
	Base
	Format   string
	Status   string
	Article  Field // slug
	From, To Field // as in a date input
	Personal bool
}

func (ExportPage) template() string { return "admin/export" }

// ImportPage is the form that takes a file, and the report on it.
type ImportPage struct {
	Base
	Error  string
	Report *ImportReport
}

func (ImportPage) template() string { return "admin/import" }

// ImportReport is what an import took and what it skipped.
type ImportReport struct {
	DryRun                bool
	Articles, NewArticles int
	Comments, NewComments int
	Skipped               []SkipView
	Error                 string // where the file broke off, translated
}

// SkipView is how many were skipped for one reason.
type SkipView struct {
	Text     string // translated
	Count    int
	Examples []string
}

// SettingsPage is the newsroom's policy.
type SettingsPage struct {
	Base
	SiteNameAr, SiteNameEn, Months, Digits, Mode, CloseDays, MaxLinks, MaxLength, TimeZone Field
	MailOn                                                                                 bool // an SMTP server is set
	MailTo                                                                                 Field
}

func (SettingsPage) template() string { return "admin/settings" }

// LogPage is the journal of decisions, or that of administrative acts.
type LogPage struct {
	Base
	Entries []JournalEntry
	Events  []EventView
	Acts    bool // administrative acts are shown
	NextURL string
	Return  string // this page, for the forms' hidden field "next"; empty: its first page
}

func (LogPage) template() string { return "admin/log" }

// EventView is one administrative act in words.
type EventView struct {
	At     time.Time
	Member string
	Text   string // translated
}
