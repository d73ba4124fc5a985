package exchange

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"radd/moderation"
)

// memory is a Source and a Sink for tests of the formats alone. The store itself is
// tried in roundtrip_test.go.
type memory struct {
	articles []moderation.Article
	comments []moderation.Comment
}

func (m *memory) SelectComments(
	_ context.Context, sel moderation.Selection, after moderation.ID, limit int,
) ([]moderation.Comment, error) {
	var page []moderation.Comment
	for _, c := range m.comments {
		if c.ID > after && (sel.Status == "" || c.Status == sel.Status) && (sel.ArticleID == 0 || c.ArticleID == sel.ArticleID) {
			page = append(page, c)
		}
	}
	slices.SortFunc(page, func(a, b moderation.Comment) int { return cmp.Compare(a.ID, b.ID) })
	return page[:min(limit, len(page))], nil
}

func (m *memory) SelectArticles(_ context.Context, after moderation.ID, limit int) ([]moderation.Article, error) {
	var page []moderation.Article
	for _, a := range m.articles {
		if a.ID > after {
			page = append(page, a)
		}
	}
	slices.SortFunc(page, func(a, b moderation.Article) int { return cmp.Compare(a.ID, b.ID) })
	return page[:min(limit, len(page))], nil
}

func (m *memory) ArticleByID(_ context.Context, id moderation.ID) (moderation.Article, error) {
	for _, a := range m.articles {
		if a.ID == id {
			return a, nil
		}
	}
	return moderation.Article{}, moderation.ErrNotFound
}

func (m *memory) ArticlesByIDs(ctx context.Context, ids []moderation.ID) (map[moderation.ID]moderation.Article, error) {
	found := make(map[moderation.ID]moderation.Article)
	for _, id := range ids {
		if a, err := m.ArticleByID(ctx, id); err == nil {
			found[id] = a
		}
	}
	return found, nil
}

func (m *memory) ImportArticle(_ context.Context, a moderation.Article, dry bool) (moderation.Article, bool, error) {
	for _, known := range m.articles {
		if known.ID == a.ID || a.Source != "" && known.Source == a.Source {
			return known, false, nil
		}
	}
	if !dry {
		m.articles = append(m.articles, a)
	}
	return a, true, nil
}

func (m *memory) ImportComments(_ context.Context, comments []moderation.Comment, dry bool) (added int, err error) {
	for _, c := range comments {
		known := slices.ContainsFunc(m.comments, func(k moderation.Comment) bool {
			return k.ID == c.ID || c.Source != "" && k.Source == c.Source
		})
		if known {
			continue
		}
		added++
		if !dry {
			m.comments = append(m.comments, c)
		}
	}
	return added, nil
}

var testNow = time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)

func testOptions(format Format) ExportOptions {
	return ExportOptions{
		Format: format, Personal: true, BaseURL: "https://radd.example", SiteName: "المرفأ", Lang: "ar", Now: testNow, Generator: "1.0",
	}
}

func testImportOptions() ImportOptions {
	return ImportOptions{Now: testNow, Lang: "ar", SectionDefault: "General", Anonymous: "Anonymous"}
}

func export(t testing.TB, src Source, opts ExportOptions) string {
	t.Helper()
	var out strings.Builder
	if _, err := Export(t.Context(), &out, src, opts); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func importFile(t testing.TB, file string, sink Sink, opts ImportOptions) Report {
	t.Helper()
	report, err := Import(t.Context(), strings.NewReader(file), sink, opts)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// hostile are texts that formats stumble over. All of them pass the boundary as they are.
var hostile = []string{
	"=1+1", " +1", "-2", "@sum", "＝1", "'=1", `"quoted", and; split`, "two\nlines", "a\tb", "]]>", "<![CDATA[x]]>",
	"&amp;", "&lt;b&gt;",
	"&nbsp;&#60;&eacute;", "<b>bold</b> & <", "</wp:comment_content>", "<script>x</script>", "_x0041_",
	"_x005F_", "_x005F_x0041_", "__x0041_",
	"_x000D_", "_xZZZZ_", "_xD83D_", "_xD83D__xDE00_", "_x005F_xD83D_", "00441", "1e5", "TRUE",
	"2026-03-01", "\\u0041 \\n", "{{.}} %s $1", "مرحبا، كيف الحال؟", "م\u064eر\u0652ح\u064e",
	"a\u200fb\u200ec", "می\u200cخواهم", "👨\u200d👩\u200d👧", "\U0001F600 \U00020000", "ẍ̊", "\u00a0x\u00a0y", "nil",
	"null", "NaN", "../../x", "%d8%a7",
	"<!-- comment -->", "<?php ?>", "http://a.example/?x=1&y=2", "||;--", "a  b   c",
}

// sample is two articles with a comment for each of the texts, in every field.
func sample(t testing.TB) *memory {
	t.Helper()
	m := &memory{}
	for n, lang := range []string{"ar", "en"} {
		at := testNow.Add(time.Duration(n) * time.Hour)
		m.articles = append(m.articles, moderation.Article{
			ID: moderation.FirstID(at) + 1, Slug: "مقال-" + strconv.Itoa(n), Lang: lang, Section: "A & <B>",
			Title:   "عنوان & <i>" + strconv.Itoa(n),
			Summary: "s &amp; ]]>\nnext", Byline: "منى & <x>", Body: "# H\n\n&amp; **b** <b>]]> `x`\n\n    code",
			Published: n == 0, Mode: moderation.ModeAfter,
			PublishedAt: at, CreatedAt: at.Add(time.Millisecond), UpdatedAt: at.Add(2 * time.Millisecond), Version: 4,
		})
	}
	for i, text := range hostile {
		id := moderation.FirstID(testNow.Add(time.Duration(i)*time.Minute+7*time.Millisecond)) + 5
		status := moderation.Statuses()[i%4]
		c := moderation.Comment{
			ID: id, ArticleID: m.articles[i%2].ID, RootID: id, Status: status, Arrival: status, Version: int64(i + 1),
			Name: cleanLine(text), Email: cleanLine(text), Website: "https://w.example/?q=1&r=2",
			Body: text, Lang: "en", Dir: moderation.RTL,
			Address: "2001:db8::1", UserAgent: cleanLine(text), CreatedAt: id.Time(), UpdatedAt: id.Time().Add(time.Second),
			Source: "https://x.example/#" + strconv.Itoa(i),
		}
		if i%3 == 0 {
			c.Reasons = []moderation.Reason{{Code: moderation.ReasonLinks, Field: "body", Start: 1, End: 3, Count: 2, Weight: 0.25}}
		}
		if i >= 2 && i%5 == 0 {
			parent := m.comments[i-2]
			c.ParentID, c.RootID = parent.ID, parent.RootID
		}
		m.comments = append(m.comments, c)
	}
	return m
}
