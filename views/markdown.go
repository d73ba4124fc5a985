package views

import (
	"bytes"
	"fmt"
	"html/template"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// HTML is markup that Markdown made. Nothing else may make one: a template shows it
// as it is.
type HTML = template.HTML //nolint:forbidigo // the one place where markup is trusted; see Markdown

// markdown reads CommonMark with tables and strikethrough. The parsers of raw HTML
// are left out, so that tags are text like any other and appear as they were typed.
var markdown = goldmark.New(
	goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithASTTransformers(util.Prioritized(house{}, 900)),
	)),
	goldmark.WithExtensions(
		extension.Strikethrough,
		// Alignment would be a style attribute, which the page's policy forbids.
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
	),
)

// Markdown renders an article's text. Its highest headings are of the second level,
// because the article's title is the page's first. Links lead to web pages, mail addresses and
// places on this site only, and an image is a link to it: pages load nothing from
// elsewhere.
func Markdown(src string) (HTML, error) {
	var b bytes.Buffer
	if err := markdown.Convert([]byte(src), &b); err != nil {
		return "", fmt.Errorf("render Markdown: %w", err)
	}
	return HTML(b.String()), nil // every piece of src is escaped by the renderer
}

// house brings a parsed text to the rules that Markdown names.
type house struct{}

// Transform implements parser.ASTTransformer.
func (house) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	source := reader.Source()
	var headings []*ast.Heading
	var images []*ast.Image
	var links []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function returns no error
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			headings = append(headings, n)
		case *ast.Image:
			images = append(images, n)
		case *ast.Link, *ast.AutoLink:
			links = append(links, n)
		}
		return ast.WalkContinue, nil
	})
	lower(headings)
	for _, image := range images {
		if link := linkTo(image); link != nil {
			links = append(links, link)
		}
	}
	for _, link := range links {
		guard(link, source)
	}
}

// lower moves all headings so that the highest is of the second level, whichever level
// the author began with.
func lower(headings []*ast.Heading) {
	highest := 6
	for _, heading := range headings {
		highest = min(highest, heading.Level)
	}
	for _, heading := range headings {
		heading.Level = min(heading.Level-highest+2, 6)
	}
}
