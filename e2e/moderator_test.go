package e2e

import (
	"context"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"

	"radd/moderation"
)

// TestModerator plays the moderator's story: decisions by key, finger or button, the
// way back, a reason, many at once, a collision, and signing out.
func TestModerator(t *testing.T) {
	for _, set := range settings {
		t.Run(set.String(), func(t *testing.T) {
			t.Parallel()
			n := newNewspaper(t)
			v := n.visit(t, set)
			v.signIn(n.moderator.Name)
			want(v, "where signing in leads", eval[string](v, "location.pathname"), "/moderation")
			want(v, "comments that wait", v.count("#cards article[data-status=pending]"), len(n.pending))

			m := desk{visitor: v, n: n}
			if set.script {
				m.decideInPlace()
				m.meetCollisionInPlace()
				m.loseSession()
			} else {
				m.decideByPages()
				m.meetCollisionByPages()
			}
			m.refuseWithReason()
			m.decideMany()
			m.leave()
		})
	}
}

// desk is a moderator at work.
type desk struct {
	*visitor
	n *newspaper
}

func card(c moderation.Comment) string { return "#comment-" + c.ID.String() }

// stored waits until the comment has the status in the database.
func (m desk) stored(c moderation.Comment, status moderation.Status) {
	m.t.Helper()
	m.until("the comment by "+c.Name+" to be "+string(status), func() bool {
		now, err := m.n.store.CommentByID(m.t.Context(), c.ID)
		if err != nil {
			m.fail("%v", err)
		}
		return now.Status == status
	})
}

// approve approves the open comment without a page load: by the key where there is
// a keyboard, under an Arabic layout, and by a finger on a phone.
func (m desk) approve(c moderation.Comment) {
	m.t.Helper()
	if m.set.device.touch {
		m.press(card(c) + " .decide .approve")
	} else {
		m.key("KeyA", "ش")
	}
}

func (m desk) inFront(c moderation.Comment) {
	m.t.Helper()
	m.wait("the focus on the comment by "+c.Name, call("selector => document.activeElement.matches(selector + ' h2')", card(c)))
	if problem := eval[point](m.visitor, call(findPoint, card(c)+" .text")).Problem; problem != "" {
		m.fail("the comment by %s has the focus, but its text cannot be read: %s", c.Name, problem)
	}
}

// decideInPlace decides and takes back while the page stays.
func (m desk) decideInPlace() {
	m.t.Helper()
	first, second := m.n.pending[0], m.n.pending[1]
	eval[bool](m.visitor, "window.stillHere = true")
	eval[bool](m.visitor, `(() => {
		for (const kind of ['keydown', 'pointerdown']) addEventListener(kind, () => { window.pressed ??= performance.now(); }, true);
		addEventListener('focusin', event => { if (event.target.matches('h2')) window.reached ??= performance.now(); }, true);
		return true;
	})()`)
	m.approve(first)
	m.inFront(second)
	m.t.Logf("%s: from the press to the next comment in focus: %.1f ms", m.set, eval[float64](m.visitor, "reached - pressed"))
	m.stored(first, moderation.Approved)
	want(m.visitor, "the number that wait", m.property("[data-count=pending]", "textContent"), strconv.Itoa(len(m.n.pending)-1))

	if m.set.device.touch {
		m.press("#bar [data-do=undo]")
	} else {
		m.key("KeyZ", "ئ")
	}
	m.inFront(first)
	m.stored(first, moderation.Pending)
	m.approve(first)
	m.inFront(second)
	m.stored(first, moderation.Approved)
	if !eval[bool](m.visitor, "window.stillHere === true") {
		m.fail("deciding loaded the page again")
	}
}

// decideByPages does the same with forms alone.
func (m desk) decideByPages() {
	m.t.Helper()
	first := m.n.pending[0]
	press := func(what, selector string) {
		m.t.Helper()
		want(m.visitor, what, m.follow(what, func() { m.press(selector) }), 200)
	}
	press("approving", card(first)+" .decide .approve")
	m.mustNotHave(card(first))
	m.stored(first, moderation.Approved)
	press("taking it back", ".notice .undo")
	m.mustHave(card(first) + "[data-status=pending]")
	m.stored(first, moderation.Pending)
	press("approving", card(first)+" .decide .approve")
	m.stored(first, moderation.Approved)
}

// meetCollisionInPlace decides what another moderator decided a moment ago.
func (m desk) meetCollisionInPlace() {
	m.t.Helper()
	c := m.n.pending[1]
	m.n.decide(c, moderation.MarkSpam, m.n.admin, "")
	m.approve(c)
	alert := card(c) + " [role=alert]"
	m.wait("news of the collision", call("selector => document.querySelector(selector)", alert))
	m.collided(c, m.text(alert))
}

