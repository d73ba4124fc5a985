package db

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"radd/moderation"
)

// Limit allows Burst at once and then one each Every (the generic cell rate
// algorithm, ITU-T I.371).
type Limit struct {
	Burst int
	Every time.Duration
}

// Take is one use of a limit under a key.
type Take struct {
	Key   string
	Limit Limit
	Now   time.Time
}

// every is the time one use costs, in milliseconds.
func (t Take) every() int64 { return max(t.Limit.Every.Milliseconds(), 1) }

// room is how far the theoretical arrival time may lie ahead after a use.
func (t Take) room() int64 { return t.every() * int64(max(t.Limit.Burst, 1)) }

// wait is how long the key has to wait, 0 for not at all, when its theoretical
// arrival time is tat.
func (t Take) wait(tat int64) time.Duration {
	now := t.Now.UnixMilli()
	return time.Duration(max(max(tat, now)+t.every()-t.room()-now, 0)) * time.Millisecond
}

// Take counts one use against each limit, or none of them: then it returns
// *moderation.TooFastError with the longest wait.
func (s *Store) Take(ctx context.Context, takes ...Take) error {
	err := s.inTx(ctx, "count limits", func(tx *sql.Tx) error { return take(ctx, tx, takes) })
	if err == nil {
		s.sweepLimits(ctx, takes...)
	}
	return err
}

// take counts within the transaction, which the caller undoes when it is refused.
func take(ctx context.Context, tx *sql.Tx, takes []Take) error {
	var longest time.Duration
	for _, t := range takes {
		counted, err := run(ctx, tx, "count limit", `
			INSERT INTO limits (key, tat) VALUES (@key, @now + @every)
			ON CONFLICT (key) DO UPDATE
				SET tat = CASE WHEN limits.tat > @now THEN limits.tat ELSE @now END + @every
				WHERE limits.tat + @every - @now <= @room`,
			args{"key": t.Key, "now": t.Now.UnixMilli(), "every": t.every(), "room": t.room()})
		if err != nil {
			return err
		}
		if counted == 1 {
			continue
		}
		wait, err := waitFor(ctx, tx, t)
		if err != nil {
			return err
		}
		longest = max(longest, wait)
	}
	if longest > 0 {
		return &moderation.TooFastError{RetryAfter: longest}
	}
	return nil
}

// WouldTake is Take without counting: it tells whether a use is allowed now.
func (s *Store) WouldTake(ctx context.Context, takes ...Take) error {
	var longest time.Duration
	for _, t := range takes {
		wait, err := waitFor(ctx, s.read, t)
		if err != nil {
			return err
		}
		longest = max(longest, wait)
	}
	if longest > 0 {
		return &moderation.TooFastError{RetryAfter: longest}
	}
	return nil
}

// waitFor reads how long the key has to wait.
func waitFor(ctx context.Context, r runner, t Take) (time.Duration, error) {
	tat, err := one(ctx, r, "read limit", `SELECT tat FROM limits WHERE key = @key`, args{"key": t.Key}, scanInt)
	if errors.Is(err, moderation.ErrNotFound) {
		return 0, nil
	}
	return t.wait(tat), err
}

// How often rows are removed that limit nobody any more, and how many at most.
const (
	sweepEach  = 256
	sweepLimit = 1000
)

// sweepLimits removes such rows now and then. Rows that stay for another round do no
// harm, so a failure is left to the next one.
func (s *Store) sweepLimits(ctx context.Context, takes ...Take) {
	for _, t := range takes {
		if s.takes.Add(1)%sweepEach == 0 {
			_, _ = run(ctx, s.write, "sweep limits", `DELETE FROM limits WHERE key IN
				(SELECT key FROM limits WHERE tat < @now ORDER BY tat LIMIT @limit)`,
				args{"now": t.Now.UnixMilli(), "limit": sweepLimit})
		}
	}
}
