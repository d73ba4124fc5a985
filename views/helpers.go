package views

import (
	"html/template"
	"strings"
	"unicode"

	"radd/moderation"
)

// helpers are the functions that templates may call.
func helpers(asset func(name string) string) template.FuncMap {
	return template.FuncMap{
		"asset":      asset,
		"parts":      func(body string) []Part { return Parts(body, nil) },
		"initial":    initial,
		"hue":        hue,
		"nameplate":  nameplate,
		"sectionURL": sectionURL,
		"count":      func(n int64) int { return int(n) },
	}
}

// initial returns the letter shown for a name: its first letter or digit in upper
// case, or a question mark where it has none.
func initial(name string) string {
	for _, r := range name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return strings.ToUpper(string(r))
		}
	}
	return "?"
}

// hues is how many colours there are for the circle beside a comment.
const hues = 6

// hue returns which of the colours a comment has. It comes from the comment's random
// bits and tells nothing about its author.
func hue(id moderation.ID) int { return int(max(id, 0) % hues) }

// name is a newspaper's name cut before its last word, as the head of the page has it.
type name struct{ First, Last string }

func nameplate(siteName string) name {
	siteName = strings.TrimSpace(siteName)
	if cut := strings.LastIndexByte(siteName, ' '); cut > 0 {
		return name{siteName[:cut], siteName[cut+1:]}
	}
	return name{First: siteName}
}

// sectionURL returns the address of a section's page, or nothing where the
// newspaper's navigation does not have it.
func sectionURL(sections []Link, section string) string {
	for _, link := range sections {
		if link.Text == section {
			return link.URL
		}
	}
	return ""
}
