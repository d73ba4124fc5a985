package locale

import (
	"strconv"
	"time"
)

// calendar is the names of months and weekdays in one language.
type calendar struct {
	months   [12]string
	weekdays [7]string // from Sunday
	comma    string    // between a day and the time of day
}

var weekdaysAr = [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"}

var (
	// levant has the names used in Lebanon, Syria, Jordan, Palestine and Iraq.
	levant = &calendar{
		months: [12]string{
			"كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
			"تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
		},
		weekdays: weekdaysAr,
		comma:    "، ",
	}
	// egypt has the names used in Egypt, Sudan and the Gulf.
	egypt = &calendar{
		months: [12]string{
			"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
			"يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
		},
		weekdays: weekdaysAr,
		comma:    "، ",
	}
	// gregorian has the English names.
	gregorian = &calendar{
		months: [12]string{
			"January", "February", "March", "April", "May", "June",
			"July", "August", "September", "October", "November", "December",
		},
		weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		comma:    ", ",
	}
)

func calendarOf(lang, months string) *calendar {
	switch {
	case lang == english:
		return gregorian
	case months == "egypt":
		return egypt
	default:
		return levant
	}
}

// Date returns a day in full, as in الأحد 22 تشرين الثاني 2026 and Sunday 22 November 2026.
func (p *Printer) Date(t time.Time) string {
	t = t.In(p.opts.Zone)
	return p.words.weekdays[t.Weekday()] + " " + p.day(t, true)
}

// ShortDate returns a day without its weekday, and without its year where that is
// the present one.
func (p *Printer) ShortDate(t time.Time) string {
	t = t.In(p.opts.Zone)
	return p.day(t, t.Year() != p.opts.Now.In(p.opts.Zone).Year())
}

// DateTime returns a day and the time of day.
func (p *Printer) DateTime(t time.Time) string {
	t = t.In(p.opts.Zone)
	return p.day(t, true) + p.words.comma + p.Digits(t.Format("15:04"))
}

// day writes t, which is in the newsroom's zone already.
func (p *Printer) day(t time.Time, year bool) string {
	s := p.Digits(strconv.Itoa(t.Day())) + " " + p.words.months[t.Month()-1]
	if year {
		s += " " + p.Digits(strconv.Itoa(t.Year()))
	}
	return s
}

// ISO returns t for a datetime attribute: RFC 3339 in UTC.
func (p *Printer) ISO(t time.Time) string { return t.UTC().Format(time.RFC3339) }
