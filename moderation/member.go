package moderation

import (
	"time"
	"unicode/utf8"
)

// Role is what a member of the desk may do.
type Role string

// The two roles. An administrator may do all that a moderator may.
const (
	Moderator Role = "moderator"
	Admin     Role = "admin"
)

// ParseRole reads a role; an unknown word is not ok.
func ParseRole(s string) (Role, bool) {
	switch role := Role(s); role {
	case Moderator, Admin:
		return role, true
	}
	return "", false
}

// Member is somebody who signs in.
type Member struct {
	ID           ID
	Name         string
	Role         Role
	PasswordHash string // argon2id in PHC form
	Disabled     bool
	CreatedAt    time.Time
	SeenAt       time.Time // last request, zero for never
}

// MaxMemberName is the limit of a member's name in characters.
const MaxMemberName = 60

// CheckMemberName cleans a member's name. key is empty where it is fine, else the
// message: error_member_name_empty, error_member_name_long or error_not_text.
func CheckMemberName(name string) (clean, key string) {
	clean, _, err := CleanLine(name)
	switch {
	case err != nil:
		return "", "error_not_text"
	case blank(clean):
		return clean, "error_member_name_empty"
	case utf8.RuneCountInString(clean) > MaxMemberName:
		return clean, "error_member_name_long"
	}
	return clean, ""
}
