package locale

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// forms are the plural forms that each language needs (Unicode CLDR).
var forms = map[string][]string{
	"ar": {"zero", "one", "two", "few", "many", "other"},
	"en": {"one", "other"},
}

// readTexts returns every text of a language by key and plural form; the form of a
// text without plural forms is empty.
func readTexts(t *testing.T, lang string) map[string]map[string]string {
	t.Helper()
	texts := map[string]map[string]string{}
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), "."+lang+".json") {
			continue
		}
		content, err := files.ReadFile(entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		refuseRepeats(t, entry.Name(), string(content))
		var area map[string]any
		if err := json.Unmarshal(content, &area); err != nil {
			t.Fatalf("%s: %v", entry.Name(), err)
		}
		for key, value := range area {
			if texts[key] != nil {
				t.Errorf("%s: key %s stands in another area too", entry.Name(), key)
			}
			texts[key] = formsOf(t, key, value)
		}
	}
	return texts
}

var topKey = regexp.MustCompile(`(?m)^ {2}"(\w+)":`)

// refuseRepeats finds a key that stands twice in one file, of which a JSON parser
// silently keeps the last.
func refuseRepeats(t *testing.T, name, content string) {
	t.Helper()
	seen := map[string]bool{}
	for _, match := range topKey.FindAllStringSubmatch(content, -1) {
		if seen[match[1]] {
			t.Errorf("%s: key %s stands twice", name, match[1])
		}
		seen[match[1]] = true
	}
}

func formsOf(t *testing.T, key string, value any) map[string]string {
	t.Helper()
	switch value := value.(type) {
	case string:
		return map[string]string{"": value}
	case map[string]any:
		texts := map[string]string{}
		for form, text := range value {
			s, ok := text.(string)
			if !ok {
				t.Fatalf("%s.%s is not a text", key, form)
			}
			texts[form] = s
		}
		return texts
	}
	t.Fatalf("%s is not a text", key)
	return nil
}

func TestLanguagesHaveTheSameKeys(t *testing.T) {
	ar, en := readTexts(t, "ar"), readTexts(t, "en")
	for key := range ar {
		if en[key] == nil {
			t.Errorf("%s is not in English", key)
		}
	}
	for key := range en {
		if ar[key] == nil {
			t.Errorf("%s is not in Arabic", key)
		}
	}
	if len(ar) < 100 {
		t.Errorf("only %d keys were read", len(ar))
	}
}

func TestPluralForms(t *testing.T) {
	for lang, want := range forms {
		for key, texts := range readTexts(t, lang) {
			if _, plain := texts[""]; plain {
				continue
			}
			got := slices.Sorted(maps.Keys(texts))
			if !slices.Equal(got, slices.Sorted(slices.Values(want))) {
				t.Errorf("%s %s has the forms %v, not %v", lang, key, got, want)
			}
		}
	}
	en := readTexts(t, "en")
	for key, texts := range readTexts(t, "ar") {
		_, plainAr := texts[""]
		if _, plainEn := en[key][""]; plainAr != plainEn {
			t.Errorf("%s has plural forms in one language only", key)
		}
	}
}

var placeholder = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// TestPlaceholders: each form of a text in each language names the same values, but
// the forms for 0, 1 and 2 may leave the number out.
func TestPlaceholders(t *testing.T) {
	ar, en := readTexts(t, "ar"), readTexts(t, "en")
	for key := range ar {
		all := map[string]bool{}
		for _, texts := range []map[string]string{ar[key], en[key]} {
			for _, text := range texts {
				for _, name := range placeholders(t, key, text) {
					all[name] = true
				}
			}
		}
		for lang, texts := range map[string]map[string]string{"ar": ar[key], "en": en[key]} {
			for form, text := range texts {
				names := placeholders(t, key, text)
				for name := range all {
					optional := name == "Count" && (form == "zero" || form == "one" || form == "two")
					if !optional && !slices.Contains(names, name) {
						t.Errorf("%s %s.%s does not say {{.%s}}", lang, key, form, name)
					}
				}
			}
		}
	}
}

func placeholders(t *testing.T, key, text string) []string {
	t.Helper()
	var names []string
	for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, match[1])
	}
	if len(names) != strings.Count(text, "{{") {
		t.Errorf("%s: %q has a placeholder that is not of the form {{.Name}}", key, text)
	}
	return names
}

var (
	technical = regexp.MustCompile(`https?://\S+|\S+@\S+|\{\{\.\w+\}\}|\d[\d,./:-]*|\b[\w./:-]*\w[A-Za-z/][\w./:-]*\b`)
	latinMark = regexp.MustCompile(`[,;?]`)
)

func TestTextsAreTidy(t *testing.T) {
	for lang := range forms {
		for key, texts := range readTexts(t, lang) {
			for form, text := range texts {
				switch {
				case strings.Trim(text, " ،,;؛") == "" && text != "": // what stands between the items of a list
				case text == "" || text != strings.TrimSpace(text):
					t.Errorf("%s %s.%s: %q is empty or has space around it", lang, key, form, text)
				case strings.Contains(text, "  ") || strings.Contains(text, "\t"):
					t.Errorf("%s %s.%s: %q has a run of spaces", lang, key, form, text)
				case strings.Contains(text, "<"):
					t.Errorf("%s %s.%s: %q holds markup", lang, key, form, text)
				case lang == "ar" && latinMark.MatchString(technical.ReplaceAllString(text, "")):
					t.Errorf("ar %s.%s: %q has Latin punctuation", key, form, text)
				case lang == "ar" && strings.Contains(text, " ،"):
					t.Errorf("ar %s.%s: %q has a space before its comma", key, form, text)
				}
			}
		}
	}
}

// TestEveryTextIsSaid renders every text in every plural form.
func TestEveryTextIsSaid(t *testing.T) {
	for _, lang := range Languages() {
		p := New(lang, Options{})
		for key, texts := range readTexts(t, lang) {
			var data []any
			for _, text := range texts {
				for _, name := range placeholders(t, key, text) {
					if name != "Count" {
						data = append(data, name, "VALUE")
					}
				}
			}
			for _, count := range []int{0, 1, 2, 3, 11, 100} {
				text := p.N(key, count, data...)
				if text == key || strings.Contains(text, "<no value>") || strings.Contains(text, "{{") {
					t.Errorf("%s %s for %d: %q", lang, key, count, text)
				}
			}
		}
	}
}

func TestMissingKeyIsItsOwnText(t *testing.T) {
	p := New("en", Options{})
	if got := p.T("no_such_key"); got != "no_such_key" {
		t.Errorf("T: %q", got)
	}
	if got := p.N("no_such_key", 3); got != "no_such_key" {
		t.Errorf("N: %q", got)
	}
	if got := p.T("title_site"); got != "title_site" {
		t.Errorf("T without its data: %q", got)
	}
}
