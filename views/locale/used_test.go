package locale

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// said finds literal keys: .T "key", $.N "key", p.T("key" in templates and in Go.
var said = regexp.MustCompile(`\.[TN]\(?\s?"([a-z0-9_]+)"`)

// named finds the keys that the rules of package moderation give to mistakes.
var named = regexp.MustCompile(`"((?:error|password|page|reply|login)_[a-z_]+)"`)

// TestKeysInUseExist looks for keys in the templates and the program's source.
func TestKeysInUseExist(t *testing.T) {
	root := filepath.Join("..", "..")
	found := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if path != root && strings.HasPrefix(entry.Name(), ".") {
				return fs.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(path, "_test.go") || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".html") {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		keys := said.FindAllStringSubmatch(string(content), -1)
		if strings.Contains(path, "moderation") && strings.HasSuffix(path, ".go") {
			keys = append(keys, named.FindAllStringSubmatch(string(content), -1)...)
		}
		for _, match := range keys {
			found++
			for _, lang := range Languages() {
				if !exists(lang, match[1]) {
					t.Errorf("%s: there is no %s text for %q", path, lang, match[1])
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 100 {
		t.Errorf("only %d keys were found in use", found)
	}
}

// exists reports whether key is there; one that ends in an underscore is the beginning
// of keys that the program puts together.
func exists(lang, key string) bool {
	if !strings.HasSuffix(key, "_") {
		return catalogs()[lang].known[key]
	}
	for known := range catalogs()[lang].known {
		if strings.HasPrefix(known, key) {
			return true
		}
	}
	return false
}
