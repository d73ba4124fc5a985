// Package e2e plays the stories of the reader, the moderator and the administrator
// in a real browser. A machine without Chromium skips it; with CI=true it fails there.
package e2e

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

var screenshots = flag.String("screenshots", "", "write pictures of every page to this directory, and do nothing else")

// artifacts is where pictures of failures are kept after the run.
var artifacts = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "radd-e2e-") })

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	stopBrowser()
	os.Exit(code)
}

var errNoBrowser = errors.New("no Chromium found on this machine")

// chromiumNames are what the browser is called on the systems we know.
var chromiumNames = []string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
}

func findChromium() (string, error) {
	for _, name := range chromiumNames {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNoBrowser
}

// chromium is the one browser of all tests.
var chromium = struct {
	once sync.Once
	ctx  context.Context
	dir  string
	err  error
}{}

// startBrowser starts the browser at the first call and returns its context. The
// browser lives longer than the test that happens to start it.
func startBrowser() (context.Context, error) {
	chromium.once.Do(func() {
		path, err := findChromium()
		if err != nil {
			chromium.err = err
			return
		}
		if chromium.dir, chromium.err = os.MkdirTemp("", "radd-chromium-"); chromium.err != nil {
			return
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:],
			chromedp.ExecPath(path),
			chromedp.UserDataDir(filepath.Join(chromium.dir, "profile")),
			chromedp.Flag("headless", "new"),
			chromedp.Flag("hide-scrollbars", true),
			chromedp.Flag("no-sandbox", os.Getuid() == 0),
			chromedp.Flag("disable-component-update", true),
			chromedp.DisableGPU,
		)
		allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, _ := chromedp.NewContext(allocator)
		chromium.ctx, chromium.err = ctx, chromedp.Do(ctx)
	})
	return chromium.ctx, chromium.err
}

func stopBrowser() {
	if chromium.ctx != nil {
		ctx, cancel := context.WithTimeout(chromium.ctx, 10*time.Second)
		defer cancel()
		if err := chromedp.Cancel(ctx); err != nil {
			fmt.Fprintln(os.Stderr, "closing the browser:", err)
		}
	}
	if chromium.dir != "" {
		_ = os.RemoveAll(chromium.dir) // the browser's last files may still be going
	}
}

// needBrowser returns the browser's context. Without a browser the test is skipped,
// unless this is the place where everything has to be tested.
func needBrowser(t *testing.T) context.Context {
	t.Helper()
	ctx, err := startBrowser()
	if errors.Is(err, errNoBrowser) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return ctx
}
