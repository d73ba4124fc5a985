package e2e

import (
	"slices"
	"strings"
	"testing"
)

// TestProbesFindFaults breaks a page in the ways that the other tests look for, so
// that their silence means something.
func TestProbesFindFaults(t *testing.T) {
	n := newNewspaper(t)
	v := n.visit(t, setting{"en", windows[1], true})
	v.open(n.articlePath("en"))
	eval[bool](v, `(() => {
		const [paragraph, input] = ['p', 'input'].map(name => document.querySelector('main').appendChild(document.createElement(name)));
		document.documentElement.removeAttribute('lang');
		paragraph.textContent = 'unreadable';
		paragraph.style.cssText = 'inline-size: 500px; color: #bbb; background: #fff';
		input.style.cssText = 'outline: none; box-shadow: none; position: fixed; inset-block-end: 0';
		input.id = 'broken';
		return true;
	})()`)

	var rules []string
	for _, x := range v.axe(runAxe) {
		rules = append(rules, x.ID)
	}
	for _, id := range []string{"html-has-lang", "color-contrast", "label"} {
		if !slices.Contains(rules, id) {
			t.Errorf("axe-core did not find %s, only %v", id, rules)
		}
	}
	if out := eval[[]string](v, call(sideways)); len(out) != 2 || !strings.HasPrefix(out[1], "p ") {
		t.Errorf("what sticks out is %q, want the paragraph", out)
	}
	eval[bool](v, "(document.querySelector('#broken').focus(), true)")
	if problem := eval[string](v, call(focusProblem)); !strings.Contains(problem, "without the focus") {
		t.Errorf("the problem of the invisible focus is %q", problem)
	}

	v.notesWhatMustNotHappen()
}

func (v *visitor) notesWhatMustNotHappen() {
	v.t.Helper()
	v.bypassPolicy()
	v.open("/")
	eval[bool](v, "(confirm('a dialog'), fetch('https://elsewhere.example/').catch(() => {}), true)")
	eval[bool](v, "(setTimeout(() => { throw new Error('a mistake') }), true)")
	v.until("notes of all three", func() bool {
		v.mu.Lock()
		defer v.mu.Unlock()
		return len(v.dialogs) > 0 && len(v.foreign) > 0 && len(v.mistakes) > 0
	})
	v.mu.Lock()
	defer v.mu.Unlock()
	v.dialogs, v.foreign, v.mistakes = nil, nil, nil
}
