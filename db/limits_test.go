package db_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"radd/db"
	"radd/db/dbtest"
	"radd/moderation"
)

// wait returns how long the error asks to wait, -1 for no such error.
func wait(t *testing.T, err error) time.Duration {
	t.Helper()
	var tooFast *moderation.TooFastError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &tooFast):
		return tooFast.RetryAfter
	}
	t.Error(err)
	return -1
}

func TestLimit(t *testing.T) {
	s := dbtest.New(t)
	limit := db.Limit{Burst: 3, Every: 20 * time.Second}
	for i, step := range []struct {
		at   time.Duration
		want time.Duration
	}{
		{0, 0},
		{0, 0},
		{0, 0},
		{0, 20 * time.Second},
		{5 * time.Second, 15 * time.Second},
		{20 * time.Second, 0},
		{20 * time.Second, 20 * time.Second},
		{time.Hour, 0},
		{time.Hour, 0},
		{time.Hour, 0},
		{time.Hour, 20 * time.Second},
		{time.Hour - time.Minute, 80 * time.Second}, // the clock was set back
	} {
		take := db.Take{Key: "k", Limit: limit, Now: dbtest.Start.Add(step.at)}
		if got := wait(t, s.WouldTake(t.Context(), take)); got != step.want {
			t.Errorf("step %d: would wait %v, want %v", i, got, step.want)
		}
		if got := wait(t, s.Take(t.Context(), take)); got != step.want {
			t.Errorf("step %d: waits %v, want %v", i, got, step.want)
		}
	}
}

func TestLimitsCountTogetherOrNotAtAll(t *testing.T) {
	s := dbtest.New(t)
	take := func(key string, every time.Duration) db.Take {
		return db.Take{Key: key, Limit: db.Limit{Burst: 1, Every: every}, Now: dbtest.Start}
	}
	used, longer, free := take("used", time.Second), take("longer", time.Minute), take("free", time.Hour)
	if err := s.Take(t.Context(), used, longer); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if got := wait(t, s.Take(t.Context(), free, used, longer)); got != time.Minute {
			t.Errorf("waits %v", got)
		}
		if got := wait(t, s.WouldTake(t.Context(), free, used)); got != time.Second {
			t.Errorf("would wait %v", got)
		}
	}
	if err := s.Take(t.Context(), free); err != nil {
		t.Errorf("a refusal counted: %v", err)
	}
	if err := errors.Join(s.Take(t.Context()), s.WouldTake(t.Context())); err != nil {
		t.Error(err)
	}
	if got := wait(t, s.Take(t.Context(), free, free)); got == 0 {
		t.Error("a key may be taken twice at once")
	}
}

func TestLimitUnderLoad(t *testing.T) {
	s := dbtest.New(t)
	var group sync.WaitGroup
	var passed atomic.Int32
	for range 8 {
		group.Go(func() {
			for range 50 {
				err := s.Take(t.Context(), db.Take{Key: "k", Limit: db.Limit{Burst: 10, Every: time.Hour}, Now: dbtest.Start})
				if wait(t, err) == 0 {
					passed.Add(1)
				}
			}
		})
	}
	group.Wait()
	if passed.Load() != 10 {
		t.Errorf("%d passed, want 10", passed.Load())
	}
}

func TestOldLimitsAreRemoved(t *testing.T) {
	s := dbtest.New(t)
	for i := range 600 {
		at := dbtest.Start.Add(time.Duration(i) * time.Minute)
		take := db.Take{Key: string(rune('a' + i)), Limit: db.Limit{Burst: 2, Every: time.Second}, Now: at}
		if err := s.Take(t.Context(), take); err != nil {
			t.Fatal(err)
		}
	}
	var left int
	if err := s.Reader().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM limits").Scan(&left); err != nil || left > 100 {
		t.Errorf("%d rows left, %v", left, err)
	}
}
