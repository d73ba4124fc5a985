package views

import (
	"reflect"
	"strings"
	"testing"

	"radd/moderation"
)

func TestParts(t *testing.T) {
	const link = "https://example.org/a"
	for _, test := range []struct {
		name, body string
		marks      []moderation.Span
		want       []Part
	}{
		{"plain", "نص", nil, []Part{{Text: "نص"}}},
		{"nothing", "", nil, []Part{}},
		{"link", "x " + link + "!", nil, []Part{{Text: "x "}, {Text: link, Href: link}, {Text: "!"}}},
		{"mark", "abcd", []moderation.Span{{Start: 1, End: 3}}, []Part{{Text: "a"}, {Text: "bc", Mark: true}, {Text: "d"}}},
		{
			"mark inside a link", link,
			[]moderation.Span{{Start: 8, End: 15}},
			[]Part{{Text: "https://", Href: link}, {Text: "example", Href: link, Mark: true}, {Text: ".org/a", Href: link}},
		},
		{
			"overlapping marks", "abcdef",
			[]moderation.Span{{Start: 0, End: 3}, {Start: 2, End: 5}},
			[]Part{{Text: "ab", Mark: true}, {Text: "c", Mark: true}, {Text: "de", Mark: true}, {Text: "f"}},
		},
		{"marks outside", "ab", []moderation.Span{{Start: -1, End: 1}, {Start: 1, End: 3}}, []Part{{Text: "ab"}}},
		{"marks of nothing", "ab", []moderation.Span{{Start: 1, End: 1}, {Start: 2, End: 1}}, []Part{{Text: "ab"}}},
		{"mark that cuts a letter", "نص", []moderation.Span{{Start: 1, End: 4}}, []Part{{Text: "نص"}}},
	} {
		if got := Parts(test.body, test.marks); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
}

func FuzzParts(f *testing.F) {
	f.Add("x https://example.org/ء?q=1 ء", 2, 9)
	f.Fuzz(func(t *testing.T, body string, start, end int) {
		var b strings.Builder
		for _, part := range Parts(body, []moderation.Span{{Start: start, End: end}, {Start: end, End: start + 5}}) {
			b.WriteString(part.Text)
		}
		if b.String() != body {
			t.Errorf("%q became %q", body, b.String())
		}
	})
}

func TestInitial(t *testing.T) {
	for name, want := range map[string]string{"سعاد": "س", "dana": "D", "«ليلى»": "ل", "7up": "7", "": "?", "!!": "?", "ß": "ß"} {
		if got := initial(name); got != want && got != strings.ToUpper(want) {
			t.Errorf("%q: %q", name, got)
		}
	}
}

func TestNameplate(t *testing.T) {
	for site, want := range map[string]name{
		"رَدّ": {"رَدّ", ""}, "صحيفة المرفأ": {"صحيفة", "المرفأ"}, "The Harbour Gazette ": {"The Harbour", "Gazette"}, "": {},
	} {
		if got := nameplate(site); got != want {
			t.Errorf("%q: %+v", site, got)
		}
	}
}
