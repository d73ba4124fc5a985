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

	"radd/markdown"
)

// HTML is markup that Markdown made. Nothing else may make one: a template shows it
// as it is.
type HTML = template.HTML //nolint:forbidigo // the one place where markup is trusted; see Markdown

// article renders what articles are written in, with tables and strikethrough, by
// the rules of the house.
var article = goldmark.New(
	goldmark.WithParser(markdown.Parser(util.Prioritized(house{}, 900))),
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
	if err := article.Convert([]byte(src), &b); err != nil {
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
