package moderation

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestCheckMemberName(t *testing.T) {
	tests := []struct{ in, clean, key string }{
		{"admin", "admin", ""},
		{"  ليلى\u202E   حداد\n", "ليلى حداد", ""},
		{strings.Repeat("ب", 60), strings.Repeat("ب", 60), ""},
		{strings.Repeat("ب", 61), strings.Repeat("ب", 61), "error_member_name_long"},
		{"", "", "error_member_name_empty"},
		{"\u200C \u200D", "\u200C \u200D", "error_member_name_empty"},
		{"a\xff", "", "error_not_text"},
		{"a\x00", "", "error_not_text"},
	}
	for _, tt := range tests {
		if clean, key := CheckMemberName(tt.in); clean != tt.clean || key != tt.key {
			t.Errorf("CheckMemberName(%+q) = %+q, %q", tt.in, clean, key)
		}
	}
}

func TestPermit(t *testing.T) {
	table := map[Permission]map[Role]bool{
		MayModerate: {Moderator: true, Admin: true},
		MayAccount:  {Moderator: true, Admin: true},
		MayWrite:    {Admin: true},
		MayPeople:   {Admin: true},
		MayExport:   {Admin: true},
		MayImport:   {Admin: true},
		MaySettings: {Admin: true},
		MayLog:      {Admin: true},
		"":          {},
		"unknown":   {},
	}
	for permission, allowed := range table {
		for _, role := range []Role{Moderator, Admin, "", "guest"} {
			if got := Permit(Member{Role: role}, permission); got != allowed[role] {
				t.Errorf("%q may %q: %v", role, permission, got)
			}
			if Permit(Member{Role: role, Disabled: true}, permission) {
				t.Errorf("a disabled %q may %q", role, permission)
			}
		}
	}
}

func TestParse(t *testing.T) {
	for word, want := range map[string][4]bool{ // status, mode, role, action
		"":          {false, true, false, false},
		"pending":   {true, false, false, false},
		"approved":  {true, false, false, false},
		"rejected":  {true, false, false, false},
		"spam":      {true, false, false, true},
		"before":    {false, true, false, false},
		"after":     {false, true, false, false},
		"closed":    {false, true, false, false},
		"moderator": {false, false, true, false},
		"admin":     {false, false, true, false},
		"approve":   {false, false, false, true},
		"reject":    {false, false, false, true},
		"hold":      {false, false, false, true},
		"undo":      {},
		"withdraw":  {},
		"revise":    {},
		"Spam":      {},
		"spam,":     {},
	} {
		status, isStatus := ParseStatus(word)
		mode, isMode := ParseMode(word)
		role, isRole := ParseRole(word)
		action, isAction := ParseAction(word)
		if got := [4]bool{isStatus, isMode, isRole, isAction}; got != want {
			t.Errorf("%q: %v, want %v", word, got, want)
		}
		for value, ok := range map[string]bool{
			"s" + string(status): isStatus, "m" + string(mode): isMode, "r" + string(role): isRole, "a" + string(action): isAction,
		} {
			if ok && value[1:] != word || !ok && len(value) > 1 {
				t.Errorf("%q read as %q", word, value[1:])
			}
		}
	}
}

func TestErrors(t *testing.T) {
	decided := &ConflictError{Current: Comment{ID: 5, Email: "a@example.com"}, Latest: Decision{Member: "ليلى"}}
	if got := decided.Error(); got != "comment 5 was decided in between by ليلى" {
		t.Error(got)
	}
	if got := (&ConflictError{Current: Comment{ID: 5}}).Error(); got != "comment 5 was changed in between" {
		t.Error(got)
	}
	var problems Problems
	err := fmt.Errorf("reply: %w", Problems{{"email", "error_email_empty", 0}})
	if !errors.As(err, &problems) || problems.Error() != "invalid email: error_email_empty" {
		t.Errorf("%v", err)
	}
	if got := (Problems{}).Error(); got != "no problems" {
		t.Error(got)
	}
	if got := (&TooFastError{RetryAfter: 1e9}).Error(); got != "too fast, retry after 1s" {
		t.Error(got)
	}
}
