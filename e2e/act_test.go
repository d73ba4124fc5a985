package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// command makes a step of a protocol command whose answer says nothing.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// call writes a call of a JavaScript function with these arguments.
func call(function string, args ...any) string {
	written := make([]string, 0, len(args))
	for _, arg := range args {
		b, err := json.Marshal(arg)
		if err != nil {
			panic(err) // only strings, numbers and lists of them are passed
		}
		written = append(written, string(b))
	}
	return "(" + function + ")(" + strings.Join(written, ", ") + ")"
}

// eval evaluates an expression in the page. It goes past the page's content security
// policy and works where the page's own scripts are switched off, as long as the
// expression is synchronous.
func eval[T any](v *visitor, expression string) T {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		v.fail("evaluating %s: %v", expression, err)
	}
	return value
}

// wait returns when the expression is true, also across page loads.
func (v *visitor) wait(what, expression string) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	v.until(what+" ("+expression+")", func() bool {
		done, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		return done && err == nil // while a page is replaced, there is nothing to ask
	})
}

// until returns when the condition holds. What was waited for stands in the message
// of a test that waited in vain.
func (v *visitor) until(what string, holds func() bool) {
	v.t.Helper()
	deadline, tick := time.After(patience), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-deadline:
			v.fail("waited %v for %s", patience, what)
		}
	}
}

// open goes to an address of the site and returns the status of the answer.
func (v *visitor) open(path string) int64 {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(v.site.url+path)); err != nil {
		v.fail("opening %s: %v", path, err)
	}
	return v.lastStatus()
}

func (v *visitor) lastStatus() int64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.status
}

// follow does something that leads to another page, waits for that page and returns
// the status of its answer.
func (v *visitor) follow(what string, step func()) int64 {
	v.t.Helper()
	eval[bool](v, "window.stillHere = true")
	step()
	v.wait("the next page after "+what, "!window.stillHere && document.readyState === 'complete'")
	return v.lastStatus()
}

// point is where an element can be pressed.
type point struct {
	X, Y    float64
	Problem string
}

const findPoint = `selector => {
	const all = document.querySelectorAll(selector);
	if (all.length !== 1) return {Problem: all.length + ' elements match'};
	const [element] = all;
	element.scrollIntoView({block: 'center', inline: 'nearest', behavior: 'instant'});
	const box = element.getClientRects()[0];
	if (!box || !box.width || !box.height) return {Problem: 'it has no box'};
	if (element.disabled) return {Problem: 'it is disabled'};
	const x = box.x + box.width / 2, y = box.y + box.height / 2;
	const top = document.elementFromPoint(x, y);
	const own = top && (element.contains(top) || [...(element.labels || [])].some(label => label.contains(top)));
	return {X: x, Y: y, Problem: own ? '' : 'it is covered by ' + (top?.outerHTML.slice(0, 200) ?? 'nothing: it is out of sight')};
}`

// press clicks or taps the one element that matches, as a finger would: it must be
// on the screen and nothing may lie over it.
func (v *visitor) press(selector string) {
	v.t.Helper()
	at := eval[point](v, call(findPoint, selector))
	if at.Problem != "" {
		v.fail("pressing %s: %s", selector, at.Problem)
	}
	if v.set.device.touch {
		v.do(chromedp.TapXY(at.X, at.Y))
	} else {
		v.do(chromedp.MouseClickXY(at.X, at.Y))
	}
}

// fill replaces the text of a field, by pressing it and typing.
func (v *visitor) fill(selector, text string) {
	v.t.Helper()
	v.press(selector)
	v.wait("the focus in "+selector, call("selector => document.activeElement.matches(selector)", selector))
	v.do(command(input.DispatchKeyEvent, input.DispatchKeyEventParams{
		Type: input.DispatchKeyEventTypeRawKeyDown, Code: "KeyA", Key: "a", WindowsVirtualKeyCode: 'A',
		Modifiers: int64(chromedp.ModifierCtrl), Commands: []string{"selectAll"},
	}))
	if text == "" {
		v.keys(kb.Backspace)
	} else {
		v.do(command(input.InsertText, input.InsertTextParams{Text: text}))
	}
	v.wait("the text in "+selector, call("(selector, text) => document.querySelector(selector).value === text", selector, text))
}

