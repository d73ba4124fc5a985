package moderation

import "time"

// Comment is one reader's reply to an article or to another comment of it.
type Comment struct {
	ID        ID
	ArticleID ID
	ParentID  ID // the comment it answers, 0 for none
	RootID    ID // the top of its thread; its own ID at top level
	Status    Status
	Arrival   Status // the status it arrived with; the journal is replayed from here
	Version   int64  // counts every change, starting at 1
	Name      string
	Email     string // never published
	Website   string // absolute http or https address, or empty
	Body      string // plain text; lines end in \n
	Lang      string // "ar", "en" or "" where neither script prevails
	Dir       Dir    // direction of the body
	Address   string // the client's IP address, personal
	UserAgent string // personal
	CreatedAt time.Time
	UpdatedAt time.Time
	Reasons   []Reason // why the first verdict was what it was
	Source    string   // where it was imported from, empty for one written here
}

// Public reports whether every reader may see the comment.
func (c Comment) Public() bool { return c.Status == Approved }

// Told is the status that the comment's author is told: somebody who sends spam, or
// whom a rule refused, learns nothing and waits.
func (c Comment) Told() Status {
	if c.Status == Spam || c.Status == Rejected && c.Arrival == Rejected {
		return Pending
	}
	return c.Status
}

// Reason is one thing that the screening noticed about a new comment.
type Reason struct {
	Code   string  `json:"code"`             // names a text "reason_CODE" in views/locale
	Field  string  `json:"field,omitempty"`  // where: "body", "name", "website"; empty for the whole
	Start  int     `json:"start,omitempty"`  // byte offset into that field
	End    int     `json:"end,omitempty"`    // byte offset behind the evidence
	Count  int     `json:"count,omitempty"`  // how many, for the reason's text
	Weight float64 `json:"weight,omitempty"` // how much it spoke for holding
}

// The codes of Reason.
const (
	ReasonHidden  = "hidden" // hidden direction or control characters were removed
	ReasonLinks   = "links"  // more links than the policy allows
	ReasonTrap    = "trap"   // the field that people do not see was filled in
	ReasonTooFast = "fast"   // the form came back sooner than a person can write
	ReasonForged  = "forged" // the form's own stamp was altered
)

// Action is what somebody did to a comment.
type Action string

// The actions of the journal. The first four are a moderator's decisions.
const (
	Approve  Action = "approve"
	Reject   Action = "reject"
	MarkSpam Action = "spam"
	Hold     Action = "hold"
	UndoIt   Action = "undo"     // a moderator took a decision back
	Withdraw Action = "withdraw" // the author took the comment back
	Revise   Action = "revise"   // the author corrected it while it waited
	Carry    Action = "carry"    // it came from another Radd, where it had been decided
)

// Decision is one entry of the journal. Entries are never changed or deleted.
type Decision struct {
	ID        ID
	CommentID ID
	BatchID   ID // its own ID, or one id shared by all entries of a bulk decision
	Action    Action
	From, To  Status
	Version   int64  // the comment's version after it
	MemberID  ID     // who decided; 0 for the author of the comment
	Member    string // that member's name at the time
	Note      string // the reason given, shown to the comment's author
	Previous  string // the text before it, where the action changed the text
	Undoes    ID     // the entry that this one takes back, or 0
	At        time.Time
}
