package exchange

import "testing"

func TestHTMLText(t *testing.T) {
	for in, want := range map[string]string{
		"plain\n\ntext":                                "plain\n\ntext",
		"a &amp; b &lt;i&gt; &eacute;&#8230;":          "a & b <i> é…",
		"<p>one</p>\n<p>two</p>":                       "one\n\ntwo",
		"one<br />\ntwo<br>three":                      "one\ntwo\nthree",
		"one<br />\n\nthree":                           "one\n\nthree",
		"a <b>bold</b> word":                           "a bold word",
		`<a href="https://x.example/">here</a>`:        "here (https://x.example/)",
		`<a href="https://x.example/">x.example</a> y`: "x.example y",
		`<a href="javascript:x()">here</a>`:            "here",
		`<a href="https://x.example/"></a>`:            "https://x.example/",
		`a<a href="https://x.example/"><img alt="" src="https://x.example/p.png"></a>`: "ahttps://x.example/p.png (https://x.example/)",
		`<img src="https://x.example/p.png" alt="A  boat">`:                            "A boat",
		`<img src="data:image/png;base64,AA">x`:                                        "x",
		"<ul><li>one</li><li>two</li></ul>after":                                       "- one\n- two\nafter",
		"<ol>\n<li>one</li>\n<li>two<ul><li>in</li></ul></li></ol>":                    "1. one\n2. two\n- in",
		"<blockquote><p>a</p><p>b</p></blockquote>c":                                   "> a\n\n> b\n\nc",
		"x<blockquote>a<blockquote>b\nc</blockquote></blockquote>":                     "x\n\n> a\n\n> > b\n> > c",
		"a<script>let b = '<p>'</script>c<style>p{}</style>d":                          "acd",
		"<div>a</div><div>b</div>":                                                     "a\nb",
		"I <3 you, 1 < 2":                                                              "I <3 you, 1 < 2",
		"a <unfinished":                                                                "a <unfinished",
		"<p>سلام <em>عليكم</em></p>":                                                   "سلام عليكم",
		"</p></blockquote></ul></a>x":                                                  "x",
		"a<!-- c -->b":                                                                 "ab",
	} {
		if got := clean(htmlText(in)); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestHTMLMarkdown(t *testing.T) {
	for in, want := range map[string]string{
		"one\ntwo\n\nthree":        "one  \ntwo\n\nthree",
		"<p>one</p>\n\n<p>two</p>": "one\n\ntwo",
		"<!-- wp:heading {\"level\":3} -->\n<h3>H</h3>\n<!-- /wp:heading -->\n\ntext": "### H\n\ntext",
		"<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>":                                       "- a\n- b",
		"a\n\n<pre>x\n\n  y</pre>\n\nb":                                               "a\n\n```\nx\n\n  y\n```\n\nb",
		"<table><tr><th>a</th></tr><tr><td>b</td></tr></table>":                       "| a |\n|---|\n| b |",
		`<a href="/p">x</a> <del>y</del>`:                                             "[x](https://site.example/p) ~~y~~",
		"<script>x</script>1 * 2 <b>c</b><!--more-->":                                 "1 * 2 **c**",
		"": "",
	} {
		if got := htmlMarkdown(in, "https://site.example/a/"); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
