package exchange

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
)

// htmlMarkdown turns an article's content, as WordPress stores it, into Markdown.
// Relative addresses are completed with the host of link. Shortcodes stay as text.
// Content that cannot be parsed becomes plain text.
func htmlMarkdown(content, link string) string {
	content = paragraphs(blockComment.ReplaceAllString(content, ""))
	conv := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), strikethrough.NewStrikethroughPlugin(), table.NewTablePlugin(),
	))
	var opts []converter.ConvertOptionFunc
	if u, err := url.Parse(link); err == nil && webAddress(link) != "" && u.Host != "" {
		opts = append(opts, converter.WithDomain(u.Scheme+"://"+u.Host))
	}
	markdown, err := conv.ConvertString(content, opts...)
	if err != nil {
		markdown = htmlText(content)
	}
	return clean(markdown)
}

var (
	// blockComment is what the block editor writes around its blocks, and <!--more-->.
	blockComment = regexp.MustCompile(`(?s)<!--.*?-->`)
	// preformatted is where line feeds mean themselves already.
	preformatted = regexp.MustCompile(`(?is)<pre\b.*?</pre\s*>|<script\b.*?</script\s*>|<style\b.*?</style\s*>`)
	blankLines   = regexp.MustCompile(`\n[ \t]*\n\s*`)
	blockStart   = regexp.MustCompile(`(?i)^</?(?:address|article|aside|blockquote|dd|details|div|dl|dt|figcaption|figure|footer|form|` +
		`h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio)\b`)
)

// paragraphs does what WordPress does on display: in content of the classic editor
// blank lines part paragraphs and line feeds break lines.
func paragraphs(content string) string {
	content = strings.ReplaceAll(strings.ReplaceAll(content, "\r\n", "\n"), "\r", "\n")
	var b strings.Builder
	end := 0
	for _, pre := range preformatted.FindAllStringIndex(content, -1) {
		writeParagraphs(&b, content[end:pre[0]])
		b.WriteString(content[pre[0]:pre[1]])
		end = pre[1]
	}
	writeParagraphs(&b, content[end:])
	return b.String()
}

func writeParagraphs(b *strings.Builder, content string) {
	for _, part := range blankLines.Split(content, -1) {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case blockStart.MatchString(part):
			b.WriteString(part + "\n")
		default:
			b.WriteString("<p>" + strings.ReplaceAll(part, "\n", "<br>\n") + "</p>\n")
		}
	}
}
