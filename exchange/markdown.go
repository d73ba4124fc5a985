package exchange

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"radd/markdown"
)

// articleHTML renders bodies for other programs, which have no policy against the
// attributes of a table as the site's own pages have.
var articleHTML = goldmark.New(
	goldmark.WithParser(markdown.Parser()),
	goldmark.WithExtensions(extension.Strikethrough, extension.Table),
)
