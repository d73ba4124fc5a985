package moderation

import "time"

// ParseAction reads a moderator's action: approve, reject, spam or hold.
func ParseAction(s string) (Action, bool) {
	action := Action(s)
	_, ok := outcome(action)
	if !ok {
		return "", false
	}
	return action, true
}

// outcome returns the status that a moderator's action gives, whatever the comment's
// status was; any other action is not ok.
func outcome(action Action) (Status, bool) {
	switch action {
	case Approve:
		return Approved, true
	case Reject:
		return Rejected, true
	case MarkSpam:
		return Spam, true
	case Hold:
		return Pending, true
	default:
		return "", false
	}
}

// Act is who does something, when, and under which id it enters the journal.
type Act struct {
	ID      ID     // of the entry
	BatchID ID     // 0: the entry stands alone and gets its own ID
	By      Member // the zero Member is the comment's author
	Note    string
	At      time.Time
}

// Decide returns the comment after the action and the entry for the journal. seen
// is the version that was on the screen: where it is not the comment's, the answer
// is *ConflictError (its Latest is for the store to fill in). Deciding what already
// holds is a decision too: it says that somebody looked, and why. ErrForbidden for
// whoever may not moderate, and for an action that is no decision.
func Decide(c Comment, action Action, seen int64, act Act) (Comment, Decision, error) {
	to, ok := outcome(action)
	if !ok || !Permit(act.By, MayModerate) {
		return c, Decision{}, ErrForbidden
	}
	if c.Version != seen {
		return c, Decision{}, &ConflictError{Current: c}
	}
	next, entry := c.change(action, to, act)
	return next, entry, nil
}

// Undo takes the entry d back: the comment gets the status it had before d. Where
// the comment has changed since d, the answer is *ConflictError. The undoing is an
// entry of its own and can be undone in turn. What the comment's author did, and what
// was decided elsewhere, is not the desk's to undo: ErrForbidden.
func Undo(c Comment, d Decision, act Act) (Comment, Decision, error) {
	if !Permit(act.By, MayModerate) || !undoable(d.Action) || d.CommentID != c.ID {
		return c, Decision{}, ErrForbidden
	}
	if c.Version != d.Version {
		return c, Decision{}, &ConflictError{Current: c}
	}
	next, entry := c.change(UndoIt, d.From, act)
	entry.Undoes = d.ID
	return next, entry, nil
}

func undoable(action Action) bool {
	return action == Approve || action == Reject || action == MarkSpam || action == Hold || action == UndoIt
}

// Carried returns the entry for a comment that comes from another Radd, where its
// status was decided: the journal says how it got from its arrival to its status.
// Not ok where there is nothing to say.
func Carried(c Comment) (Decision, bool) {
	if c.Arrival == c.Status || c.Version < 2 {
		return Decision{}, false
	}
	id := DerivedID(c.UpdatedAt, "carried "+c.ID.String())
	return Decision{
		ID: id, CommentID: c.ID, BatchID: id, Action: Carry, From: c.Arrival, To: c.Status, Version: c.Version, At: c.UpdatedAt,
	}, true
}

// ReviseText returns the comment with the text its author corrected while it
// waited, as Screen judged it anew, and the entry that keeps the text before.
// ErrForbidden where it does not wait as far as its author is told, and for anybody
// but its author.
func ReviseText(c Comment, body string, verdict Verdict, seen int64, act Act) (Comment, Decision, error) {
	if c.Told() != Pending || act.By.ID != 0 {
		return c, Decision{}, ErrForbidden
	}
	if c.Version != seen {
		return c, Decision{}, &ConflictError{Current: c}
	}
	to := verdict.Status
	if c.Status != Pending {
		to = c.Status // what was taken for spam stays there, whatever it says now
	}
	next, entry := c.change(Revise, to, act)
	entry.Previous = c.Body
	next.Body, next.Reasons = body, verdict.Reasons
	next.Lang, next.Dir = LangOf(body), DirOf(body, c.Dir)
	return next, entry, nil
}

// TakeBack returns the comment as withdrawn by its author: rejected, with an entry
// that says who did it. ErrForbidden where its author is told that it is rejected,
// and for anybody but its author.
func TakeBack(c Comment, act Act) (Comment, Decision, error) {
	if c.Told() == Rejected || act.By.ID != 0 {
		return c, Decision{}, ErrForbidden
	}
	next, entry := c.change(Withdraw, Rejected, act)
	return next, entry, nil
}

// Replay returns the status that the entries, oldest first, give a comment that
// arrived with arrival.
func Replay(arrival Status, entries []Decision) Status {
	status := arrival
	for _, entry := range entries {
		status = entry.To
	}
	return status
}

// change gives the comment its next version and writes the journal's entry.
func (c Comment) change(action Action, to Status, act Act) (Comment, Decision) {
	entry := Decision{
		ID: act.ID, CommentID: c.ID, BatchID: act.BatchID,
		Action: action, From: c.Status, To: to, Version: c.Version + 1,
		MemberID: act.By.ID, Member: act.By.Name, Note: act.Note, At: act.At,
	}
	if entry.BatchID == 0 {
		entry.BatchID = entry.ID
	}
	c.Status, c.Version, c.UpdatedAt = to, entry.Version, act.At
	return c, entry
}
