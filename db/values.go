package db

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"radd/moderation"
)

// lastID is above every id: a page that starts nowhere goes down from here.
const lastID = moderation.ID(math.MaxInt64)

// millis is how a time is stored. The zero time is 0.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// moment reads what millis wrote.
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// orNullID stores "none" as NULL, which a foreign key and a unique index let pass.
func orNullID(id moderation.ID) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}

// orNull stores the empty text as NULL.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func scanInt(row scanner) (n int64, err error)    { return n, row.Scan(&n) }
func scanText(row scanner) (s string, err error)  { return s, row.Scan(&s) }
func scanBytes(row scanner) (b []byte, err error) { return b, row.Scan(&b) }

// inList adds the ids to the values and returns "@id0, @id1, …" for an IN (…). The
// last id is repeated up to a power of two, so that there are few different texts.
func inList(a args, ids []moderation.ID) string {
	var text strings.Builder
	size := 1
	for size < len(ids) {
		size *= 2
	}
	for i := range size {
		name := "id" + strconv.Itoa(i)
		if i > 0 {
			text.WriteString(", ")
		}
		text.WriteString("@" + name)
		a[name] = int64(ids[min(i, len(ids)-1)])
	}
	return text.String()
}

// listChunk is how many ids one statement asks for: SQLite allows 32,766 values.
const listChunk = 512

// oneMore is what a query for a page asks for: one row above the limit tells
// whether more follow. SQLite takes a negative limit for none.
func oneMore(limit int) int { return max(limit, 1) + 1 }

// cutPage removes the row above the limit.
func cutPage[T any](list []T, limit int) (page []T, more bool) {
	limit = max(limit, 1)
	if len(list) > limit {
		return list[:limit], true
	}
	return list, false
}

// eachChunk asks for the ids, each once, in lists that a statement can take.
func eachChunk(ids []moderation.ID, ask func(a args, list string) error) error {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	for chunk := range slices.Chunk(slices.Compact(ids), listChunk) {
		a := args{}
		if err := ask(a, inList(a, chunk)); err != nil {
			return err
		}
	}
	return nil
}
