package locale

import (
	"strconv"
	"strings"
)

// Num returns n with the language's digits and separators.
func (p *Printer) Num(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	separator := ","
	if p.eastern {
		separator = "٬"
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(separator)
		}
		b.WriteRune(p.digit(digit))
	}
	return b.String()
}

// Digits returns s with its ASCII digits replaced by the language's.
func (p *Printer) Digits(s string) string {
	if !p.eastern {
		return s
	}
	return strings.Map(p.digit, s)
}

func (p *Printer) digit(r rune) rune {
	if p.eastern && r >= '0' && r <= '9' {
		return '٠' + r - '0'
	}
	return r
}
