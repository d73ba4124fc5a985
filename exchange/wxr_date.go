package exchange

import (
	"strings"
	"time"
)

// dateLayouts are the ways in which export files write a moment. The first two are
// in the zone asked for, the others say theirs.
var dateLayouts = []string{
	wxrTime, "2006-01-02T15:04:05", time.RFC3339Nano, time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700",
}

// parseDate reads a moment. Zeros, and years that no id can hold, are no date.
func parseDate(s string, zone *time.Location) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if zone == nil {
		zone = time.UTC
	}
	if s == "" || s == wxrNoTime {
		return time.Time{}, false
	}
	for _, layout := range dateLayouts {
		if at, err := time.ParseInLocation(layout, s, zone); err == nil {
			at = at.UTC().Truncate(time.Millisecond)
			return at, at.Year() >= 1970 && at.Year() < 2100
		}
	}
	return time.Time{}, false
}

// firstDate returns the first of the candidates that is a date.
func firstDate(candidates ...func() (time.Time, bool)) (time.Time, bool) {
	for _, candidate := range candidates {
		if at, ok := candidate(); ok {
			return at, true
		}
	}
	return time.Time{}, false
}

// dateField reads a field as a candidate for firstDate.
func dateField(f wxrFields, name string, zone *time.Location) func() (time.Time, bool) {
	return func() (time.Time, bool) { return parseDate(f.get(name), zone) }
}
