package moderation

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var (
	noon      = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	moderator = Member{ID: 7, Name: "ليلى", Role: Moderator}
)

func waiting(status Status) Comment {
	return Comment{
		ID: 100, ArticleID: 1, Status: status, Arrival: Pending, Version: 4, Name: "قارئ",
		Body: "النص الأول", Lang: "ar", Dir: RTL, CreatedAt: noon.Add(-time.Hour), UpdatedAt: noon.Add(-time.Hour),
	}
}

// The whole state machine: what each action makes of a comment in each status.
func TestStateMachine(t *testing.T) {
	const refused = Status("")
	table := map[Action]map[Status]Status{
		Approve:  {Pending: Approved, Approved: Approved, Rejected: Approved, Spam: Approved},
		Reject:   {Pending: Rejected, Approved: Rejected, Rejected: Rejected, Spam: Rejected},
		MarkSpam: {Pending: Spam, Approved: Spam, Rejected: Spam, Spam: Spam},
		Hold:     {Pending: Pending, Approved: Pending, Rejected: Pending, Spam: Pending},
		UndoIt:   {Pending: Spam, Approved: Spam, Rejected: Spam, Spam: Spam}, // the entry undone came from spam
		Withdraw: {Pending: Rejected, Approved: Rejected, Rejected: refused, Spam: Rejected},
		Revise:   {Pending: Approved, Approved: refused, Rejected: refused, Spam: Spam}, // judged as approved
	}
	for action, row := range table {
		for _, from := range Statuses() {
			want, listed := row[from]
			if !listed {
				t.Fatalf("no row for %s of %s", action, from)
			}
			c := waiting(from)
			next, entry, err := take(c, action)
			if want == refused {
				if !errors.Is(err, ErrForbidden) || !reflect.DeepEqual(next, c) || entry != (Decision{}) {
					t.Errorf("%s of %s: %v, comment %+v, entry %+v", action, from, err, next, entry)
				}
				continue
			}
			if err != nil || next.Status != want {
				t.Errorf("%s of %s: %s, %v; want %s", action, from, next.Status, err, want)
				continue
			}
			checkEntry(t, c, next, entry, action)
		}
	}
}

// take does the action as the one who may, on the current version.
func take(c Comment, action Action) (Comment, Decision, error) {
	act := Act{ID: 900, By: moderator, Note: "ملاحظة", At: noon}
	author := Act{ID: 900, Note: "ملاحظة", At: noon}
	switch action {
	case UndoIt:
		return Undo(c, Decision{ID: 800, CommentID: c.ID, Action: Approve, From: Spam, To: c.Status, Version: c.Version}, act)
	case Withdraw:
		return TakeBack(c, author)
	case Revise:
		return ReviseText(c, "النص الثاني", Verdict{Status: Approved}, c.Version, author)
	default:
		return Decide(c, action, c.Version, act)
	}
}

func checkEntry(t *testing.T, before, after Comment, entry Decision, action Action) {
	t.Helper()
	want := Decision{
		ID: 900, CommentID: before.ID, BatchID: 900, Action: action, From: before.Status, To: after.Status,
		Version: before.Version + 1, Note: "ملاحظة", At: noon,
	}
	switch action {
	case UndoIt:
		want.Undoes = 800
		want.MemberID, want.Member = moderator.ID, moderator.Name
	case Revise:
		want.Previous = before.Body
	case Withdraw:
	default:
		want.MemberID, want.Member = moderator.ID, moderator.Name
	}
	if entry != want {
		t.Errorf("%s of %s: entry\n%+v, want\n%+v", action, before.Status, entry, want)
	}
	if after.Version != entry.Version || !after.UpdatedAt.Equal(noon) {
		t.Errorf("%s of %s: version %d at %v", action, before.Status, after.Version, after.UpdatedAt)
	}
	after.Status, after.Version, after.UpdatedAt = before.Status, before.Version, before.UpdatedAt
	if action == Revise {
		after.Body, after.Reasons = before.Body, before.Reasons
	}
	if !reflect.DeepEqual(after, before) {
		t.Errorf("%s of %s changed more than it may:\n%+v\n%+v", action, before.Status, after, before)
	}
}

