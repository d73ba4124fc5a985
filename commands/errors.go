package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"
)

// refusal is an error that people read: the key of a sentence, and the exit code.
type refusal struct {
	code  int
	key   string
	count int   // chooses the plural form where there is one
	data  []any // for the sentence's placeholders, in pairs
	cause error // nil where the sentence says it all
}

func (r *refusal) Error() string {
	if r.cause != nil {
		return fmt.Sprintf("%s: %v", r.key, r.cause)
	}
	return r.key
}

func (r *refusal) Unwrap() error { return r.cause }

// wrong is an error in how the program was called: exit code 2.
func wrong(key string, data ...any) error {
	return &refusal{code: exitUsage, key: key, data: data}
}

// failed is an error while the program did what it was asked: exit code 1. The
// cause, where there is one, follows the sentence.
func failed(cause error, key string, data ...any) error {
	return &refusal{code: exitFailed, key: key, data: data, cause: cause}
}

// explain returns what a person reads about err.
func (p *program) explain(err error) string {
	var r *refusal
	switch {
	case errors.As(err, &r):
	case errors.Is(err, context.Canceled):
		return p.say.T("cli_interrupted")
	default:
		return p.say.T("cli_failed", "Error", err.Error())
	}
	text := p.say.T(r.key, r.data...)
	if r.count > 0 {
		text = p.say.N(r.key, r.count, r.data...)
	}
	if r.cause == nil {
		return text
	}
	if errors.Is(r.cause, context.Canceled) {
		return p.say.T("cli_interrupted")
	}
	return p.say.T("cli_cause", "Text", strings.TrimRight(text, "."), "Error", r.cause.Error())
}

// usageError turns what the library says about flags into our own sentence. It has
// no types for these errors, so their fixed beginnings are compared; an error that
// begins otherwise is shown as it is.
func (p *program) usageError(_ context.Context, cmd *cli.Command, err error, _ bool) error {
	text := err.Error()
	if flag, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		return wrong("cli_unknown_flag", "Flag", flag, "Command", cmd.FullName())
	}
	if flag, ok := strings.CutPrefix(text, "flag needs an argument: "); ok {
		return wrong("cli_flag_value", "Flag", flag)
	}
	return wrong("cli_usage", "Error", text, "Command", cmd.FullName())
}
