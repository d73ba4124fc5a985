package exchange_test

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"radd/db"
	"radd/db/dbtest"
	"radd/exchange"
	"radd/moderation"
)

func write(t *testing.T, s *db.Store, format exchange.Format, personal bool) string {
	t.Helper()
	var out strings.Builder
	opts := exchange.ExportOptions{
		Format: format, Personal: personal, BaseURL: "https://radd.example", SiteName: "Radd", Lang: "ar",
		Now: dbtest.Start, Generator: "1.0",
	}
	if _, err := exchange.Export(t.Context(), &out, s, opts); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func read(t *testing.T, s *db.Store, file string) exchange.Report {
	t.Helper()
	opts := exchange.ImportOptions{Now: dbtest.Start, Lang: "ar", SectionDefault: "General", Anonymous: "Anonymous"}
	report, err := exchange.Import(t.Context(), strings.NewReader(file), s, opts)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// TestRoundTrip moves a store by a WXR file into an empty one: articles and
// comments, those of another system's file and those written here, are the same.
func TestRoundTrip(t *testing.T) {
	sample, err := os.ReadFile("testdata/wordpress.xml")
	if err != nil {
		t.Fatal(err)
	}
	for name, personal := range map[string]bool{"with personal fields": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			old, fresh := dbtest.New(t), dbtest.New(t)
			read(t, old, string(sample))
			writeHere(t, old)
			file := write(t, old, exchange.WXR, personal)
			first := read(t, fresh, file)
			want := exchange.Report{Articles: 4, NewArticles: 4, Comments: 7, NewComments: 7}
			if !reflect.DeepEqual(first, want) {
				t.Errorf("first import: %+v", first)
			}
			if again := read(t, fresh, file); again.NewComments+again.NewArticles != 0 || again.Comments != 7 {
				t.Errorf("second import: %+v", again)
			}
			if a, b := write(t, old, exchange.JSONL, personal), write(t, fresh, exchange.JSONL, personal); a != b {
				t.Errorf("comments before:\n%s\nafter:\n%s", a, b)
			}
			if back := write(t, fresh, exchange.WXR, personal); back != file {
				t.Errorf("articles before:\n%s\nafter:\n%s", file, back)
			}
			report, err := fresh.Check(t.Context())
			if err != nil || len(report.Faults) > 0 {
				t.Errorf("check: %+v %v", report, err)
			}
		})
	}
}

// writeHere stores an article and comments that no import made, with all that WXR
// has no field for.
func writeHere(t *testing.T, s *db.Store) {
	t.Helper()
	a := dbtest.Article(t, s, func(a *moderation.Article) {
		a.Title, a.Body, a.Mode = "A <b> & ]]> title", "# Head\n\n*text* &amp; <i>x</i> ]]>", moderation.ModeAfter
		a.UpdatedAt = a.CreatedAt.Add(1234 * time.Millisecond)
	})
	root := dbtest.Comment(t, s, a, dbtest.Status(moderation.Approved), func(c *moderation.Comment) {
		c.Arrival = moderation.Approved
		c.Body = "=1 &lt;b&gt; ]]> <p>\n\nسطر ثانٍ"
		c.Reasons = []moderation.Reason{{Code: moderation.ReasonHidden, Field: "body", Start: 1, End: 2, Weight: 0.5}}
	})
	dbtest.Comment(t, s, a, dbtest.Under(root), dbtest.Status(moderation.Spam), func(c *moderation.Comment) {
		c.Arrival, c.Website = moderation.Spam, "https://w.example/?a=1&b=2"
		c.UpdatedAt = c.CreatedAt.Add(5 * time.Second)
	})
	decided := dbtest.Comment(t, s, a) // its journal stays, what it says of the comment moves
	desk := dbtest.Member(t, s, "Salma", moderation.Moderator)
	dbtest.Decide(t, s, dbtest.Decide(t, s, decided, moderation.Approve, desk), moderation.Reject, desk)
}
