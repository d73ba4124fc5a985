package moderation

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestScreen(t *testing.T) {
	onTime := Signals{Stamped: true, Age: MinFormAge}
	threeLinks := "http://a.com و http://b.com و http://c.com"
	tests := []struct {
		name    string
		body    string
		sig     Signals
		mode    Mode
		want    Status
		reasons []string
	}{
		{"before publication", "مرحبا", onTime, ModeBefore, Pending, nil},
		{"after publication", "مرحبا", onTime, ModeAfter, Approved, nil},
		{"a mode that should not come", "مرحبا", onTime, ModeClosed, Pending, nil},
		{"no stamp", "مرحبا", Signals{}, ModeAfter, Approved, nil},
		{
			"hidden characters decide nothing", "مرحبا",
			Signals{Hidden: []string{"name", "body"}},
			ModeAfter,
			Approved,
			[]string{"hidden name", "hidden body"},
		},
		{"trap", "مرحبا", Signals{Trap: true}, ModeAfter, Spam, []string{"trap "}},
		{"trap before publication", "مرحبا", Signals{Trap: true}, ModeBefore, Spam, []string{"trap "}},
		{"forged", "مرحبا", Signals{Forged: true}, ModeAfter, Pending, []string{"forged "}},
		{"too fast", "مرحبا", Signals{Stamped: true, Age: MinFormAge - time.Millisecond}, ModeAfter, Pending, []string{"fast "}},
		{"trap and too fast", "مرحبا", Signals{Trap: true, Stamped: true}, ModeAfter, Spam, []string{"trap ", "fast "}},
		{"links within the limit", "http://a.com و http://b.com", onTime, ModeAfter, Approved, nil},
		{"links over the limit", threeLinks, onTime, ModeAfter, Pending, []string{"links body"}},
		{"links of a trapped one", threeLinks, Signals{Trap: true}, ModeAfter, Spam, []string{"trap ", "links body"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Screen(Comment{Body: tt.body}, tt.sig, tt.mode, DefaultSettings())
			var reasons []string
			for _, reason := range got.Reasons {
				reasons = append(reasons, reason.Code+" "+reason.Field)
				if reason.Weight <= 0 || reason.Weight > 1 {
					t.Errorf("weight of %+v", reason)
				}
			}
			if got.Status != tt.want || !reflect.DeepEqual(reasons, tt.reasons) {
				t.Errorf("%s %q, want %s %q", got.Status, reasons, tt.want, tt.reasons)
			}
		})
	}
}

func TestScreenPointsAtLinks(t *testing.T) {
	c := Comment{Body: "انظر http://a.com ثم https://b.com/x، و http://c.com."}
	set := DefaultSettings()
	set.MaxLinks = 1
	verdict := Screen(c, Signals{}, ModeAfter, set)
	var found []string
	for _, reason := range verdict.Reasons {
		found = append(found, c.Body[reason.Start:reason.End])
		if reason.Count != 3 {
			t.Errorf("count %d", reason.Count)
		}
	}
	if want := []string{"https://b.com/x", "http://c.com"}; !reflect.DeepEqual(found, want) {
		t.Errorf("evidence %q, want %q", found, want)
	}
	set.MaxLinks = 0
	c.Body = strings.Repeat("http://a.com ", 300)
	verdict = Screen(c, Signals{}, ModeBefore, set)
	if len(verdict.Reasons) != 20 || verdict.Reasons[0].Count != 300 {
		t.Errorf("%d reasons, the first %+v", len(verdict.Reasons), verdict.Reasons[0])
	}
}
