package views

import (
	"net/url"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// linkTo puts a link with the alternative text in the place of an image, and returns
// it. Inside another link only the text stays, and the answer is nil.
func linkTo(image *ast.Image) ast.Node {
	for above := image.Parent(); above != nil; above = above.Parent() {
		if above.Kind() == ast.KindLink {
			unwrap(image)
			return nil
		}
	}
	if image.ChildCount() == 0 {
		image.AppendChild(image, ast.NewString(image.Destination))
	}
	link := ast.NewLink()
	link.Destination, link.Title = image.Destination, image.Title
	for child := image.FirstChild(); child != nil; child = image.FirstChild() {
		link.AppendChild(link, child)
	}
	image.Parent().ReplaceChild(image.Parent(), image, link)
	return link
}

// guard marks a link as one that leads away, or leaves only its text where the target
// is not one that articles may have.
func guard(n ast.Node, source []byte) {
	switch link := n.(type) {
	case *ast.Link:
		// The same reading of the destination as the renderer's.
		if !allowed(string(util.URLEscape(link.Destination, true))) {
			unwrap(link)
			return
		}
	case *ast.AutoLink:
		if link.AutoLinkType == ast.AutoLinkURL && !allowed(string(util.URLEscape(link.URL(source), false))) {
			link.Parent().ReplaceChild(link.Parent(), link, ast.NewString(link.Label(source)))
			return
		}
	}
	n.SetAttributeString("rel", "noopener noreferrer")
}

// allowed reports whether the target is a web page, a mail address, or relative.
func allowed(target string) bool {
	u, err := url.Parse(target)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "", "http", "https", "mailto":
		return true
	}
	return false
}

// unwrap puts the children of n in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for child := n.FirstChild(); child != nil; child = n.FirstChild() {
		parent.InsertBefore(parent, n, child)
	}
	parent.RemoveChild(parent, n)
}
