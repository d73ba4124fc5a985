package views

import (
	"radd/moderation"
	"radd/views/locale"
)

// Base is what the layout of every page needs.
type Base struct {
	*locale.Printer
	SiteName  string
	Title     string                    // of the page, without the site's name; empty on the front page
	SwitchURL string                    // this page in the other language
	Sections  []Link                    // the newspaper's sections, for the reader's pages
	Member    *moderation.Member        // who is signed in, on the desk's pages; nil on the reader's
	Tab       string                    // the desk's current tab: "pending", …, "articles", "users", "export", …
	Counts    map[moderation.Status]int // the queue's counts, for the desk's tabs; up to 1000 ("999+")
	Private   bool                      // not for search engines
	Notice    *Notice
}

// Link is an address with its text.
type Link struct {
	URL, Text string
	Current   bool
}

// Notice tells what just happened, above the page's content.
type Notice struct {
	Text   string // translated
	Good   bool   // done, else refused
	UndoID string // the decision that can be taken back from here, or empty
}

// Field is one field of a form as it was typed, with what is wrong with it.
type Field struct {
	Value string
	Error string // translated, empty where the field is fine
}

// MessagePage says one thing: an error, or that something is done.
type MessagePage struct {
	Base
	Heading, Text string
	Links         []Link
	Desk          bool // in the desk's frame instead of the reader's
}

// The two forms of the message page.
const (
	messageTemplate     = "message"
	deskMessageTemplate = "message in the desk's frame"
)

func (m MessagePage) template() string {
	if m.Desk {
		return deskMessageTemplate
	}
	return messageTemplate
}
