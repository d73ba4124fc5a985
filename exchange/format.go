package exchange

// Format is a kind of file.
type Format string

// The formats. Export writes all of them.
const (
	CSV   Format = "csv"
	XLSX  Format = "xlsx"
	JSONL Format = "jsonl"
	WXR   Format = "wxr" // WordPress eXtended RSS 1.2
)

// Formats lists what Export writes, in the order to offer it.
func Formats() []Format { return []Format{CSV, XLSX, JSONL, WXR} }

// ParseFormat reads the name of a format; an unknown word is not ok.
func ParseFormat(s string) (Format, bool) {
	switch format := Format(s); format {
	case CSV, XLSX, JSONL, WXR:
		return format, true
	}
	return "", false
}

// ContentType is the media type to send the file with.
func (f Format) ContentType() string {
	switch f {
	case CSV:
		return "text/csv; charset=utf-8"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case JSONL:
		return "application/x-ndjson; charset=utf-8"
	case WXR:
		return "application/xml; charset=utf-8"
	}
	return "application/octet-stream"
}

// Extension is the end of the file's name, with its dot.
func (f Format) Extension() string {
	switch f {
	case CSV, XLSX, JSONL:
		return "." + string(f)
	case WXR:
		return ".xml"
	}
	return ""
}
