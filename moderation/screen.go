package moderation

import "time"

// Signals is what the door knows about a new comment beside its text.
type Signals struct {
	Hidden  []string      // fields from which hidden characters were removed
	Trap    bool          // the field that people do not see was filled in
	Stamped bool          // the form carried a stamp of ours
	Forged  bool          // it carried one that is not ours
	Age     time.Duration // since that stamp was made
}

// Verdict is the first status of a comment, and why.
type Verdict struct {
	Status  Status
	Reasons []Reason
}

// MinFormAge is how soon after it was shown a form may come back from a person.
const MinFormAge = 2 * time.Second

// maxEvidence is how many links are pointed out one by one; Count tells of the rest.
const maxEvidence = 20

// Screen gives a new or revised comment its first status. mode is Settings.ModeOf
// the article and never ModeClosed. Every step adds the reasons it sees; the first
// that decides, decides; where none does, the mode decides.
func Screen(c Comment, sig Signals, mode Mode, set Settings) Verdict {
	steps := []step{hiddenCharacters, trapField, forgedStamp, tooFast, tooManyLinks}
	var verdict Verdict
	for _, look := range steps {
		reasons, status := look(c, sig, set)
		verdict.Reasons = append(verdict.Reasons, reasons...)
		if verdict.Status == "" {
			verdict.Status = status
		}
	}
	if verdict.Status == "" {
		verdict.Status = byMode(mode)
	}
	return verdict
}

// step looks for one thing. It returns what it noticed, and the status it decides
// on, empty for none.
type step func(Comment, Signals, Settings) ([]Reason, Status)

// hiddenCharacters tells the moderator what Clean removed. Word processors leave
// such characters behind too, so it decides nothing.
func hiddenCharacters(_ Comment, sig Signals, _ Settings) ([]Reason, Status) {
	var reasons []Reason
	for _, field := range sig.Hidden {
		reasons = append(reasons, Reason{Code: ReasonHidden, Field: field, Weight: 0.3})
	}
	return reasons, ""
}

// trapField finds programs that fill in every field of a form.
func trapField(_ Comment, sig Signals, _ Settings) ([]Reason, Status) {
	if !sig.Trap {
		return nil, ""
	}
	return []Reason{{Code: ReasonTrap, Weight: 1}}, Spam
}

func forgedStamp(_ Comment, sig Signals, _ Settings) ([]Reason, Status) {
	if !sig.Forged {
		return nil, ""
	}
	return []Reason{{Code: ReasonForged, Weight: 0.9}}, Pending
}

// tooFast holds and does not condemn: a form that the browser filled in again after
// a lost connection comes back at once as well.
func tooFast(_ Comment, sig Signals, _ Settings) ([]Reason, Status) {
	if !sig.Stamped || sig.Age >= MinFormAge {
		return nil, ""
	}
	return []Reason{{Code: ReasonTooFast, Weight: 0.7}}, Pending
}

// tooManyLinks points at each link beyond the limit.
func tooManyLinks(c Comment, _ Signals, set Settings) ([]Reason, Status) {
	links := Links(c.Body)
	if len(links) <= set.MaxLinks {
		return nil, ""
	}
	beyond := links[max(set.MaxLinks, 0):]
	var reasons []Reason
	for _, link := range beyond[:min(len(beyond), maxEvidence)] {
		reasons = append(reasons, Reason{
			Code: ReasonLinks, Field: "body", Start: link.Start, End: link.End, Count: len(links), Weight: 0.6,
		})
	}
	return reasons, Pending
}

// byMode publishes only where the mode says so.
func byMode(mode Mode) Status {
	if mode == ModeAfter {
		return Approved
	}
	return Pending
}
