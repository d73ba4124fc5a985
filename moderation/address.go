package moderation

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Website returns the address as it is stored (re-serialised), or not ok: only
// absolute http and https addresses with a host and without user information pass,
// of at most MaxWebsite bytes. The host is a domain with a dot (its letters stay
// as they are, also where they are not Latin) or an IP address.
func Website(s string) (string, bool) {
	address, ok := webAddress(s)
	if !ok || len(address) > MaxWebsite {
		return "", false
	}
	return address, true
}

// webAddress is Website without the limit of length.
func webAddress(s string) (string, bool) {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, unsafeInAddress) {
		return "", false
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Opaque != "" {
		return "", false
	}
	host, ok := webHost(u)
	if !ok {
		return "", false
	}
	address := u.Scheme + "://" + host + u.EscapedPath()
	if u.RawQuery != "" {
		address += "?" + escapeQuery(u.RawQuery)
	}
	if u.Fragment != "" {
		address += "#" + u.EscapedFragment()
	}
	return address, true
}

// unsafeInAddress finds what no address may hold. Browsers read a backslash as a
// slash, so it could make a host of what was checked as a path.
func unsafeInAddress(r rune) bool {
	return r == '\\' || unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf)
}

// webHost returns the host and port in lower case.
func webHost(u *url.URL) (string, bool) {
	name, port := strings.ToLower(u.Hostname()), u.Port()
	if ip, err := netip.ParseAddr(name); err == nil {
		if ip.Zone() != "" {
			return "", false
		}
		if name = ip.String(); ip.Is6() {
			name = "[" + name + "]"
		}
	} else if !validDomain(name) {
		return "", false
	}
	if port == "" {
		return name, true
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return name + ":" + strconv.FormatUint(n, 10), err == nil && n > 0
}

// escapeQuery percent-encodes what RFC 3986 does not allow in a query. Package url
// hands a query through as it was typed.
func escapeQuery(query string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(query) {
		c := query[i]
		if c > 0x20 && c < 0x7F && !strings.ContainsRune("\"<>^`{|}", rune(c)) {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hexDigits[c>>4], hexDigits[c&15]})
	}
	return b.String()
}

// emailAddress returns the address with its domain in lower case, and whether it is
// one that mail can reach: one @, a local part of at most 64 bytes without quotes
// (RFC 5322 dot-atom, letters of any script as RFC 6531 has it), and a domain with a
// dot. Where it is not, it comes back as it was.
func emailAddress(s string) (string, bool) {
	local, domain, found := strings.Cut(s, "@")
	if !found || !validLocalPart(local) {
		return s, false
	}
	domain = strings.ToLower(domain)
	return local + "@" + domain, validDomain(domain)
}

func validLocalPart(local string) bool {
	if len(local) > 64 {
		return false
	}
	for atom := range strings.SplitSeq(local, ".") {
		if atom == "" || strings.ContainsFunc(atom, func(r rune) bool {
			return !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r)
		}) {
			return false
		}
	}
	return true
}

// validDomain reports whether s is a domain name with a dot: labels of 1 to 63 bytes,
// of letters and digits of any script and inner hyphens. The last begins with a
// letter, which keeps every way to write an IP address out.
func validDomain(s string) bool {
	labels := strings.Split(s, ".")
	if len(labels) < 2 || len(s) > 253 {
		return false
	}
	for _, label := range labels {
		if !validLabel(label) {
			return false
		}
	}
	first, _ := utf8.DecodeRuneInString(labels[len(labels)-1])
	return unicode.IsLetter(first)
}

func validLabel(label string) bool {
	if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
		return false
	}
	first, _ := utf8.DecodeRuneInString(label)
	return !unicode.IsMark(first) && !strings.ContainsFunc(label, func(r rune) bool {
		return r != '-' && !unicode.In(r, unicode.L, unicode.M, unicode.Nd)
	})
}
