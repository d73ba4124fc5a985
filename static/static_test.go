package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// get returns the answer, whose recorded body needs no closing.
func get(t *testing.T, method, address, encoding string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, address, nil)
	if encoding != "" {
		r.Header.Set("Accept-Encoding", encoding)
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w
}

func body(t *testing.T, r io.Reader) []byte {
	t.Helper()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestServesFiles(t *testing.T) {
	for name, kind := range map[string]string{
		"css/tokens.css":                "text/css; charset=utf-8",
		"css/reader.css":                "text/css; charset=utf-8",
		"icons/favicon.svg":             "image/svg+xml",
		"fonts/vazirmatn-arabic.woff2":  "font/woff2",
		"fonts/vazirmatn.OFL.txt":       "text/plain; charset=utf-8",
		"fonts/noto-naskh-arabic.woff2": "font/woff2",
	} {
		want, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		answer := get(t, http.MethodGet, URL(name), "")
		if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != kind {
			t.Errorf("%s: %d %s", name, answer.Code, answer.Header().Get("Content-Type"))
		}
		if !strings.Contains(answer.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: Cache-Control %q", name, answer.Header().Get("Cache-Control"))
		}
		if got := answer.Header().Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options %q", name, got)
		}
		if !bytes.Equal(body(t, answer.Body), want) {
			t.Errorf("%s is not what was sent", name)
		}
	}
}

func TestCompresses(t *testing.T) {
	plain := body(t, get(t, http.MethodGet, URL("css/tokens.css"), "").Body)
	for encoding, zipped := range map[string]bool{
		"gzip": true, "br, GZIP;q=0.5": true, "gzip;q=0": false, "gzip; q=x": false, "br": false, "": false, "xgzip": false,
	} {
		answer := get(t, http.MethodGet, URL("css/tokens.css"), encoding)
		if answer.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: Vary %q", encoding, answer.Header().Get("Vary"))
		}
		if got := answer.Header().Get("Content-Encoding") == "gzip"; got != zipped {
			t.Errorf("%q: compressed %v", encoding, got)
			continue
		}
		var r io.Reader = answer.Body
		if zipped {
			var err error
			if r, err = gzip.NewReader(answer.Body); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(body(t, r), plain) {
			t.Errorf("%q: another content", encoding)
		}
	}
	if answer := get(t, http.MethodGet, URL("fonts/vazirmatn-latin.woff2"), "gzip"); answer.Header().Get("Content-Encoding") != "" {
		t.Error("a font was compressed again")
	}
}

func TestHeadAndOtherMethods(t *testing.T) {
	answer := get(t, http.MethodHead, URL("css/tokens.css"), "")
	if answer.Code != http.StatusOK || answer.Header().Get("Content-Length") == "" || len(body(t, answer.Body)) > 0 {
		t.Errorf("HEAD: %d %v", answer.Code, answer.Header())
	}
	if answer := get(t, http.MethodPost, URL("css/tokens.css"), ""); answer.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", answer.Code)
	}
}

func TestNothingElseIsFound(t *testing.T) {
	known := URL("css/tokens.css")
	for _, address := range []string{
		"/static/", "/static/000000000000/css/tokens.css", "/static/css/tokens.css", known + "/", known + "x",
		strings.Replace(known, "css/tokens", "css/../css/tokens", 1), strings.Replace(known, "css/tokens.css", "", 1),
		strings.Replace(known, "css/tokens.css", "static.go", 1), strings.Replace(known, "css/tokens.css", "css", 1),
		strings.ToUpper(known), "/other", "/",
	} {
		answer := get(t, http.MethodGet, address, "")
		if answer.Code != http.StatusNotFound || strings.Contains(answer.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", address, answer.Code, answer.Header())
		}
	}
}

func TestHashFollowsContent(t *testing.T) {
	hash := func(files fstest.MapFS) string {
		s, err := load(files)
		if err != nil {
			t.Fatal(err)
		}
		return s.hash
	}
	a := hash(fstest.MapFS{"css/a.css": {Data: []byte("a")}})
	if len(a) != hashLength || a != hash(fstest.MapFS{"css/a.css": {Data: []byte("a")}}) {
		t.Errorf("the hash %q is not steady", a)
	}
	if a == hash(fstest.MapFS{"css/a.css": {Data: []byte("b")}}) || a == hash(fstest.MapFS{"css/b.css": {Data: []byte("a")}}) {
		t.Error("another content has the same hash")
	}
}

func TestUnknownNamePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	URL("css/none.css")
}

var (
	comment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	physical = regexp.MustCompile(`(?m)(?:^|[\s;{])(?:left|right|top|bottom)\s*:|` +
		`(?:^|[\s;{])(?:margin|padding|border|inset)-(?:left|right|top|bottom)[\w-]*\s*:|` +
		`(?:text-align|float|clear)\s*:\s*(?:left|right)`)
	address = regexp.MustCompile(`url\("?([^")]+)"?\)`)
)

// TestStyleSheets: both directions are drawn by the same rules, and every address in
// a style sheet is that of a file of ours.
func TestStyleSheets(t *testing.T) {
	readers := 0
	for name, f := range loaded().files {
		if !strings.HasSuffix(name, ".css") {
			continue
		}
		css := comment.ReplaceAllString(string(f.plain), "")
		for _, found := range physical.FindAllString(css, -1) {
			t.Errorf("%s: %q is physical", name, strings.TrimSpace(found))
		}
		for _, match := range address.FindAllStringSubmatch(css, -1) {
			if _, ok := loaded().files[filepath.ToSlash(filepath.Join(filepath.Dir(name), match[1]))]; !ok {
				t.Errorf("%s: there is no %s", name, match[1])
			}
		}
		if strings.Count(css, "{") != strings.Count(css, "}") {
			t.Errorf("%s: the braces do not match", name)
		}
		if name == "css/tokens.css" || name == "css/reader.css" {
			readers += len(f.plain)
		}
	}
	if readers == 0 || readers > 30_000 {
		t.Errorf("a reader loads %d bytes of style sheets", readers)
	}
}
