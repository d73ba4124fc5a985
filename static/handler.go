package static

import (
	"net/http"
	"strconv"
	"strings"
)

// forever tells caches to keep the answer: its address changes with its content.
const forever = "public, max-age=31536000, immutable"

// Handler serves the files under /static/. Another hash or name is not found: an
// address of an earlier version must not be answered with this one's content.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := find(r.URL.Path)
		if !ok {
			w.Header().Set("Cache-Control", "no-store")
			w.WriteHeader(http.StatusNotFound)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		send(w, r, f)
	})
}

func find(address string) (file, bool) {
	s := loaded()
	name, ok := strings.CutPrefix(address, prefix+s.hash+"/")
	if !ok {
		return file{}, false
	}
	f, ok := s.files[name]
	return f, ok
}

func send(w http.ResponseWriter, r *http.Request, f file) {
	header := w.Header()
	header.Set("Content-Type", f.kind)
	header.Set("Cache-Control", forever)
	header.Set("X-Content-Type-Options", "nosniff")
	body := f.plain
	if f.zipped != nil {
		header.Add("Vary", "Accept-Encoding")
		if takesGzip(r.Header.Get("Accept-Encoding")) {
			header.Set("Content-Encoding", "gzip")
			body = f.zipped
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // a reader who went away is nobody's error
	}
}

// takesGzip reports whether the header names gzip with a weight above zero.
func takesGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			continue
		}
		_, weight, ok := strings.Cut(params, "=")
		if !ok {
			return true
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
		return err == nil && q > 0
	}
	return false
}
