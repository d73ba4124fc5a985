package moderation

// The limits of an article's fields, in characters after cleaning.
const (
	MaxTitle   = 200
	MaxSection = 60
	MaxByline  = 100
	MaxSummary = 400
	MaxText    = 200_000
)

// Check cleans the article's texts and says all that is wrong with them. Byline and
// summary may be empty. The slug must be one that Slug makes. Fields are title,
// slug, section, byline, summary, body and lang; keys are error_title_empty,
// error_title_long, error_slug_malformed, error_section_empty, error_section_long,
// error_byline_long, error_summary_long, error_text_empty, error_text_long,
// error_lang and error_not_text. The Count of a key that ends in _long is the limit.
func (a Article) Check() (Article, Problems) {
	f := form{}
	a.Title = f.text("title", a.Title, CleanLine, MaxTitle)
	f.required("title", a.Title)
	a.Slug = f.clean("slug", a.Slug, CleanLine)
	if f.problems.For("slug") == nil && (a.Slug == "" || a.Slug != Slug(a.Slug)) {
		f.fail("slug", "error_slug_malformed", 0)
	}
	a.Section = f.text("section", a.Section, CleanLine, MaxSection)
	f.required("section", a.Section)
	a.Byline = f.text("byline", a.Byline, CleanLine, MaxByline)
	a.Summary = f.text("summary", a.Summary, CleanLine, MaxSummary)
	a.Body = f.clean("body", a.Body, Clean)
	f.bounded("body", "text", a.Body, MaxText) // "text" in the keys: a reply's body has messages of its own
	f.requiredAs("body", "text", a.Body)
	if a.Lang != "ar" && a.Lang != "en" {
		f.fail("lang", "error_lang", 0)
	}
	return a, f.problems
}
