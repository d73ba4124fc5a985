package handlers

import (
	"radd/moderation"
	"radd/views"
	"radd/views/locale"
)

// message returns the text of a problem in the page's language; empty for none.
func message(p *locale.Printer, problem *moderation.Problem) string {
	switch {
	case problem == nil:
		return ""
	case problem.Count != 0:
		return p.N(problem.Key, problem.Count)
	}
	return p.T(problem.Key)
}

// fieldOf returns the field of a form with what was typed and what is wrong with it.
func fieldOf(p *locale.Printer, name, value string, problems moderation.Problems) views.Field {
	return views.Field{Value: value, Error: message(p, problems.For(name))}
}
