package handlers

import (
	"radd/moderation"
	"radd/views/locale"
)

// journalText says who did what in one entry of the journal. What the comment's
// author did (withdraw, revise) and what came with it (carry) has texts that name nobody.
func journalText(p *locale.Printer, d moderation.Decision) string {
	return p.T("journal_"+string(d.Action), "Member", d.Member)
}

// undoURL is where taking the entry back is posted; empty where it cannot be: what
// the author did is the author's, and what was decided elsewhere is done.
func undoURL(d moderation.Decision) string {
	switch d.Action {
	case moderation.Approve, moderation.Reject, moderation.MarkSpam, moderation.Hold, moderation.UndoIt:
		return "/moderation/decisions/" + d.ID.String() + "/undo"
	case moderation.Withdraw, moderation.Revise, moderation.Carry:
	}
	return ""
}
