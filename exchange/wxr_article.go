package exchange

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"radd/moderation"
)

// readArticle turns the item's fields into an article.
func (it *wxrItem) readArticle() moderation.Article {
	if _, marked := it.fields.text[metaOurs]; it.ours && marked {
		if a, ok := it.ourArticle(); ok {
			return a
		}
	}
	a := moderation.Article{
		Source:    it.ownSource(it.articleSource(), it.number()),
		Published: it.published(),
		Version:   1,
	}
	a.Body = it.cut(htmlMarkdown(it.fields.text["content:encoded"], it.fields.get("link")), moderation.MaxText)
	a.Title = it.title(a)
	a.Summary = it.cut(plainLine(it.fields.text["excerpt:encoded"]), moderation.MaxSummary)
	a.Byline = it.byline()
	a.Section = it.cut(it.category, moderation.MaxSection)
	if a.Section == "" {
		a.Section = it.opts.SectionDefault
	}
	if a.Lang = moderation.LangOf(a.Title + "\n" + a.Body); a.Lang == "" {
		a.Lang = it.opts.Lang
	}
	if it.fields.get("wp:comment_status") == "closed" {
		a.Mode = moderation.ModeClosed
	}
	it.date(&a)
	a.ID = moderation.DerivedID(a.PublishedAt, "wxr article "+a.Source)
	a.Slug = it.slug(a)
	if !it.isArticle() {
		it.report.note(NoteTypeKept, 1)
	}
	it.report.note(NoteFieldCut, it.tokens.cut)
	it.tokens.cut = 0
	return a
}

// articleSource is the address other programs know the article by: its link, or
// its guid, or its number on its site.
func (it *wxrItem) articleSource() string {
	for _, name := range []string{"link", "guid"} {
		if source := cleanLine(it.fields.text[name]); source != "" {
			return source
		}
	}
	if id := cleanLine(it.fields.text["wp:post_id"]); id != "" {
		return strings.TrimSuffix(it.site, "/") + "/?p=" + id
	}
	return "wxr:" + cleanLine(it.fields.text["wp:post_name"]) + ":" + cleanLine(it.fields.text["title"])
}

// published reports whether everybody could read the item. One that asked for a
// password was not public.
func (it *wxrItem) published() bool {
	if it.fields.get("wp:post_password") != "" {
		it.report.note(NoteProtected, 1)
		return false
	}
	switch it.fields.get("wp:status") {
	case "", "publish":
		return true
	case "inherit":
		return it.fields.get("wp:post_type") == "attachment"
	}
	return false
}

// titleWords is how many words of the text make a title.
const titleWords = 8

func (it *wxrItem) title(a moderation.Article) string {
	if title := it.cut(plainLine(it.fields.text["title"]), moderation.MaxTitle); title != "" {
		return title
	}
	it.report.note(NoteTitleMade, 1)
	words := strings.Fields(plainLine(it.fields.text["content:encoded"]))
	if len(words) == 0 {
		if slug := it.slug(a); slug != "" {
			return strings.ReplaceAll(slug, "-", " ")
		}
		return it.cut(a.Source, moderation.MaxTitle)
	}
	title := strings.Join(words[:min(len(words), titleWords)], " ")
	if len(words) > titleWords {
		title += " …"
	}
	return it.cut(title, moderation.MaxTitle)
}

// byline is the author's display name, where the file tells it.
func (it *wxrItem) byline() string {
	creator := it.fields.get("dc:creator")
	if display, ok := it.authors[creator]; ok {
		creator = display
	}
	return it.cut(plainLine(creator), moderation.MaxByline)
}

// date finds when the article was published and changed.
func (it *wxrItem) date(a *moderation.Article) {
	zone := it.opts.Zone
	published, ok := firstDate(
		dateField(it.fields, "wp:post_date_gmt", time.UTC), dateField(it.fields, "wp:post_date", zone),
		dateField(it.fields, "pubdate", time.UTC), it.firstComment,
		func() (time.Time, bool) { return it.wxrImport.date, !it.wxrImport.date.IsZero() },
	)
	if !ok {
		published = it.opts.Now.UTC().Truncate(time.Millisecond)
		it.report.note(NoteDateMissing, 1)
	}
	a.PublishedAt, a.CreatedAt, a.UpdatedAt = published, published, published
	modified, ok := firstDate(dateField(it.fields, "wp:post_modified_gmt", time.UTC), dateField(it.fields, "wp:post_modified", zone))
	if ok && modified.After(published) {
		a.UpdatedAt = modified
	}
}

// firstComment is the time of the first comment that has one.
func (it *wxrItem) firstComment() (time.Time, bool) {
	for _, raw := range it.held {
		if at, ok := parseDate(raw.get("wp:comment_date_gmt"), time.UTC); ok {
			return at, true
		}
	}
	return time.Time{}, false
}

// slug makes the part of the address: of WordPress's own, of the link, of the
// title, or of the id.
func (it *wxrItem) slug(a moderation.Article) string {
	if slug := moderation.Slug(unescapePath(it.fields.get("wp:post_name"))); slug != "" {
		return slug
	}
	if link, err := url.Parse(it.fields.get("link")); err == nil {
		parts := strings.FieldsFunc(link.Path, func(r rune) bool { return r == '/' })
		if len(parts) > 0 {
			last := parts[len(parts)-1]
			last = strings.TrimSuffix(strings.TrimSuffix(last, ".html"), ".php")
			if slug := moderation.Slug(last); slug != "" && slug != "index" {
				return slug
			}
		}
	}
	if slug := moderation.Slug(a.Title); slug != "" {
		return slug
	}
	if a.ID == 0 {
		return ""
	}
	return "article-" + a.ID.String()
}

// unescapePath decodes %XX in either case; what cannot be decoded stays.
func unescapePath(s string) string {
	if decoded, err := url.PathUnescape(s); err == nil {
		return clean(decoded)
	}
	return clean(s)
}

// cut shortens a text to n characters and notes it.
func (it *wxrItem) cut(s string, n int) string {
	short, cut := cutRunes(s, n)
	if cut {
		it.report.note(NoteFieldCut, 1)
	}
	return short
}

// ourArticle reads an article that Radd wrote. It is not ok where the id is none
// of ours: then the item is taken as anybody's.
func (it *wxrItem) ourArticle() (a moderation.Article, ok bool) {
	f := it.fields
	if a.ID, ok = moderation.ParseID(f.get("wp:post_id")); !ok {
		return a, false
	}
	it.date(&a)
	a.Slug = unescapePath(f.get("wp:post_name"))
	a.Title = cleanLine(asText.Replace(f.text["title"]))
	a.Byline = cleanLine(asText.Replace(f.text["dc:creator"]))
	a.Summary = clean(f.text[metaSummary])
	a.Section = cleanLine(f.text[metaSection])
	a.Body = clean(f.text[metaBody])
	a.Source = cleanLine(f.text[metaSource])
	a.Published = f.get("wp:status") == "publish"
	a.Version = version(f)
	if a.Lang = f.get(metaLang); !slices.Contains([]string{"ar", "en"}, a.Lang) {
		a.Lang = it.opts.Lang
	}
	a.Mode, _ = moderation.ParseMode(f.get(metaMode))
	for name, at := range map[string]*time.Time{metaPublished: &a.PublishedAt, metaCreated: &a.CreatedAt, metaUpdated: &a.UpdatedAt} {
		if exact, ok := parseDate(f.get(name), time.UTC); ok {
			*at = exact
		}
	}
	if a.Slug == "" {
		a.Slug = "article-" + a.ID.String()
	}
	return a, true
}
