package moderation

import (
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseID(t *testing.T) {
	for in, want := range map[string]ID{
		"1": 1, "9223372036854775807": 9223372036854775807,
		"": 0, "0": 0, "-1": 0, "+1": 0, "01": 0, " 1": 0, "1 ": 0, "1.0": 0, "x": 0, "١": 0, "9223372036854775808": 0,
	} {
		if got, ok := ParseID(in); got != want || ok != (want != 0) {
			t.Errorf("ParseID(%q) = %d, %v", in, got, ok)
		}
	}
}

func TestIDsSortByTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := time.UnixMilli(rapid.Int64Range(1, 1<<42-2).Draw(t, "a"))
		b := time.UnixMilli(rapid.Int64Range(1, 1<<42-2).Draw(t, "b"))
		var first, second IDs
		x, y := first.New(a), second.New(b)
		if !x.Time().Equal(a) || x < FirstID(a) || FirstID(a.Add(time.Millisecond)) <= x {
			t.Fatalf("%d is not of %v", x, a)
		}
		if a.Before(b) && x >= y {
			t.Fatalf("%d of %v, %d of %v", x, a, y, b)
		}
		if parsed, ok := ParseID(x.String()); !ok || parsed != x {
			t.Fatalf("%d read as %d", x, parsed)
		}
	})
}

func TestIDsAreUniqueAndIncrease(t *testing.T) {
	var source IDs
	made := make([][]ID, 8)
	var wait sync.WaitGroup
	for i := range made {
		wait.Go(func() {
			for n := range 1000 {
				made[i] = append(made[i], source.New(noon.Add(-time.Duration(n)*time.Second))) // the clock steps back
			}
		})
	}
	wait.Wait()
	for _, list := range made {
		if !slices.IsSorted(list) {
			t.Error("ids of one caller do not increase")
		}
	}
	all := slices.Sorted(slices.Values(slices.Concat(made...)))
	if len(slices.Compact(all)) != 8000 {
		t.Error("an id was given twice")
	}
}

func TestDerivedID(t *testing.T) {
	first, second := DerivedID(noon, "a"), DerivedID(noon, "a")
	if first != second || first == DerivedID(noon, "b") {
		t.Error("the key does not make the id")
	}
	if got := DerivedID(noon, "a").Time(); got.Truncate(time.Second) != noon {
		t.Errorf("another second: %v", got)
	}
	exact := noon.Add(7 * time.Millisecond)
	if got := DerivedID(exact, "a").Time(); !got.Equal(exact) {
		t.Errorf("another millisecond: %v", got)
	}
	for _, at := range []time.Time{{}, time.Unix(-5, 0), time.UnixMilli(1 << 42), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if id := DerivedID(at, "a"); id <= 0 || FirstID(at) < 0 {
			t.Errorf("%v: %d, %d", at, id, FirstID(at))
		}
	}
}
