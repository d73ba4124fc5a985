package views

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"radd/static"
)

var storybook = flag.String("storybook", "", "write every sample page into this folder instead of a temporary one")

// TestStorybook writes every page as a file, to be looked at in a browser with
// go test ./views -run Storybook -storybook /tmp/pages. The style sheets are taken
// from the folder "static" beside it.
func TestStorybook(t *testing.T) {
	if *storybook == "" {
		*storybook = t.TempDir()
	}
	v, err := New(func(name string) string { static.URL(name); return "static/" + name })
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"ar", "en"} {
		for _, s := range samples(lang) {
			f, err := os.Create(filepath.Join(*storybook, lang+"-"+s.name+".html"))
			if err != nil {
				t.Fatal(err)
			}
			if err := v.Render(f, s.page); err != nil {
				t.Errorf("%s %s: %v", lang, s.name, err)
			}
			f.Close()
		}
	}
}