func TestDecideRefuses(t *testing.T) {
	c := waiting(Pending)
	for name, by := range map[string]Member{
		"author":   {},
		"disabled": {ID: 7, Role: Admin, Disabled: true},
		"no role":  {ID: 7, Role: "guest"},
	} {
		act := Act{ID: 900, By: by, At: noon}
		if _, _, err := Decide(c, Approve, c.Version, act); !errors.Is(err, ErrForbidden) {
			t.Errorf("%s may decide: %v", name, err)
		}
		if _, _, err := Undo(c, Decision{CommentID: c.ID, Action: Approve, Version: c.Version}, act); !errors.Is(err, ErrForbidden) {
			t.Errorf("%s may undo: %v", name, err)
		}
	}
	for _, action := range []Action{UndoIt, Withdraw, Revise, "", "delete"} {
		if _, _, err := Decide(c, action, c.Version, Act{ID: 900, By: moderator}); !errors.Is(err, ErrForbidden) {
			t.Errorf("Decide takes %q: %v", action, err)
		}
	}
}

func TestConflict(t *testing.T) {
	c := waiting(Pending)
	for _, seen := range []int64{0, c.Version - 1, c.Version + 1} {
		_, _, decide := Decide(c, Approve, seen, Act{By: moderator})
		_, _, undo := Undo(c, Decision{CommentID: c.ID, Action: Approve, Version: seen}, Act{By: moderator})
		_, _, revise := ReviseText(c, "x", Verdict{Status: Pending}, seen, Act{})
		for name, err := range map[string]error{"Decide": decide, "Undo": undo, "ReviseText": revise} {
			var conflict *ConflictError
			if !errors.As(err, &conflict) || conflict.Current.Version != c.Version || conflict.Current.Status != Pending {
				t.Errorf("%s of version %d: %v", name, seen, err)
			}
		}
	}
}

func TestUndoLeavesTheAuthorsActsAlone(t *testing.T) {
	c := waiting(Rejected)
	for _, action := range []Action{Withdraw, Revise} {
		d := Decision{ID: 1, CommentID: c.ID, Action: action, From: Pending, To: Rejected, Version: c.Version}
		if _, _, err := Undo(c, d, Act{By: moderator}); !errors.Is(err, ErrForbidden) {
			t.Errorf("undo of %s: %v", action, err)
		}
	}
	foreign := Decision{ID: 1, CommentID: c.ID + 1, Action: Reject, From: Pending, Version: c.Version}
	if _, _, err := Undo(c, foreign, Act{By: moderator}); !errors.Is(err, ErrForbidden) {
		t.Errorf("undo of another comment's entry: %v", err)
	}
}

func TestOnlyTheAuthorRevisesAndWithdraws(t *testing.T) {
	c := waiting(Pending)
	if _, _, err := ReviseText(c, "x", Verdict{Status: Pending}, c.Version, Act{By: moderator}); !errors.Is(err, ErrForbidden) {
		t.Errorf("a moderator revises: %v", err)
	}
	if _, _, err := TakeBack(c, Act{By: moderator}); !errors.Is(err, ErrForbidden) {
		t.Errorf("a moderator withdraws: %v", err)
	}
}

func TestReviseText(t *testing.T) {
	c := waiting(Pending)
	reasons := []Reason{{Code: ReasonLinks, Field: "body"}}
	next, entry, err := ReviseText(c, "An English text", Verdict{Status: Pending, Reasons: reasons}, c.Version, Act{ID: 5, At: noon})
	if err != nil {
		t.Fatal(err)
	}
	if next.Body != "An English text" || next.Lang != "en" || next.Dir != LTR || !reflect.DeepEqual(next.Reasons, reasons) {
		t.Errorf("revised: %+v", next)
	}
	if entry.Previous != "النص الأول" || entry.MemberID != 0 || entry.Member != "" {
		t.Errorf("entry: %+v", entry)
	}
}

