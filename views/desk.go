package views

import (
	"net/url"

	"radd/moderation"
)

// QueueTab is one status of the queue in the desk's header.
type QueueTab struct {
	Status  moderation.Status
	Current bool
	Count   int // of comments that wait; 0 for the other statuses
}

// maxCount is where counting the queue stops: so many are shown as "999+".
const maxCount = 1000

// More reports whether the count stopped at its bound.
func (t QueueTab) More() bool { return t.Count >= maxCount }

// Shown is the count as it is shown, which is one less where it stopped at its bound.
func (t QueueTab) Shown() int { return min(t.Count, maxCount-1) }

// QueueTabs returns the statuses for the desk's header. Only what waits is counted
// there: the other numbers ask nobody to do anything.
func (b Base) QueueTabs() []QueueTab {
	tabs := make([]QueueTab, 0, len(moderation.Statuses()))
	for _, status := range moderation.Statuses() {
		tab := QueueTab{Status: status, Current: b.Tab == string(status)}
		if status == moderation.Pending {
			tab.Count = b.Counts[status]
		}
		tabs = append(tabs, tab)
	}
	return tabs
}

// AdminTabs are the administrator's places in the header, by the names that Tab
// takes and that their addresses end in.
func (b Base) AdminTabs() []string {
	if b.Member == nil || !moderation.Permit(*b.Member, moderation.MaySettings) {
		return nil
	}
	return []string{"articles", "users", "export", "import", "settings", "log"}
}

// Piece is a Part of a comment's text with what its link says about itself.
type Piece struct {
	Part
	Host string // where the link leads, at the end of the link; else empty
}

// Pieces returns the text for the page. Behind each link stands the host it leads to:
// what a text shows and what a browser opens are not always the same. A link that
// marks cut in two says it once.
func (c CardView) Pieces() []Piece {
	pieces := make([]Piece, len(c.Parts))
	for i, part := range c.Parts {
		pieces[i].Part = part
		if part.Href == "" || i+1 < len(c.Parts) && c.Parts[i+1].Href == part.Href {
			continue
		}
		if u, err := url.Parse(part.Href); err == nil {
			pieces[i].Host = u.Host
		}
	}
	return pieces
}
