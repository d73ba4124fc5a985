package locale

import "time"

const (
	day  = 24 * time.Hour
	week = 7 * day
)

// unit is a length of time with the keys of its texts.
type unit struct {
	length    time.Duration
	ago, wait string
}

// units are the lengths people count in, the largest first.
var units = []unit{
	{day, "ago_days", "wait_days"},
	{time.Hour, "ago_hours", "wait_hours"},
	{time.Minute, "ago_minutes", "wait_minutes"},
	{time.Second, "", "wait_seconds"},
}

// Ago returns how long t is past, as in قبل ساعتين and 2 hours ago; from a week on, the short
// date. Less than a minute is "just now", and so is a time still to come: another
// machine's clock may be ahead.
func (p *Printer) Ago(t time.Time) string {
	past := p.opts.Now.Sub(t)
	if past >= week {
		return p.ShortDate(t)
	}
	for _, u := range units {
		if past >= u.length && u.ago != "" {
			return p.N(u.ago, int(past/u.length))
		}
	}
	return p.T("ago_now")
}

// Wait returns the length of a wait in its two largest units at most, as in 3 minutes.
// It is rounded up to the second, so that nobody comes back too early.
func (p *Printer) Wait(d time.Duration) string {
	d = max((d + time.Second - 1).Truncate(time.Second), time.Second)
	for i, u := range units {
		if d < u.length {
			continue
		}
		text := p.N(u.wait, int(d/u.length))
		if rest := d % u.length; i+1 < len(units) && rest >= units[i+1].length {
			text = p.T("wait_and", "First", text, "Second", p.N(units[i+1].wait, int(rest/units[i+1].length)))
		}
		return text
	}
	return p.N("wait_seconds", 1)
}
