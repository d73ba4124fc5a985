package moderation

import "unicode/utf8"

// form gathers what is found while the fields of a form are checked one by one.
type form struct {
	hidden   []string
	problems Problems
}

func (f *form) fail(field, key string, count int) {
	f.problems = append(f.problems, Problem{Field: field, Key: key, Count: count})
}

// clean returns the field's text cleaned by how, empty where it is not text.
func (f *form) clean(field, typed string, how func(string) (string, bool, error)) string {
	text, hidden, err := how(typed)
	if err != nil {
		f.fail(field, "error_not_text", 0)
		return ""
	}
	if hidden {
		f.hidden = append(f.hidden, field)
	}
	return text
}

// text is clean for a field of at most limit characters.
func (f *form) text(field, typed string, how func(string) (string, bool, error), limit int) string {
	text := f.clean(field, typed, how)
	f.bounded(field, field, text, limit)
	return text
}

// bounded notes a field of more than limit characters. noun names it in the key.
func (f *form) bounded(field, noun, text string, limit int) {
	if utf8.RuneCountInString(text) > limit {
		f.fail(field, "error_"+noun+"_long", limit)
	}
}

// required notes a field that shows nothing, unless it has a problem already.
func (f *form) required(field, text string) { f.requiredAs(field, field, text) }

func (f *form) requiredAs(field, noun, text string) {
	if blank(text) && f.problems.For(field) == nil {
		f.fail(field, "error_"+noun+"_empty", 0)
	}
}
