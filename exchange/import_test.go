package exchange

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"radd/moderation"
)

func readSample(t testing.TB) string {
	t.Helper()
	file, err := os.ReadFile("testdata/wordpress.xml")
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

func TestImportWordPress(t *testing.T) {
	m := &memory{}
	opts := testImportOptions()
	opts.Zone = time.FixedZone("", 2*60*60)
	var read int64
	opts.Progress = func(n int64) { read = n }
	file := readSample(t)
	report := importFile(t, file, m, opts)
	if read != int64(len(file)) {
		t.Errorf("progress ended at %d of %d bytes", read, len(file))
	}
	want := Report{
		Articles: 3, NewArticles: 3, Comments: 7, NewComments: 4,
		Skipped: []Skip{
			{Reason: SkipPingback, Count: 1, Examples: []string{"#33 pingback"}},
			{Reason: SkipEmpty, Count: 1, Examples: []string{"#35"}},
			{Reason: SkipDuplicate, Count: 1, Examples: []string{"#32"}},
			{Reason: SkipPostType, Count: 1, Examples: []string{"attachment #8 picture.jpg"}},
			{Reason: SkipTrash, Count: 1, Examples: []string{"post #13 Deleted"}},
		},
		Notes: []Note{
			{NoteAddressDropped, 1},
			{NoteNameMissing, 1},
			{NoteParentMissing, 1},
			{NoteTypeKept, 1},
			{NoteProtected, 1},
			{NoteTitleMade, 1},
		},
	}
	if !reflect.DeepEqual(report, want) {
		t.Errorf("report %+v\nwant   %+v", report, want)
	}
	t.Run("articles", func(t *testing.T) { checkArticles(t, m.articles) })
	t.Run("comments", func(t *testing.T) { checkComments(t, m.comments) })
	again := importFile(t, file, m, opts)
	if again.NewArticles != 0 || again.NewComments != 0 || again.Comments != 7 {
		t.Errorf("again: %+v", again)
	}
}

func checkArticles(t *testing.T, got []moderation.Article) {
	t.Helper()
	at := time.Date(2026, 2, 10, 8, 0, 0, 0, time.UTC)
	source := "https://harbour.example/2026/02/%d8%a7%d9%84%d8%ac%d8%b3%d8%b1/"
	want := moderation.Article{
		ID: moderation.DerivedID(at, "wxr article "+source), Slug: "الجسر", Lang: "ar", Section: "المدينة & البحر",
		Title: "افتتاح الجسر & الطريق – صور", Summary: "خبر قصير", Byline: "منى حداد",
		Body:      "افتُتح **الجسر** صباح اليوم. [الخريطة](https://harbour.example/map)\n\n\\[gallery ids=\"1,2\"]",
		Published: true, Mode: moderation.ModeClosed, PublishedAt: at, CreatedAt: at, UpdatedAt: at, Version: 1, Source: source,
	}
	if got[0] != want {
		t.Errorf("got  %+v\nwant %+v", got[0], want)
	}
	if a := got[1]; a.Slug != "talk" || !a.Published || a.Section != "General" || a.Lang != "en" {
		t.Errorf("attachment %+v", a)
	}
	a := got[2]
	if a.Title != "First line second line New paragraph about the …" || a.Published || a.Source != "https://harbour.example/?p=12" {
		t.Errorf("article without a title %+v", a)
	}
	if want := "First line  \nsecond line\n\nNew paragraph about the old harbour and its long quay"; a.Body != want {
		t.Errorf("body %q", a.Body)
	}
}

func checkComments(t *testing.T, got []moderation.Comment) {
	t.Helper()
	byName := make(map[string]moderation.Comment)
	for _, c := range got {
		byName[c.Name] = c
	}
	tom, salma := byName["Tom & Mina"], byName["سلمى"]
	at := time.Date(2026, 2, 10, 9, 0, 0, 0, time.UTC) // 11:00 in the zone given
	source := "https://harbour.example/2026/02/%d8%a7%d9%84%d8%ac%d8%b3%d8%b1/#comment-32"
	want := moderation.Comment{
		ID: moderation.DerivedID(at, "wxr "+source), ArticleID: tom.ArticleID, RootID: tom.ID,
		Status: moderation.Pending, Arrival: moderation.Pending,
		Version: 1, Name: "Tom & Mina", Website: "https://tom.example/?a=1&b=2", Lang: "en", Dir: moderation.LTR,
		Body:      "Fine <b> work!\n\n> Opened today\n\nSee the map (https://map.example/x) and https://b.example & more",
		CreatedAt: at, UpdatedAt: at, Source: source,
	}
	if !reflect.DeepEqual(tom, want) {
		t.Errorf("got  %+v\nwant %+v", tom, want)
	}
	if salma.ParentID != tom.ID || salma.RootID != tom.ID || salma.ID <= tom.ID || salma.Email != "salma@example.com" ||
		salma.Address != "192.0.2.7" || salma.Website != "" || salma.Status != moderation.Approved || salma.Dir != moderation.RTL {
		t.Errorf("answer %+v", salma)
	}
	if lost := byName["Anonymous"]; lost.ParentID != 0 || lost.RootID != lost.ID || lost.Status != moderation.Rejected {
		t.Errorf("comment without its parent %+v", lost)
	}
	if c := byName["Lina"]; c.Body != "Who took it? R&D" {
		t.Errorf("comment on the attachment %+v", c)
	}
	if !slices.ContainsFunc(got, func(c moderation.Comment) bool { return c.ID == tom.ID }) || len(got) != 4 {
		t.Errorf("%d comments", len(got))
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	m := &memory{}
	opts := testImportOptions()
	opts.DryRun = true
	dry := importFile(t, readSample(t), m, opts)
	if len(m.articles)+len(m.comments) > 0 {
		t.Error("something was written")
	}
	opts.DryRun = false
	if wet := importFile(t, readSample(t), m, opts); !reflect.DeepEqual(dry, wet) {
		t.Errorf("dry %+v\nwet %+v", dry, wet)
	}
}

// TestTruncatedAnywhere breaks the file off at many places: what was taken is
// right, and the whole file adds the rest.
func TestTruncatedAnywhere(t *testing.T) {
	file := readSample(t)
	whole := &memory{}
	want := importFile(t, file, whole, testImportOptions())
	for cut := strings.Index(file, "<rss"); cut < strings.Index(file, "</rss"); cut += 37 {
		m := &memory{}
		opts := testImportOptions()
		opts.Format = WXR
		first, err := Import(t.Context(), strings.NewReader(file[:cut]), m, opts)
		var broken *BrokenError
		if !asBroken(err, &broken) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if line := strings.Count(file[:cut], "\n") + 1; broken.Line != line {
			t.Errorf("cut at %d: line %d, want %d", cut, broken.Line, line)
		}
		if first.NewComments != len(m.comments) || first.NewArticles != len(m.articles) {
			t.Errorf("cut at %d: report %+v", cut, first)
		}
		second := importFile(t, file, m, opts)
		if second.NewComments != want.NewComments-first.NewComments || second.NewArticles != want.Articles-first.NewArticles {
			t.Errorf("cut at %d: then %+v", cut, second)
		}
		if !sameComments(m, whole) {
			t.Errorf("cut at %d: other comments", cut)
		}
	}
}

func sameComments(a, b *memory) bool {
	x, _ := a.SelectComments(nil, moderation.Selection{}, 0, 1000) //nolint:staticcheck // the memory needs no context
	y, _ := b.SelectComments(nil, moderation.Selection{}, 0, 1000) //nolint:staticcheck // the memory needs no context
	return reflect.DeepEqual(x, y)
}
