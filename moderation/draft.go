package moderation

import (
	"strings"
	"unicode"
)

// The limits of a reply's fields, in characters after cleaning (the e-mail and the
// website in bytes). The body's limit is a setting.
const (
	MaxName    = 100
	MaxEmail   = 254 // RFC 5321, section 4.5.3.1.3 less the angle brackets
	MaxWebsite = 200
)

// Draft is a reply as somebody typed it.
type Draft struct {
	Name, Email, Website, Body string
}

// Check cleans the draft and says all that is wrong with it. The cleaned draft is
// what to store; hidden names the fields from which hidden characters were removed.
// Problems are nil where the draft is fine. Their keys are error_name_empty,
// error_name_long, error_email_empty, error_email_malformed, error_email_long, error_website_malformed,
// error_website_long, error_body_empty, error_body_long, error_not_text. The Count
// of a key that ends in _long is the limit. A field that is not text comes back
// empty; any other keeps what was typed, cleaned.
func (d Draft) Check(maxBody int) (clean Draft, hidden []string, problems Problems) {
	f := form{}
	clean.Name = f.text("name", d.Name, CleanLine, MaxName)
	f.required("name", clean.Name)
	clean.Email = f.email(d.Email)
	clean.Website = f.website(d.Website)
	clean.Body = f.text("body", d.Body, Clean, maxBody)
	f.required("body", clean.Body)
	return clean, f.hidden, f.problems
}

func (f *form) email(typed string) string {
	text := trimFormat(f.clean("email", typed, CleanLine))
	f.required("email", text)
	if f.problems.For("email") != nil {
		return text
	}
	address, ok := emailAddress(text)
	switch {
	case len(address) > MaxEmail:
		f.fail("email", "error_email_long", MaxEmail)
	case !ok:
		f.fail("email", "error_email_malformed", 0)
	}
	return address
}

func (f *form) website(typed string) string {
	text := trimFormat(f.clean("website", typed, CleanLine))
	if text == "" {
		return ""
	}
	address, ok := webAddress(withScheme(text))
	switch {
	case !ok:
		f.fail("website", "error_website_malformed", 0)
		return text
	case len(address) > MaxWebsite:
		f.fail("website", "error_website_long", MaxWebsite)
	}
	return address
}

// withScheme makes example.com what people mean by it. Only webAddress says whether
// the result is an address.
func withScheme(typed string) string {
	scheme, _, found := strings.Cut(typed, "://")
	if found && !strings.ContainsAny(scheme, "./?#") {
		return typed
	}
	return "https://" + typed
}

// trimFormat removes characters without a glyph at both ends: an address copied out
// of Arabic text often brings a direction mark along.
func trimFormat(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) })
}
