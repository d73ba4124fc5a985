package handlers

import (
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// form reads a form from the body, and only from there: a query cannot slip values
// in, and a body that is cut, too large or malformed is an error instead of an
// empty form.
func form(c echo.Context) (url.Values, error) {
	r := c.Request()
	if r.ContentLength == 0 {
		return url.Values{}, nil // a form without fields
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, echo.NewHTTPError(http.StatusUnsupportedMediaType)
	}
	if err := r.ParseForm(); err != nil {
		if isTooLarge(err) {
			return nil, echo.NewHTTPError(http.StatusRequestEntityTooLarge)
		}
		return nil, echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	}
	return r.PostForm, nil
}

// bodyLimit refuses bodies of more than limit bytes: at once where the length is
// announced, else when the limit is reached while reading.
func bodyLimit(limit int64) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			if r.ContentLength > limit {
				return echo.NewHTTPError(http.StatusRequestEntityTooLarge)
			}
			r.Body = http.MaxBytesReader(c.Response(), r.Body, limit)
			return next(c)
		}
	}
}

// version reads the hidden field "version"; 0, which no comment has, where it is not a number.
func version(values url.Values) int64 {
	n, err := strconv.ParseInt(values.Get("version"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// localPath returns next where it is a path on this site, else fallback. Browsers
// read "//", "/\" and paths with tabs as other hosts, so all of those fall back.
func localPath(next, fallback string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsRune(next, '\\') {
		return fallback
	}
	for _, b := range []byte(next) {
		if b <= ' ' || b == 0x7f {
			return fallback
		}
	}
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || strings.HasPrefix(u.Path, "//") || strings.ContainsRune(u.Path, '\\') {
		return fallback
	}
	return next
}

// withQuery returns the local address with parameters set; an empty value removes
// one.
func withQuery(address string, pairs ...string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	u.RawQuery = q.Encode()
	return u.String()
}
