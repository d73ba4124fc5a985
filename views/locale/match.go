package locale

import (
	"strconv"
	"strings"
)

// Match returns the language for a visitor: what was asked for on the page, else the
// remembered choice, else the first one of the Accept-Language header that there are
// texts for (by its weights), else fallback.
func Match(asked, remembered, acceptLanguage, fallback string) string {
	for _, tag := range []string{asked, remembered, accepted(acceptLanguage), fallback} {
		if lang := base(tag); lang != "" {
			return lang
		}
	}
	return arabic
}

// accepted returns the tag of the header with the highest weight among those there
// are texts for, the first of equal ones (RFC 9110, section 12.5.4). Parts that are not
// well-formed are passed over.
func accepted(header string) string {
	best, bestWeight := "", 0.0
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(part, ";")
		lang := base(strings.TrimSpace(tag))
		if weight := weightOf(params); lang != "" && weight > bestWeight {
			best, bestWeight = lang, weight
		}
	}
	return best
}

// weightOf reads the parameter q: 1 where there is none, 0 where it is malformed.
func weightOf(params string) float64 {
	params = strings.TrimSpace(params)
	if params == "" {
		return 1
	}
	name, value, _ := strings.Cut(params, "=")
	weight, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !strings.EqualFold(strings.TrimSpace(name), "q") || !(weight >= 0 && weight <= 1) {
		return 0
	}
	return weight
}

// base returns the language that tag is a variety of (ar for ar-EG), or nothing
// where there are no texts for it.
func base(tag string) string {
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	for _, lang := range Languages() {
		if primary == lang {
			return lang
		}
	}
	return ""
}
