// Package exchange writes Radd's comments as CSV, XLSX, JSON Lines and WXR, and
// reads the export files of other systems. Everything streams: an export asks for
// one page at a time and an import reads token by token, so a file of any size
// costs the same memory. The package knows no SQL, HTTP or sentences: it reads from
// a Source, writes to a Sink, and reports under keys.
package exchange