// loseSession decides after her sessions were ended from elsewhere: the comment comes
// back with a way to sign in, and from there the way leads back to the queue.
func (m desk) loseSession() {
	m.t.Helper()
	m.open("/moderation")
	if err := m.n.store.DeleteSessionsOf(m.t.Context(), m.n.moderator.ID, ""); err != nil {
		m.fail("%v", err)
	}
	c := m.n.pending[2]
	m.approve(c)
	m.wait("the offer to sign in", "!document.querySelector('#bar [data-do=login]').hidden")
	m.mustHave(".slot:not([hidden]) " + card(c) + " [role=alert]")
	m.stored(c, moderation.Pending)
	m.follow("going to sign in", func() { m.press("#bar [data-do=login]") })
	m.fill("#username", m.n.moderator.Name)
	m.fill("#password", password)
	want(m.visitor, "signing in again", m.follow("signing in again", func() { m.press("main form button") }), 200)
	m.mustHave(card(c) + "[data-status=pending]")
}

func (m desk) meetCollisionByPages() {
	m.t.Helper()
	c := m.n.pending[1]
	m.n.decide(c, moderation.MarkSpam, m.n.admin, "")
	want(m.visitor, "a collision", m.follow("approving", func() { m.press(card(c) + " .decide .approve") }), 409)
	m.collided(c, m.text("main [role=alert]"))
}

// collided checks that the message names who was faster, and that her decision stands.
func (m desk) collided(c moderation.Comment, message string) {
	m.t.Helper()
	if !eval[bool](m.visitor, call("(text, name) => text.includes(name)", message, m.n.admin.Name)) {
		m.fail("the message of the collision does not say who: %q", message)
	}
	m.mustHave(card(c) + "[data-status=spam]")
	m.stored(c, moderation.Spam)
}

// refuseWithReason rejects on the comment's own page; its author reads the reason.
func (m desk) refuseWithReason() {
	m.t.Helper()
	c, reason := m.n.pendingIn("en"), map[string]string{"ar": "لا صلة له بموضوع المقال.", "en": "It is about something else."}[m.set.lang]
	m.open("/moderation/comments/" + c.ID.String())
	m.fill("#reason", reason)
	want(m.visitor, "the rejection", m.follow("rejecting", func() { m.press(".decide .reject") }), 200)
	m.stored(c, moderation.Rejected)
	want(m.visitor, "the reason in the journal", m.text(".journal .note q"), reason)

	author := m.n.visit(m.t, m.set)
	author.open("/replies/" + m.n.tokens[c.ID])
	want(author, "the reason that the author reads", author.text(".notice .user-text"), reason)
}

// goTo opens a comment of the queue: by its line in the list, or on a phone, which
// shows one comment at a time, by stepping.
func (m desk) goTo(c moderation.Comment) {
	m.t.Helper()
	if !m.set.device.touch {
		m.press(`#list a[href="` + card(c) + `"]`)
		m.inFront(c)
		return
	}
	for !m.has(".slot.open " + card(c)) {
		place := m.text("#step .place")
		m.press("#step [data-do=next]")
		m.wait("the next comment", call("place => document.querySelector('#step .place').textContent !== place", place))
	}
}

// decideMany decides two comments at once: chosen by X where there are scripts and a
// keyboard, by ticking elsewhere.
func (m desk) decideMany() {
	m.t.Helper()
	m.open("/moderation?status=approved")
	chosen := []moderation.Comment{m.n.approved[4], m.n.approved[1]} // the queue shows the newer first
	for _, c := range chosen {
		if m.set.script {
			m.goTo(c)
		}
		if m.set.script && !m.set.device.touch {
			m.key("KeyX", "ء")
		} else {
			m.press(`input[value^="` + c.ID.String() + `:"]`)
		}
	}
	want(m.visitor, "chosen comments", m.count("input[name=comment]:checked"), len(chosen))
	want(m.visitor, "the decision on both", m.follow("deciding both", func() { m.press("#bulk .spam") }), 200)
	for _, c := range chosen {
		m.mustNotHave(card(c))
		m.stored(c, moderation.Spam)
	}
	want(m.visitor, "taking both back", m.follow("taking both back", func() { m.press(".notice .undo") }), 200)
	for _, c := range chosen {
		m.mustHave(card(c) + "[data-status=approved]")
	}
}

// back goes one step back in the browser's history and evaluates the expression there.
func (m desk) back(expression string) string {
	m.t.Helper()
	ctx, cancel := context.WithTimeout(m.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.NavigateBack()); err != nil {
		m.fail("going back: %v", err)
	}
	return eval[string](m.visitor, expression)
}

// leave signs out; the desk is then closed, also by the browser's way back.
func (m desk) leave() {
	m.t.Helper()
	m.press(".desk-end summary")
	want(m.visitor, "signing out", m.follow("signing out", func() { m.press(".desk-end form[action='/logout'] button") }), 200)
	where := "location.pathname"
	want(m.visitor, "where the browser's way back leads", m.back(where), "/login")
	m.open("/moderation")
	want(m.visitor, "where the desk leads", eval[string](m.visitor, where), "/login")
}
