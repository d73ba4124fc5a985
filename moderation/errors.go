package moderation

import (
	"errors"
	"time"
)

// The kinds of refusal that reach people. Compare with errors.Is.
var (
	ErrNotFound  = errors.New("not found")
	ErrForbidden = errors.New("forbidden")
	ErrClosed    = errors.New("comments are closed")
	ErrDuplicate = errors.New("the same text by the same author")
	ErrParent    = errors.New("the parent is not an approved comment of the article")
	ErrNameTaken = errors.New("the name is taken")
	ErrLastAdmin = errors.New("the last administrator must stay")
)

// TooFastError refuses somebody who sends more than the limit allows.
type TooFastError struct {
	RetryAfter time.Duration
}

func (e *TooFastError) Error() string { return "too fast, retry after " + e.RetryAfter.String() }

// ConflictError refuses a decision on a version that is no longer the current one.
type ConflictError struct {
	Current Comment  // the comment as it is now
	Latest  Decision // the entry that made it so; zero where the author changed it first
}

func (e *ConflictError) Error() string {
	if e.Latest.Member == "" {
		return "comment " + e.Current.ID.String() + " was changed in between"
	}
	return "comment " + e.Current.ID.String() + " was decided in between by " + e.Latest.Member
}

// Problem is one mistake in a form: the field, and the key of the message in
// views/locale with the number it speaks of.
type Problem struct {
	Field string
	Key   string
	Count int
}

// Problems are all mistakes of one form, in the order of its fields. As an error
// it means that the person can mend the input.
type Problems []Problem //nolint:errname // reads as the noun it is: the problems of a form

func (p Problems) Error() string {
	if len(p) == 0 {
		return "no problems"
	}
	return "invalid " + p[0].Field + ": " + p[0].Key
}

// For returns the first problem of the field, or nil.
func (p Problems) For(field string) *Problem {
	for i := range p {
		if p[i].Field == field {
			return &p[i]
		}
	}
	return nil
}
