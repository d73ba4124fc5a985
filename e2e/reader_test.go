package e2e

import (
	"testing"
	"time"
)

// settings are how the stories are played: every language on every device, with and
// without scripts.
var settings = []setting{
	{"ar", phone, true}, {"ar", phone, false}, {"en", laptop, true}, {"en", laptop, false}, {"ar", laptop, true}, {"en", phone, false},
}

// words are what the reader writes.
var words = map[string]struct{ name, text, corrected string }{
	"ar": {
		name: "هند العلي",
		text: "مررتُ بالسوق أمس، فوجدتُ النحّاسين قد سبقوا الجميع.", corrected: "مررتُ بالسوق صباح أمس، فوجدتُ النحّاسين قد سبقوا الجميع.",
	},
	"en": {
		name: "Hind Ali",
		text: "I rode the last tram yesterday. It was cheerful.", corrected: "I rode the last tram on Friday. It was cheerful.",
	},
}

// TestReader plays the reader's story: mistakes, a reply that waits, a correction,
// and the way back to it.
func TestReader(t *testing.T) {
	for _, set := range settings {
		t.Run(set.String(), func(t *testing.T) {
			t.Parallel()
			n := newNewspaper(t)
			v, write := n.visit(t, set), words[set.lang]
			article := n.articles[set.lang]

			want(v, "the front page", v.open("/"), 200)
			want(v, "its language", v.property("html", "lang"), set.lang)
			link := `h2 a[href="` + n.articlePath(set.lang) + `" i]`
			want(v, "the article", v.follow("choosing the article", func() { v.press(link) }), 200)
			want(v, "the headline", v.text("h1"), article.Title)

			// Nothing is required by the browser alone: the page itself says what is missing.
			want(v, "an empty form", v.send(), 422)
			want(v, "messages at its fields", v.count("#reply .field-error"), 3)
			v.fill("#reply-name", write.name)
			v.fill("#reply-email", "hind@")
			want(v, "an incomplete form", v.send(), 422)
			want(v, "the name she typed", v.property("#reply-name", "value"), write.name)
			want(v, "the e-mail she typed", v.property("#reply-email", "value"), "hind@")
			for _, field := range []string{"body", "email"} {
				v.mustHave("#reply-" + field + "[aria-invalid=true][aria-describedby~=reply-" + field + "-error]")
				v.mustHave("#reply-" + field + "-error span:not(:empty)")
			}
			v.mustNotHave("#reply-name[aria-invalid]")
			v.mustHave("#reply [role=alert]")

			v.fill("#reply-email", "hind@example.org")
			v.fill("#reply-body", write.text)
			n.pass(10 * time.Second) // as long as a person takes
			want(v, "the reply", v.send(), 200)
			waiting := ".mine[data-status=pending]"
			want(v, "her reply", v.text(waiting+" .comment-body"), write.text)
			v.mustHave(waiting + " .notice-title")
			want(v, "the private page", v.follow("opening the private page", func() { v.press(waiting + " a[href^='/replies/']") }), 200)
			private := v.where()
			v.fill("#revise-body", write.corrected)
			want(v, "the correction", v.follow("correcting", func() { v.press("#revise button") }), 200)
			want(v, "the corrected text", v.text("article .comment-body"), write.corrected)

			n.othersSeeNothing(t, set, write.corrected)

			// She closes the window and comes back to the plain article, then by the link.
			want(v, "the article", v.open(n.articlePath(set.lang)), 200)
			want(v, "her reply", v.text(waiting+" .comment-body"), write.corrected)
			want(v, "the private page", v.open(private[len(n.url):]), 200)
			want(v, "the withdrawal", v.follow("withdrawing", func() { v.press("#withdraw button") }), 200)
			v.mustNotHave("#revise")
			v.open(n.articlePath(set.lang))
			v.mustNotHave(waiting)
		})
	}
}

// send presses the button of the reply form.
func (v *visitor) send() int64 {
	v.t.Helper()
	return v.follow("sending the reply", func() { v.press("#reply button[type=submit]") })
}

// othersSeeNothing opens the article in a browser that never was here before.
func (n *newspaper) othersSeeNothing(t *testing.T, set setting, text string) {
	t.Helper()
	other := n.visit(t, set)
	other.open(n.articlePath(set.lang))
	other.mustNotHave(".mine")
	if eval[bool](other, call("text => document.documentElement.outerHTML.includes(text)", text)) {
		other.fail("another reader sees a reply that waits")
	}
	if eval[bool](other, `document.documentElement.outerHTML.includes('hind@example.org')`) {
		other.fail("another reader sees an e-mail address")
	}
}
