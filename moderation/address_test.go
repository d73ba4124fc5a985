package moderation

import (
	"net/mail"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var goodEmails = []string{
	"a@example.com", "first.last+tag@sub.example.co.uk", "o'brien@example.org", "user_1-2@ex-ample.com", "1@2.com",
	"بريد@مثال.إختبار", "a@xn--mgbh0fb.xn--kgbechtv", strings.Repeat("a", 64) + "@example.com",
}

func TestEmail(t *testing.T) {
	for _, email := range goodEmails {
		d := fine
		d.Email = email
		if clean, _, problems := d.Check(50); problems != nil || clean.Email != email {
			t.Errorf("%q: %q, %v", email, clean.Email, problems)
		}
		if _, err := mail.ParseAddress(email); err != nil {
			t.Errorf("%q: mail could not be sent: %v", email, err)
		}
	}
	bad := []string{
		"a", "@", "a@", "@example.com", "a@b", "user@localhost", "Name <a@example.com>",
		"<a@example.com>", "a@example.com, b@example.com",
		"a@@example.com", "a@b@example.com", "a b@example.com",
		`"a b"@example.com`, `"a"@example.com`, "a@example.com (me)", "a@[127.0.0.1]", "a@127.0.0.1",
		".a@example.com", "a.@example.com", "a..b@example.com", "a@.example.com", "a@example.com.", "a@example..com", "a@-example.com",
		"a@example-.com", "a@exa_mple.com", "a@example.c:m", "a@example.com\\", "a@exam\u200Cple.com", "mailto:a@example.com",
		strings.Repeat("a", 65) + "@example.com", "a@" + strings.Repeat("b", 64) + ".com", "a@example.1", "a@\u0301x.com",
		"a@example.com\nBcc: b@example.com", "a\tb@example.com", "a@example。com", "a;b@example.com",
	}
	for _, email := range bad {
		d := fine
		d.Email = email
		if clean, _, problems := d.Check(50); problems.For("email") == nil {
			t.Errorf("%q passed as %q", email, clean.Email)
		}
	}
}

func TestWebsite(t *testing.T) {
	good := map[string]string{
		"https://example.com":                  "https://example.com",
		"HTTP://Example.COM/Path?Q=1#F":        "http://example.com/Path?Q=1#F",
		"https://example.com:8080/":            "https://example.com:8080/",
		"https://example.com:0443/":            "https://example.com:443/",
		"https://example.com:":                 "https://example.com",
		"https://example.com?":                 "https://example.com",
		"http://127.0.0.1:80/a":                "http://127.0.0.1:80/a",
		"http://[2001:DB8::1]/":                "http://[2001:db8::1]/",
		"https://مثال.إختبار/صفحة":             "https://مثال.إختبار/%D8%B5%D9%81%D8%AD%D8%A9",
		"https://xn--mgbh0fb.xn--kgbechtv/":    "https://xn--mgbh0fb.xn--kgbechtv/",
		"https://example.com/?q=س&b=\"<x>":     "https://example.com/?q=%D8%B3&b=%22%3Cx%3E",
		"https://example.com/a'b\"c<d>":        "https://example.com/a%27b%22c%3Cd%3E",
		"https://example.com/%D8%a3":           "https://example.com/%D8%a3",
		"https://example.com/x@y:z":            "https://example.com/x@y:z",
		"https://example.com/#a\"b":            "https://example.com/#a%22b",
		"https://example.com/javascript:alert": "https://example.com/javascript:alert",
	}
	for in, want := range good {
		if got, ok := Website(in); got != want || !ok {
			t.Errorf("Website(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
	bad := []string{
		"", " ", "example.com", "//example.com", "/path", "http:", "http://", "http:///path", "http:example.com", "http:/example.com",
		"javascript:alert(1)", "JaVaScRiPt://example.com/%0aalert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)", "vbscript:x",
		"data:text/html,<script>", "ftp://example.com", "file:///etc/passwd", "mailto:a@example.com", "blob:https://example.com/x",
		"https://user@example.com", "https://user:pw@example.com", "https://@example.com",
		"https://example.com@evil.com", "https://:pw@example.com",
		"https://localhost", "http://localhost:8080/", "https://example", "https://example.com.",
		"https://.example.com", "https://exa mple.com",
		"https://example.com/a b", " https://example.com", "https://example.com\n",
		"https://example.com\\@evil.com", "https://example.com/\\evil",
		"https://example.com:99999/", "https://example.com:0/", "https://example.com:x/", "http://1.2.3",
		"http://0x7f.1", "http://2130706433",
		"http://[::1%25eth0]/", "http://[::1", "https://example.com/\u202E", "https://exam\u200Dple.com",
		"https://example.com/\x00", "https://example.com/\xff",
		"https://example.com/%zz", "https://ex%61mple.com%00.evil.com", "https://-a.com",
		"https://a_b.com", "https://example.com/" + strings.Repeat("a", 181),
		"https://example.com/" + strings.Repeat("س", 40),
	}
	for _, in := range bad {
		if got, ok := Website(in); ok || got != "" {
			t.Errorf("Website(%q) = %q, %v", in, got, ok)
		}
	}
	if longest := "https://example.com/" + strings.Repeat("a", 180); len(longest) == MaxWebsite {
		if _, ok := Website(longest); !ok {
			t.Error("the longest address is refused")
		}
	}
}

// webLike generates what looks like an address, up to a point.
func webLike() *rapid.Generator[string] {
	scheme := rapid.SampledFrom([]string{
		"http://", "https://", "HTTPS://", "javascript:", "javascript://", "data:", "//", "", "http:", " https://", "\thttp://",
	})
	host := rapid.SampledFrom([]string{
		"example.com", "EXAMPLE.com:80", "مثال.إختبار", "a@example.com", "[::1]", "127.0.0.1",
		"localhost", "%65xample.com", "exa\u202Emple.com",
		"example.com\\", "İ.com", "ßß.de", "a.b:",
	})
	return rapid.Custom(func(t *rapid.T) string {
		rest := rapid.StringOfN(rapid.SampledFrom([]rune("aZ0/?#%25&=.:@'\"<>[]()سé\u202E \\+;,~!*^`{|}")), 0, 30, -1).Draw(t, "rest")
		return scheme.Draw(t, "scheme") + host.Draw(t, "host") + rest
	})
}

func checkWebsite(t interface{ Fatalf(string, ...any) }, in string) {
	got, ok := Website(in)
	if !ok {
		if got != "" {
			t.Fatalf("refused %q with %q", in, got)
		}
		return
	}
	if !strings.HasPrefix(got, "http://") && !strings.HasPrefix(got, "https://") || len(got) > MaxWebsite {
		t.Fatalf("Website(%q) = %q", in, got)
	}
	if strings.ContainsAny(got, " \\\"<>`^{|}\t\n\r") {
		t.Fatalf("unsafe: Website(%q) = %q", in, got)
	}
	u, err := url.Parse(got)
	if err != nil || u.User != nil || !strings.ContainsAny(u.Host, ".:") {
		t.Fatalf("Website(%q) = %q: %v", in, got, err)
	}
	if again, ok := Website(got); again != got || !ok {
		t.Fatalf("not idempotent: %q, then %q, %v", got, again, ok)
	}
}

func TestWebsiteProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkWebsite(t, rapid.OneOf(webLike(), anyBytes()).Draw(t, "address")) })
}

func FuzzWebsite(f *testing.F) {
	for _, seed := range []string{"https://a.com/?a#b", "javascript:alert(1)", "http://a@b.c", "http://[::1]:80/%2f", "https://İ.com"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) { checkWebsite(t, in) })
}
