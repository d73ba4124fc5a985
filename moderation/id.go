package moderation

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"sync"
	"time"
)

// ID identifies an article, comment, decision or member. The upper 42 bits are
// Unix milliseconds (good until the year 2109), the lower 21 are random, so ids
// are made without a central sequence and sort by time. Zero means "none".
type ID int64

const (
	idRandomBits = 21
	maxIDMillis  = 1<<(63-idRandomBits) - 1
)

// String returns the decimal form used in addresses, forms and files.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// Time returns the moment the id was made for, in UTC.
func (id ID) Time() time.Time { return time.UnixMilli(int64(id) >> idRandomBits).UTC() }

// ParseID reads the form written by String. Anything else, zero and negative
// numbers included, is reported as not ok.
func ParseID(s string) (id ID, ok bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 || strconv.FormatInt(n, 10) != s {
		return 0, false
	}
	return ID(n), true
}

// FirstID returns the smallest id of the moment at: every id made at or after
// that moment is at least this. It turns a date filter into a key range. A moment
// that ids cannot express (an import may hold any date) counts as the nearest.
func FirstID(at time.Time) ID {
	return ID(min(max(at.UnixMilli(), 0), maxIDMillis) << idRandomBits)
}

// IDs makes new ids. The zero value is ready; it may be used concurrently. Ids of
// one IDs are strictly increasing even when the clock steps back.
type IDs struct {
	mu   sync.Mutex
	last ID
}

// New returns an id for the moment now.
func (s *IDs) New(now time.Time) ID {
	var b [4]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails (it stops the program instead)
	id := FirstID(now) | ID(binary.LittleEndian.Uint32(b[:])&(1<<idRandomBits-1))
	s.mu.Lock()
	defer s.mu.Unlock()
	if id <= s.last {
		id = s.last + 1
	}
	s.last = id
	return id
}

// DerivedID returns the id that key always gets at the moment at. Imports use it,
// so that the same file gives the same ids in any database. Files that know only
// the second get the milliseconds from the key too, which makes a clash of two
// comments of one second as good as impossible (1 in 2^31).
func DerivedID(at time.Time, key string) ID {
	sum := sha256.Sum256([]byte(key))
	n := binary.LittleEndian.Uint64(sum[:8])
	if at.Nanosecond() == 0 {
		at = at.Add(time.Duration(n>>32%1000) * time.Millisecond)
	}
	return max(FirstID(at)|ID(n&(1<<idRandomBits-1)), 1)
}