// choose picks an option of a list with the arrow keys.
func (v *visitor) choose(selector, value string) {
	v.t.Helper()
	reached := call("(selector, value) => document.querySelector(selector).value === value", selector, value)
	v.do(chromedp.Focus(chromedp.CSS(selector)))
	v.keys(kb.Home)
	for range 20 {
		if eval[bool](v, reached) {
			return
		}
		v.keys(kb.ArrowDown)
	}
	v.fail("%s has no option %q", selector, value)
}

// keys types keys that have no physical place of interest.
func (v *visitor) keys(keys string) {
	v.t.Helper()
	v.do(chromedp.KeyEvent(keys))
}

// key presses one physical key; sign is what the layout puts on it.
func (v *visitor) key(code, sign string) {
	v.t.Helper()
	down := input.DispatchKeyEventParams{
		Type: input.DispatchKeyEventTypeKeyDown, Code: code, Key: sign, Text: sign, UnmodifiedText: sign,
		WindowsVirtualKeyCode: int64(code[len(code)-1]),
	}
	up := down
	up.Type, up.Text, up.UnmodifiedText = input.DispatchKeyEventTypeKeyUp, "", ""
	v.do(command(input.DispatchKeyEvent, down), command(input.DispatchKeyEvent, up))
}

// has tells whether an element is in the page.
func (v *visitor) has(selector string) bool {
	v.t.Helper()
	return v.count(selector) > 0
}

func (v *visitor) count(selector string) int {
	v.t.Helper()
	return eval[int](v, call("selector => document.querySelectorAll(selector).length", selector))
}

// text is the text of the first element that matches.
func (v *visitor) text(selector string) string {
	v.t.Helper()
	v.mustHave(selector)
	return eval[string](v, call("selector => document.querySelector(selector).textContent", selector))
}

// property is a property of the first element that matches, as text.
func (v *visitor) property(selector, name string) string {
	v.t.Helper()
	v.mustHave(selector)
	return eval[string](v, call("(selector, name) => String(document.querySelector(selector)[name])", selector, name))
}

func (v *visitor) mustHave(selector string) {
	v.t.Helper()
	if !v.has(selector) {
		v.fail("the page has no %s", selector)
	}
}

func (v *visitor) mustNotHave(selector string) {
	v.t.Helper()
	if v.has(selector) {
		v.fail("the page has %s", selector)
	}
}

// want fails the story unless the value is this one.
func want[T comparable](v *visitor, what string, got, wanted T) {
	v.t.Helper()
	if got != wanted {
		v.fail("%s: %v, want %v", what, quoted(got), quoted(wanted))
	}
}

func quoted(value any) string {
	if s, ok := value.(string); ok {
		return fmt.Sprintf("%q", s)
	}
	return fmt.Sprint(value)
}

// attach names a file for a file field.
func (v *visitor) attach(selector, file string) {
	v.t.Helper()
	whole, err := filepath.Abs(file)
	if err != nil {
		v.fail("%v", err)
	}
	v.do(chromedp.SetUploadFiles(chromedp.CSS(selector), []string{whole}))
}

// signIn signs in through the form.
func (v *visitor) signIn(name string) {
	v.t.Helper()
	v.open("/login")
	v.fill("#username", name)
	v.fill("#password", password)
	want(v, "the answer", v.follow("signing in", func() { v.press("main form button") }), 200)
}

// wholePage is a picture of the page from its first to its last line. The window is
// made as high as the page: beyond its edge, Chromium misplaces right-to-left pages.
func (v *visitor) wholePage(d device) []byte {
	v.t.Helper()
	d.height = max(d.height, eval[int64](v, "document.scrollingElement.scrollHeight"))
	v.resize(d)
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	image, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		v.fail("taking a picture: %v", err)
	}
	return image
}
