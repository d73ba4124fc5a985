package exchange

import (
	"slices"
	"time"

	"radd/moderation"
)

// How many comments, and how many bytes of them, may wait for their parents.
const (
	maxWaiting      = 5000
	maxWaitingBytes = 16 << 20
)

// maxIDShift is how much later than its comment an id may be made for: the store
// looks a day further when it turns dates into ids.
const maxIDShift = 23 * time.Hour

// thread links the comments of one article to their parents by the ids of the file.
// A comment whose parent has not come yet waits for it.
type thread struct {
	emit    func(moderation.Comment) // gets every comment after its parent
	placed  map[string]place
	waiting map[string][]waiter // by the parent's key
	keys    map[string]bool     // of those that wait
	count   int                 // put so far
	bytes   int                 // waiting
}

// place is where a comment stands.
type place struct{ id, root moderation.ID }

// fileComment is a comment with what the file says of its place.
type fileComment struct {
	moderation.Comment
	key, parent string // ids in the file; parent is empty or "0" at top level
	kept        bool   // its own ID stays, whatever its parent's is
}

type waiter struct {
	fileComment
	number int
}

// has reports whether a comment of that key was put.
func (t *thread) has(key string) bool {
	_, placed := t.placed[key]
	return placed || t.keys[key]
}

// put takes one comment. It returns how many had to be placed without the parent
// they name.
func (t *thread) put(c fileComment) (astray int) {
	if t.placed == nil {
		t.placed, t.waiting, t.keys = make(map[string]place), make(map[string][]waiter), make(map[string]bool)
	}
	t.count++
	w := waiter{fileComment: c, number: t.count}
	if c.parent == "" || c.parent == "0" {
		t.place(w, place{})
		return 0
	}
	if at, ok := t.placed[c.parent]; ok {
		t.place(w, at)
		return 0
	}
	t.waiting[c.parent] = append(t.waiting[c.parent], w)
	t.keys[c.key] = true
	t.bytes += len(c.Body)
	if len(t.keys) > maxWaiting || t.bytes > maxWaitingBytes {
		return t.settle()
	}
	return 0
}

// place gives the comment and those that waited for it their places.
func (t *thread) place(w waiter, under place) {
	type step struct {
		waiter
		under place
	}
	for steps := []step{{w, under}}; len(steps) > 0; {
		s := steps[0]
		steps = steps[1:]
		c := s.Comment
		c.ParentID, c.RootID = s.under.id, s.under.root
		if s.under.id == 0 {
			c.RootID = c.ID
		} else if c.ID <= s.under.id && !s.kept && s.under.id.Time().Sub(c.CreatedAt) < maxIDShift {
			c.ID = idAfter(s.under.id, c.Source)
		}
		t.placed[s.key] = place{id: c.ID, root: c.RootID}
		t.emit(c)
		for _, child := range t.waiting[s.key] {
			steps = append(steps, step{child, t.placed[s.key]})
			delete(t.keys, child.key)
			t.bytes -= len(child.Body)
		}
		delete(t.waiting, s.key)
	}
}

// idAfter returns an id above the parent's: threads are read by id, so an answer
// that bears the same second as its parent, or an earlier one, still follows it.
func idAfter(parent moderation.ID, source string) moderation.ID {
	return moderation.DerivedID(parent.Time().Add(time.Millisecond), "wxr "+source)
}

// settle places what still waits at top level, in the order of the file; answers
// to these stay answers. It returns how many lost their parent.
func (t *thread) settle() (astray int) {
	var rest []waiter
	for _, waiters := range t.waiting {
		rest = append(rest, waiters...)
	}
	slices.SortFunc(rest, func(a, b waiter) int { return a.number - b.number })
	for _, w := range rest {
		if !t.keys[w.key] {
			continue // placed together with an earlier one
		}
		astray++
		delete(t.keys, w.key)
		t.bytes -= len(w.Body)
		t.forget(w)
		t.place(w, place{})
	}
	return astray
}

// forget takes one comment out of its parent's waiting list.
func (t *thread) forget(w waiter) {
	t.waiting[w.parent] = slices.DeleteFunc(t.waiting[w.parent], func(o waiter) bool { return o.number == w.number })
	if len(t.waiting[w.parent]) == 0 {
		delete(t.waiting, w.parent)
	}
}
