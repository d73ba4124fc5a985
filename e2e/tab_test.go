package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long any one thing may take on a machine that is busy elsewhere.
const patience = 20 * time.Second

// device is what a visitor holds in her hands.
type device struct {
	name          string
	width, height int64
	touch         bool
}

var (
	phone  = device{name: "360", width: 360, height: 780, touch: true}
	laptop = device{name: "1280", width: 1280, height: 900}
)

// setting is how a story is played.
type setting struct {
	lang   string
	device device
	script bool
}

func (s setting) String() string {
	script := "script"
	if !s.script {
		script = "noscript"
	}
	return s.lang + " " + s.device.name + " " + script
}

// visitor is one person at one browser window, with cookies of her own. It notes
// everything that must never happen; check reports it.
type visitor struct {
	t    *testing.T
	site *site
	set  setting
	ctx  context.Context

	mu       sync.Mutex
	status   int64 // of the last document
	dialogs  []string
	foreign  []string // requests to another origin
	mistakes []string // exceptions, and what the content security policy refused
}

// visit opens a window on the site.
func (s *site) visit(t *testing.T, set setting) *visitor {
	t.Helper()
	ctx, cancel := chromedp.NewContext(needBrowser(t), chromedp.WithNewBrowserContext())
	v := &visitor{t: t, site: s, set: set, ctx: ctx}
	t.Cleanup(cancel)
	if err := chromedp.Listen(ctx, v.listen); err != nil {
		t.Fatal(err)
	}
	v.do(
		command(network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{
			Headers: network.Headers{"Accept-Language": set.lang},
		}),
		command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !set.script}),
		command(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}),
	)
	v.resize(set.device)
	v.prefer("light")
	t.Cleanup(v.check)
	return v
}

// resize gives the window the size and the input of a device.
func (v *visitor) resize(d device) {
	v.t.Helper()
	options := []chromedp.EmulateViewportOption{}
	if d.touch {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
	}
	v.do(chromedp.EmulateViewport(d.width, d.height, options...))
}

// prefer says which colours the system wishes; motion is always unwanted, so that
// no test meets a page halfway.
func (v *visitor) prefer(scheme string) {
	v.t.Helper()
	v.do(command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}}))
}

// bypassPolicy switches the content security policy off from the next page on, so
// that it does not hide a page that would run what somebody wrote.
func (v *visitor) bypassPolicy() {
	v.t.Helper()
	v.do(command(page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}))
}

// listen notes what the window tells. It must not block.
func (v *visitor) listen(event any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch e := event.(type) {
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument {
			v.status = e.Response.Status
		}
	case *network.EventRequestWillBeSent:
		if address := e.Request.URL; v.isForeign(address) {
			v.foreign = append(v.foreign, address)
		}
	case *page.EventJavascriptDialogOpening:
		v.dialogs = append(v.dialogs, string(e.Type)+": "+e.Message)
		go v.dismiss()
	case *runtime.EventExceptionThrown:
		v.mistakes = append(v.mistakes, exceptionText(e.ExceptionDetails))
	case *log.EventEntryAdded:
		// The browser also logs every answer that is not a success: those are the stories' own matter.
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			v.mistakes = append(v.mistakes, e.Entry.Text)
		}
	}
}

func exceptionText(details *runtime.ExceptionDetails) string {
	if details.Exception != nil && details.Exception.Description != "" {
		return details.Exception.Description
	}
	return details.Text
}

// dismiss closes a dialog, which would hold the page up for ever.
func (v *visitor) dismiss() {
	_, err := chromedp.Call(v.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
	if err != nil && v.ctx.Err() == nil {
		v.t.Error("closing a dialog:", err)
	}
}

func (v *visitor) isForeign(address string) bool {
	for _, own := range []string{v.site.url + "/", "data:", "about:", "blob:", "chrome:"} {
		if strings.HasPrefix(address, own) {
			return false
		}
	}
	return true
}

// check reports what happened in the window that must never happen.
func (v *visitor) check() {
	v.t.Helper()
	v.mu.Lock()
	defer v.mu.Unlock()
	for what, found := range map[string][]string{
		"a dialog opened": v.dialogs, "a request left for another origin": v.foreign, "the page made a mistake": v.mistakes,
	} {
		for _, text := range found {
			v.t.Errorf("%s: %s", what, text)
		}
	}
}

// do runs steps that must succeed.
func (v *visitor) do(steps ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	if err := chromedp.Do(v.ctx, steps...); err != nil {
		v.fail("%v", err)
	}
}

// fail ends the test with a picture of the window.
func (v *visitor) fail(format string, args ...any) {
	v.t.Helper()
	v.t.Fatalf("%s\nat %s\n%s", fmt.Sprintf(format, args...), v.where(), v.picture())
}

func (v *visitor) where() string {
	address, err := chromedp.Run(v.ctx, chromedp.Evaluate[string]("location.href"))
	if err != nil {
		return err.Error()
	}
	return address
}

// picture saves what the window shows and says where.
func (v *visitor) picture() string {
	dir, err := artifacts()
	if err != nil {
		return err.Error()
	}
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	image, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return "no picture: " + err.Error()
	}
	path := filepath.Join(dir, strings.NewReplacer("/", "-", " ", "-").Replace(v.t.Name())+".png")
	if err := os.WriteFile(path, image, 0o600); err != nil {
		return err.Error()
	}
	return "picture: " + path
}
