package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

//go:embed *.json
var files embed.FS

// catalog is all the texts of one language. Its maps are not changed once it is loaded.
type catalog struct {
	fixed    map[string]string // texts without a placeholder and without plural forms
	known    map[string]bool   // every key
	counted  sync.Map          // countedKey → text with its number filled in
	messages *i18n.Localizer
}

// catalogs returns the texts by language. The files are part of the program, so one
// that does not parse is a mistake in the program.
var catalogs = sync.OnceValue(func() map[string]*catalog {
	all, err := load()
	if err != nil {
		panic(err)
	}
	return all
})

func load() (map[string]*catalog, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("list texts: %w", err)
	}
	bundle := i18n.NewBundle(language.Arabic)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	all := map[string]*catalog{}
	for _, lang := range Languages() {
		all[lang] = &catalog{fixed: map[string]string{}, known: map[string]bool{}, messages: i18n.NewLocalizer(bundle, lang)}
	}
	for _, entry := range entries {
		file, err := bundle.LoadMessageFileFS(files, entry.Name())
		if err != nil {
			return nil, fmt.Errorf("read texts %s: %w", entry.Name(), err)
		}
		texts := all[file.Tag.String()]
		if texts == nil {
			return nil, fmt.Errorf("read texts %s: no such language", entry.Name())
		}
		for _, message := range file.Messages {
			texts.add(message)
		}
	}
	return all, nil
}

func (c *catalog) add(m *i18n.Message) {
	c.known[m.ID] = true
	if m.One == "" && !strings.Contains(m.Other, "{{") {
		c.fixed[m.ID] = m.Other
	}
}

// strict makes a placeholder without data an error instead of "<no value>".
var strict = &template.TextParser{Option: "missingkey=error"}

// text returns the message of key; count is nil for one without plural forms.
func (c *catalog) text(key string, count any, data map[string]any) string {
	if !c.known[key] {
		return key
	}
	text, err := c.messages.Localize(&i18n.LocalizeConfig{
		MessageID: key, PluralCount: count, TemplateData: data, TemplateParser: strict,
	})
	if err != nil && text == "" {
		return key
	}
	return text
}
