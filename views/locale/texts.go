package locale

// T returns the text of key. data are pairs of a placeholder's name and its value;
// whole numbers are shown with the language's digits, everything else as it is.
// A missing key gives the key itself, which a test refuses.
func (p *Printer) T(key string, data ...any) string {
	if text, ok := p.texts.fixed[key]; ok {
		return text
	}
	return p.texts.text(key, nil, p.values(data))
}

// N returns the text of key in the plural form for count, which {{.Count}} shows
// with the language's digits. A text without plural forms is given as it is.
func (p *Printer) N(key string, count int, data ...any) string {
	if text, ok := p.texts.fixed[key]; ok {
		return text
	}
	if len(data) > 0 || count < 0 || count >= keptCounts || !p.texts.known[key] {
		return p.counted(key, count, data)
	}
	name := countedKey{key, count, p.eastern}
	if text, ok := p.texts.counted.Load(name); ok {
		return text.(string) // only strings are stored, just below
	}
	text := p.counted(key, count, nil)
	p.texts.counted.Store(name, text)
	return text
}

// keptCounts is below which numbers the texts that say nothing but a number are kept
// once they are made: choosing a form and filling it in takes microseconds, and a page
// has hundreds.
const keptCounts = 200

// countedKey names a text with its number filled in.
type countedKey struct {
	key     string
	count   int
	eastern bool
}

func (p *Printer) counted(key string, count int, data []any) string {
	values := p.values(data)
	values["Count"] = p.Num(count)
	return p.texts.text(key, count, values)
}

// Has reports whether there is a text for key.
func (p *Printer) Has(key string) bool { return p.texts.known[key] }

func (p *Printer) values(data []any) map[string]any {
	values := make(map[string]any, len(data)/2+1)
	for i := 0; i+1 < len(data); i += 2 {
		name, _ := data[i].(string)
		switch value := data[i+1].(type) {
		case int:
			values[name] = p.Num(value)
		case int64:
			values[name] = p.Num(int(value))
		default:
			values[name] = value
		}
	}
	return values
}
