package e2e

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeSource is axe-core by Deque Systems, under the Mozilla Public License 2.0.
//
//go:embed testdata/axe.min.js
var axeSource string

// violation is one rule that a page breaks.
type violation struct {
	ID, Impact, Help, HelpURL string
	Nodes                     []struct {
		Target         []any
		HTML           string
		FailureSummary string
	}
}

func (x violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s %s", x.ID, x.Impact, x.Help, x.HelpURL)
	for _, node := range x.Nodes {
		fmt.Fprintf(&b, "\n\t%v %.200s\n\t\t%s", node.Target, node.HTML, strings.ReplaceAll(node.FailureSummary, "\n", "\n\t\t"))
	}
	return b.String()
}

// runAxe checks the page against WCAG 2.2, levels A and AA, as far as a program can.
const runAxe = `axe.run(document, {
	runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']},
	resultTypes: ['violations'], elementRef: false, iframes: false,
}).then(result => result.violations)`

// runAxeOnColours checks only what changes with the colours.
const runAxeOnColours = `axe.run(document, {
	runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']},
	resultTypes: ['violations'], elementRef: false, iframes: false,
}).then(result => result.violations)`

// axe returns what is wrong with the page as it is shown now.
func (v *visitor) axe(run string) []violation {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	if !eval[bool](v, "'axe' in window") {
		if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](axeSource)); err != nil {
			v.fail("loading axe-core: %v", err)
		}
	}
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]violation](run, chromedp.EvalAwaitPromise))
	if err != nil {
		v.fail("running axe-core: %v", err)
	}
	return found
}

// TestEveryPage opens every kind of page in both languages, in windows from the
// narrowest that the guidelines name (320 px) to a wide one, in light and in dark: none
// scrolls sideways, and axe-core finds nothing.
func TestEveryPage(t *testing.T) {
	for _, lang := range []string{"ar", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			newNewspaper(t).eachScreen(t, setting{lang, windows[2], true}, func(v *visitor, s screen) {
				for _, d := range windows {
					v.resize(d)
					v.wait("the new size", call("width => innerWidth === width", d.width))
					if out := eval[[]string](v, call(sideways)); len(out) > 0 {
						t.Errorf("%s at %s px: %s", s.name, d.name, strings.Join(out, "\n\t"))
					}
				}
				for _, d := range windows[1:] {
					v.resize(d)
					for scheme, run := range map[string]string{"light": runAxe, "dark": runAxeOnColours} {
						v.prefer(scheme)
						for _, found := range v.axe(run) {
							t.Errorf("%s, %s px, %s: %v", s.name, d.name, scheme, found)
						}
					}
				}
			})
		})
	}
}
