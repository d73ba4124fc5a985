package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// sideways lists what makes the page wider than the window: the elements that stick
// out on either side without standing in a box that scrolls or cuts by itself.
const sideways = `() => {
	const page = document.scrollingElement;
	if (page.scrollWidth <= innerWidth) return [];
	const boxed = element => {
		let free = getComputedStyle(element).position === 'absolute'; // boxes that are not positioned do not cut it
		for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
			const {overflowX, position} = getComputedStyle(up);
			if (free && position === 'static') continue;
			if (overflowX !== 'visible') return true;
			free = position === 'absolute';
		}
		return false;
	};
	const out = ['the page is ' + page.scrollWidth + ' px wide in a window of ' + innerWidth];
	for (const element of document.body.querySelectorAll('*')) {
		const box = element.getBoundingClientRect();
		if (box.width && (box.right > innerWidth + 1 || box.left < -1) && !boxed(element)) {
			const name = element.localName + (element.id ? '#' + element.id : '') + [...element.classList].map(c => '.' + c).join('');
			out.push(name + ' from ' + Math.round(box.left) + ' to ' + Math.round(box.right));
		}
	}
	return out;
}`

// windows are measured without a phone's zooming out, which would hide what sticks out.
var windows = []device{
	{name: "320", width: 320, height: 640}, {name: "360", width: 360, height: 780}, {name: "1280", width: 1280, height: 900},
}

// focusProblem tells what is wrong with the element in focus: a keyboard's user must
// see where she is, and nothing may lie over it.
const focusProblem = `() => {
	const element = document.activeElement;
	const look = () => {
		const {outlineStyle, outlineWidth, outlineColor, boxShadow} = getComputedStyle(element);
		return JSON.stringify([outlineStyle === 'none' ? '' : outlineStyle + outlineWidth + outlineColor, boxShadow]);
	};
	const box = element.getBoundingClientRect();
	const spots = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]];
	const seen = spots.some(([right, down]) => {
		const top = document.elementFromPoint(box.x + box.width * right, box.y + box.height * down);
		return top && (element.contains(top) || [...(element.labels || [])].some(label => label.contains(top)));
	});
	const focused = look();
	element.blur();
	const plain = look();
	element.focus({preventScroll: true});
	const problems = [];
	if (focused === plain) problems.push('looks as without the focus');
	if (!seen) problems.push('is covered or out of sight');
	return problems.length ? element.outerHTML.slice(0, 160) + ' ' + problems.join(' and ') : '';
}`

// walked are the pages that are gone through by keyboard: one of each build.
var walked = []string{
	"front", "article", "form-with-errors", "status-waiting", "login", "queue", "queue-plain", "card", "export", "editor", "log",
}

// TestVisibleFocus goes through pages with the tabulator key.
func TestVisibleFocus(t *testing.T) {
	for _, set := range []setting{{"ar", windows[1], true}, {"en", windows[2], true}} {
		t.Run(set.String(), func(t *testing.T) {
			t.Parallel()
			newNewspaper(t).eachScreen(t, set, func(v *visitor, s screen) { v.walk(s.name) }, walked...)
		})
	}
}

// walk presses the tabulator key until the focus leaves the page or comes back.
func (v *visitor) walk(name string) {
	v.t.Helper()
	const most = 200
	eval[bool](v, "(document.activeElement.blur(), window.seen = new Set(), true)")
	for step := range most {
		v.keys(kb.Tab)
		if eval[bool](v, "document.activeElement === document.body || window.seen.size === window.seen.add(document.activeElement).size") {
			if step < 2 {
				v.fail("%s: the focus stops after %d steps", name, step)
			}
			return
		}
		if problem := eval[string](v, call(focusProblem)); problem != "" {
			v.t.Errorf("%s: %s", name, problem)
		}
	}
	v.fail("%s: the focus has not come round after %d steps", name, most)
}
