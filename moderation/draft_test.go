package moderation

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

var fine = Draft{Name: "أحمد", Email: "ahmad@example.com", Website: "https://example.com", Body: "مرحبا"}

func TestDraftFine(t *testing.T) {
	typed := Draft{Name: "  أحمد\u202E  العلي ", Email: " Ahmad@Example.COM\u200F", Website: "example.com/مقال", Body: "\uFEFFسطر\r\nسطر\n"}
	clean, hidden, problems := typed.Check(5000)
	want := Draft{
		Name: "أحمد العلي", Email: "Ahmad@example.com", Website: "https://example.com/%D9%85%D9%82%D8%A7%D9%84", Body: "سطر\nسطر",
	}
	if clean != want || problems != nil {
		t.Errorf("got %+v, %v; want %+v", clean, problems, want)
	}
	if !slices.Equal(hidden, []string{"name", "body"}) {
		t.Errorf("hidden in %q", hidden)
	}
}

func TestDraftWebsite(t *testing.T) {
	for typed, want := range map[string]string{
		"":                               "",
		"\u200Fexample.com":              "https://example.com",
		"Example.com:8080/a":             "https://example.com:8080/a",
		"example.com/?to=https://a.com/": "https://example.com/?to=https://a.com/",
		"http://example.com":             "http://example.com",
	} {
		d := fine
		d.Website = typed
		if clean, _, problems := d.Check(50); clean.Website != want || problems != nil {
			t.Errorf("%q became %q, %v; want %q", typed, clean.Website, problems, want)
		}
	}
}

func problem(field, key string, count int) *Problem {
	return &Problem{Field: field, Key: key, Count: count}
}

func TestDraftProblems(t *testing.T) {
	long := func(n int) string { return strings.Repeat("ب", n) }
	tests := []struct {
		name   string
		change func(*Draft)
		want   *Problem
	}{
		{"nothing", func(*Draft) {}, nil},
		{"no website", func(d *Draft) { d.Website = " \u200E" }, nil},
		{"no name", func(d *Draft) { d.Name = "" }, problem("name", "error_name_empty", 0)},
		{"invisible name", func(d *Draft) { d.Name = "\u200C \u200F\u3164\u2800" }, problem("name", "error_name_empty", 0)},
		{"name of marks", func(d *Draft) { d.Name = "\u064E\u0301" }, problem("name", "error_name_empty", 0)},
		{"longest name", func(d *Draft) { d.Name = long(MaxName) }, nil},
		{"name counted after cleaning", func(d *Draft) { d.Name = " " + long(MaxName) + "\u202E " }, nil},
		{"long name", func(d *Draft) { d.Name = long(MaxName + 1) }, problem("name", "error_name_long", MaxName)},
		{"name not text", func(d *Draft) { d.Name = "a\xff" }, problem("name", "error_not_text", 0)},
		{"no e-mail", func(d *Draft) { d.Email = " \u200E" }, problem("email", "error_email_empty", 0)},
		{"bad e-mail", func(d *Draft) { d.Email = "a@b" }, problem("email", "error_email_malformed", 0)},
		{"long e-mail", func(d *Draft) {
			d.Email = "a@" + strings.Repeat(strings.Repeat("b", 60)+".", 5) + "com"
		}, problem("email", "error_email_long", MaxEmail)},
		{"e-mail not text", func(d *Draft) { d.Email = "a@b.com\x00" }, problem("email", "error_not_text", 0)},
		{"script website", func(d *Draft) { d.Website = "javascript:alert(1)" }, problem("website", "error_website_malformed", 0)},
		{"script and host", func(d *Draft) { d.Website = "javascript://a.b/%0ax" }, problem("website", "error_website_malformed", 0)},
		{"data website", func(d *Draft) { d.Website = "data:text/html,x" }, problem("website", "error_website_malformed", 0)},
		{"mail as website", func(d *Draft) { d.Website = "mailto:a@example.com" }, problem("website", "error_website_malformed", 0)},
		{"word as website", func(d *Draft) { d.Website = "لا" }, problem("website", "error_website_malformed", 0)},
		{"long website", func(d *Draft) { d.Website = "a.b/" + long(100) }, problem("website", "error_website_long", MaxWebsite)},
		{"website not text", func(d *Draft) { d.Website = "\xc3" }, problem("website", "error_not_text", 0)},
		{"no body", func(d *Draft) { d.Body = "\r\n \t" }, problem("body", "error_body_empty", 0)},
		{"invisible body", func(d *Draft) {
			d.Body = "\u200C\u200D \n\u200E\u200F\u061C\u200B\u00AD\u2060\uFE0F"
		}, problem("body", "error_body_empty", 0)},
		{"hidden body", func(d *Draft) { d.Body = "\u202E\u2066" }, problem("body", "error_body_empty", 0)},
		{"emoji body", func(d *Draft) { d.Body = "👍" }, nil},
		{"longest body", func(d *Draft) { d.Body = long(50) }, nil},
		{"body of composed characters", func(d *Draft) { d.Body = strings.Repeat("e\u0301", 50) }, nil},
		{"long body", func(d *Draft) { d.Body = long(51) }, problem("body", "error_body_long", 50)},
		{"body not text", func(d *Draft) { d.Body = "a\x00" }, problem("body", "error_not_text", 0)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := fine
			tt.change(&d)
			_, _, problems := d.Check(50)
			var want Problems
			if tt.want != nil {
				want = Problems{*tt.want}
			}
			if !reflect.DeepEqual(problems, want) {
				t.Errorf("problems %+v, want %+v", problems, want)
			}
		})
	}
}

func TestDraftProblemsInOrder(t *testing.T) {
	clean, _, problems := Draft{Name: "\xff", Website: "x", Body: "\x00"}.Check(50)
	want := Problems{
		{"name", "error_not_text", 0},
		{"email", "error_email_empty", 0},
		{"website", "error_website_malformed", 0},
		{"body", "error_not_text", 0},
	}
	if !reflect.DeepEqual(problems, want) {
		t.Errorf("problems %+v, want %+v", problems, want)
	}
	if clean.Name != "" || clean.Body != "" || clean.Website != "x" {
		t.Errorf("clean %+v", clean)
	}
	if p := problems.For("body"); p == nil || p.Key != "error_not_text" {
		t.Errorf("For(body) = %v", p)
	}
	if problems.For("other") != nil {
		t.Error("a problem of no field")
	}
}

// A draft that passed, passes again unchanged, within the limits.
func TestDraftProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := Draft{
			Name: anyBytes().Draw(t, "name"), Email: rapid.SampledFrom(goodEmails).Draw(t, "email"),
			Website: webLike().Draw(t, "website"), Body: anyBytes().Draw(t, "body"),
		}
		clean, _, problems := typed.Check(300)
		if problems != nil {
			return
		}
		again, hidden, problems := clean.Check(300)
		if again != clean || hidden != nil || problems != nil {
			t.Fatalf("%+v became %+v, %v, %v", clean, again, hidden, problems)
		}
		if utf8.RuneCountInString(clean.Name) > MaxName || utf8.RuneCountInString(clean.Body) > 300 || len(clean.Website) > MaxWebsite {
			t.Fatalf("over the limit: %+v", clean)
		}
	})
}
