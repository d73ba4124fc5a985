package moderation

import (
	"reflect"
	"strings"
	"testing"
)

func TestArticleCheck(t *testing.T) {
	long := func(n int) string { return strings.Repeat("ب", n) }
	tests := []struct {
		name   string
		change func(*Article)
		want   Problems
	}{
		{"nothing", func(*Article) {}, nil},
		{"no byline and no summary", func(a *Article) { a.Byline, a.Summary = "", "" }, nil},
		{"longest", func(a *Article) {
			a.Title, a.Section, a.Byline, a.Summary, a.Body = long(200), long(60), long(100), long(400), long(200_000)
		}, nil},
		{"no title", func(a *Article) { a.Title = " \u200E" }, Problems{{"title", "error_title_empty", 0}}},
		{"long title", func(a *Article) { a.Title = long(201) }, Problems{{"title", "error_title_long", 200}}},
		{"no slug", func(a *Article) { a.Slug = "" }, Problems{{"slug", "error_slug_malformed", 0}}},
		{"slug with spaces", func(a *Article) { a.Slug = "a b" }, Problems{{"slug", "error_slug_malformed", 0}}},
		{"slug in capitals", func(a *Article) { a.Slug = "News" }, Problems{{"slug", "error_slug_malformed", 0}}},
		{"slug with a path", func(a *Article) { a.Slug = "../x" }, Problems{{"slug", "error_slug_malformed", 0}}},
		{"slug not text", func(a *Article) { a.Slug = "\xff" }, Problems{{"slug", "error_not_text", 0}}},
		{"no section", func(a *Article) { a.Section = "" }, Problems{{"section", "error_section_empty", 0}}},
		{"long section", func(a *Article) { a.Section = long(61) }, Problems{{"section", "error_section_long", 60}}},
		{"long byline", func(a *Article) { a.Byline = long(101) }, Problems{{"byline", "error_byline_long", 100}}},
		{"long summary", func(a *Article) { a.Summary = long(401) }, Problems{{"summary", "error_summary_long", 400}}},
		{"no text", func(a *Article) { a.Body = "\n \u200C" }, Problems{{"body", "error_text_empty", 0}}},
		{"long text", func(a *Article) { a.Body = long(200_001) }, Problems{{"body", "error_text_long", 200_000}}},
		{"text that is none", func(a *Article) { a.Body = "a\x00" }, Problems{{"body", "error_not_text", 0}}},
		{"language", func(a *Article) { a.Lang = "fr" }, Problems{{"lang", "error_lang", 0}}},
		{"all at once, in order", func(a *Article) { *a = Article{} }, Problems{
			{"title", "error_title_empty", 0},
			{"slug", "error_slug_malformed", 0},
			{"section", "error_section_empty", 0},
			{"body", "error_text_empty", 0},
			{"lang", "error_lang", 0},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := Article{Title: "عنوان", Slug: "عنوان-أول", Section: "رأي", Byline: "كاتبة", Summary: "ملخص", Body: "نص", Lang: "ar"}
			tt.change(&a)
			if _, problems := a.Check(); !reflect.DeepEqual(problems, tt.want) {
				t.Errorf("problems %+v, want %+v", problems, tt.want)
			}
		})
	}
}

func TestArticleCheckCleans(t *testing.T) {
	typed := Article{
		ID: 5, Title: " عنوان\n طويل ", Slug: " عنوان-طويل ", Section: "رأي\u202E", Byline: "\tكاتبة", Summary: "سطر\r\nسطر",
		Body: "# فقرة\r\n\r\nفقرة\n", Lang: "ar", Mode: ModeAfter,
	}
	want := Article{
		ID: 5, Title: "عنوان طويل", Slug: "عنوان-طويل", Section: "رأي", Byline: "كاتبة", Summary: "سطر سطر",
		Body: "# فقرة\n\nفقرة", Lang: "ar", Mode: ModeAfter,
	}
	if got, problems := typed.Check(); got != want || problems != nil {
		t.Errorf("got %+v, %v", got, problems)
	}
}

func TestLangDir(t *testing.T) {
	if LangDir("ar") != RTL || LangDir("en") != LTR || (Article{Lang: "ar"}).Dir() != RTL {
		t.Error("direction of a language")
	}
}