func TestUndoOfAnUndo(t *testing.T) {
	c := waiting(Pending)
	approved, first, _ := Decide(c, Approve, c.Version, Act{ID: 1, By: moderator, At: noon})
	back, second, err := Undo(approved, first, Act{ID: 2, By: moderator, At: noon})
	if err != nil || back.Status != Pending || second.Undoes != first.ID {
		t.Fatalf("undo: %+v, %v", back, err)
	}
	if _, _, err := Undo(back, first, Act{ID: 3, By: moderator}); err == nil {
		t.Error("the same entry was undone twice")
	}
	again, third, err := Undo(back, second, Act{ID: 3, By: moderator, At: noon})
	if err != nil || again.Status != Approved || third.Undoes != second.ID {
		t.Errorf("undo of the undo: %+v, %v", again, err)
	}
}

func TestBatch(t *testing.T) {
	c := waiting(Pending)
	_, entry, err := Decide(c, Approve, c.Version, Act{ID: 900, BatchID: 42, By: moderator})
	if err != nil || entry.ID != 900 || entry.BatchID != 42 {
		t.Errorf("entry of a batch: %+v, %v", entry, err)
	}
}

// Whatever happens to a comment, the journal replayed gives its status, each entry
// starts where the one before ended, and every change counts one version.
func TestReplayGivesTheState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		arrival := rapid.SampledFrom(Statuses()).Draw(t, "arrival")
		c := Comment{ID: 1, Status: arrival, Arrival: arrival, Version: 1, Body: "a"}
		var journal []Decision
		for i := range rapid.IntRange(0, 40).Draw(t, "steps") {
			seen := c.Version - rapid.SampledFrom([]int64{0, 0, 0, 1}).Draw(t, "stale")
			act := Act{ID: ID(i + 10), At: noon.Add(time.Duration(i) * time.Second)}
			next, entry, err := randomStep(t, c, journal, seen, act)
			if err != nil {
				if next.Status != c.Status || next.Version != c.Version {
					t.Fatalf("a refused action changed the comment: %+v", next)
				}
				continue
			}
			if entry.From != c.Status || entry.To != next.Status || next.Version != c.Version+1 {
				t.Fatalf("entry %+v between %+v and %+v", entry, c, next)
			}
			c, journal = next, append(journal, entry)
		}
		if got := Replay(arrival, journal); got != c.Status {
			t.Fatalf("replayed %s, is %s", got, c.Status)
		}
		if c.Version != int64(len(journal))+1 {
			t.Fatalf("version %d after %d entries", c.Version, len(journal))
		}
	})
}

func randomStep(t *rapid.T, c Comment, journal []Decision, seen int64, act Act) (Comment, Decision, error) {
	action := rapid.SampledFrom([]Action{Approve, Reject, MarkSpam, Hold, UndoIt, Withdraw, Revise}).Draw(t, "action")
	switch action {
	case Withdraw:
		return TakeBack(c, act)
	case Revise:
		return ReviseText(c, "b", Verdict{Status: rapid.SampledFrom([]Status{Pending, Approved}).Draw(t, "verdict")}, seen, act)
	case UndoIt:
		act.By = moderator
		if len(journal) == 0 {
			return c, Decision{}, ErrNotFound
		}
		return Undo(c, rapid.SampledFrom(journal).Draw(t, "entry"), act)
	default:
		act.By = moderator
		return Decide(c, action, seen, act)
	}
}

func TestReplayOfNothing(t *testing.T) {
	if got := Replay(Spam, nil); got != Spam {
		t.Errorf("got %s", got)
	}
}
