// Package static serves the style sheets, scripts, fonts and icons that are part of
// the program. Their addresses carry a hash of their content, so that browsers may
// keep them for good.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"sync"
)

//go:embed */*
var files embed.FS

// prefix is where Handler expects to stand.
const prefix = "/static/"

// hashLength is how many hex digits of the hash stand in an address: 48 bits, where
// a clash would need some sixteen million versions.
const hashLength = 12

// types are the media types of what is served, by the end of a file's name. A file
// of another kind is not served.
var types = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
	".txt":   "text/plain; charset=utf-8",
}

// file is what is sent for one name.
type file struct {
	kind   string
	plain  []byte
	zipped []byte // nil where compressing gains nothing
}

// site is all files and the hash over all of them. One hash for all lets a style
// sheet name its fonts by relative addresses.
type site struct {
	hash  string
	files map[string]file
}

// loaded reads the embedded files once. They are part of the program, so one that
// cannot be read is a mistake in the program.
var loaded = sync.OnceValue(func() *site {
	s, err := load(files)
	if err != nil {
		panic(err)
	}
	return s
})

func load(fsys fs.FS) (*site, error) {
	s := &site{files: map[string]file{}}
	hash := sha256.New()
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || types[path.Ext(name)] == "" {
			return err
		}
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		hash.Write(fmt.Appendf(nil, "%s %d\n", name, len(content)))
		hash.Write(content)
		s.files[name] = file{kind: types[path.Ext(name)], plain: content, zipped: zip(content)}
		return nil
	})
	s.hash = hex.EncodeToString(hash.Sum(nil))[:hashLength]
	return s, err
}

// zip returns content compressed, or nil where that does not save a tenth: fonts are
// compressed already.
func zip(content []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // fails for an unknown level only
	_, _ = w.Write(content)                               // a bytes.Buffer takes everything
	_ = w.Close()
	if b.Len() > len(content)*9/10 {
		return nil
	}
	return b.Bytes()
}

// URL returns the address of a file, as in /static/0123456789ab/css/reader.css for
// css/reader.css. An unknown name panics: only the program's own templates call it.
func URL(name string) string {
	s := loaded()
	if _, ok := s.files[name]; !ok {
		panic("static: no file " + name)
	}
	return prefix + s.hash + "/" + name
}
