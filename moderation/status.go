package moderation

// Status is where a comment stands.
type Status string

// The four statuses. Only Approved is public.
const (
	Pending  Status = "pending"
	Approved Status = "approved"
	Rejected Status = "rejected"
	Spam     Status = "spam"
)

// Statuses lists every status in the order of the queue's tabs.
func Statuses() []Status { return []Status{Pending, Approved, Rejected, Spam} }

// ParseStatus reads a status; an unknown word is not ok.
func ParseStatus(s string) (Status, bool) {
	switch status := Status(s); status {
	case Pending, Approved, Rejected, Spam:
		return status, true
	}
	return "", false
}

// Mode says what happens to a new comment on an article.
type Mode string

// The modes of an article. ModeDefault follows the newsroom's setting.
const (
	ModeDefault Mode = ""
	ModeBefore  Mode = "before" // a person reads it before it is published
	ModeAfter   Mode = "after"  // published at once, read afterwards
	ModeClosed  Mode = "closed" // no new comments
)

// ParseMode reads a mode; an unknown word is not ok.
func ParseMode(s string) (Mode, bool) {
	switch mode := Mode(s); mode {
	case ModeDefault, ModeBefore, ModeAfter, ModeClosed:
		return mode, true
	}
	return "", false
}

// Dir is the direction of a text.
type Dir string

// The two directions.
const (
	RTL Dir = "rtl"
	LTR Dir = "ltr"
)
