package views

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestMarkdown(t *testing.T) {
	const rel = ` rel="noopener noreferrer"`
	for _, test := range []struct{ name, src, want string }{
		{"paragraphs", "أ\n\nب", "<p>أ</p>\n<p>ب</p>"},
		{"headings begin at two", "# A\n\n## B\n\n###### C", "<h2>A</h2>\n<h3>B</h3>\n<h6>C</h6>"},
		{"headings that began at two", "## A\n\n### B", "<h2>A</h2>\n<h3>B</h3>"},
		{"headings that began deep", "##### A\n\n### B", "<h4>A</h4>\n<h2>B</h2>"},
		{"link", "[x](https://example.org/?a=1&b=2)", `<p><a href="https://example.org/?a=1&amp;b=2"` + rel + `>x</a></p>`},
		{"relative link", "[x](/articles/a)", `<p><a href="/articles/a"` + rel + `>x</a></p>`},
		{"mail", "<desk@example.org>", `<p><a href="mailto:desk@example.org"` + rel + `>desk@example.org</a></p>`},
		{"script", "[x](javascript:alert(1))", "<p>x</p>"},
		{"script by entity", "[x](javascript&colon;alert(1))", "<p>x</p>"},
		{"script by two entities", "[x](javascript&amp;colon;alert(1))", `<p><a href="javascript&amp;colon;alert(1)"` + rel + `>x</a></p>`},
		{"script in capitals", "<JaVaScRiPt:alert(1)>", "<p>JaVaScRiPt:alert(1)</p>"},
		{"data", "[x](data:text/html,y)", "<p>x</p>"},
		{"other scheme", "[x](ftp://example.org/)", "<p>x</p>"},
		{"image", "![alt](https://example.org/a.png)", `<p><a href="https://example.org/a.png"` + rel + `>alt</a></p>`},
		{"image without text", "![](/a.png)", `<p><a href="/a.png"` + rel + `>/a.png</a></p>`},
		{"image in a link", "[![alt](/a.png)](/b)", `<p><a href="/b"` + rel + `>alt</a></p>`},
		{"image in an image", "![a ![b](/b.png)](/a.png)", `<p><a href="/a.png"` + rel + `>a b</a></p>`},
		{"image as data", "![alt](data:image/png;base64,xx)", "<p>alt</p>"},
		{"markup is text", "a <b>c</b>\n\n<script>x</script>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n<p>&lt;script&gt;x&lt;/script&gt;</p>"},
		{"strike", "~~x~~", "<p><del>x</del></p>"},
	} {
		got, err := Markdown(test.src)
		if err != nil || strings.TrimSpace(string(got)) != test.want {
			t.Errorf("%s: %q, %v", test.name, got, err)
		}
	}
}

func TestMarkdownTableHasNoStyle(t *testing.T) {
	got, err := Markdown("| a | b |\n|:--|--:|\n| 1 | 2 |")
	if err != nil || !strings.Contains(string(got), "<td>1</td>") || strings.Contains(string(got), "style") {
		t.Errorf("%q, %v", got, err)
	}
}

// FuzzMarkdown: whatever is written, the page has no element or target of another kind.
func FuzzMarkdown(f *testing.F) {
	f.Add("[x](java\tscript:1) <a href=x> ![y](//z) `<` **b** # c")
	f.Add("<http://a/\"onclick=1> [l]: javascript:x\n\n[l]")
	f.Fuzz(func(t *testing.T, src string) {
		got, err := Markdown(src)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(strings.NewReader(string(got)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			switch n.Data {
			case "img", "script", "style", "iframe", "svg", "h1":
				if n.Type == html.ElementNode {
					t.Errorf("%q makes <%s>", src, n.Data)
				}
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "id" {
					t.Errorf("%q makes %s=%q", src, a.Key, a.Val)
				}
				if u, err := url.Parse(a.Val); a.Key == "href" && (err != nil || !allowed(u.String())) {
					t.Errorf("%q leads to %q", src, a.Val)
				}
			}
		}
	})
}
