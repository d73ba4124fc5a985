package moderation

// Permission is something a member may be allowed to do.
type Permission string

// The permissions of the routes. routes.go names one for each guarded address.
const (
	MayModerate Permission = "moderate" // the queue, decisions, undo, journal
	MayAccount  Permission = "account"  // one's own password and sessions
	MayWrite    Permission = "write"    // articles
	MayPeople   Permission = "people"   // members and their roles
	MayExport   Permission = "export"   // files out, personal fields included
	MayImport   Permission = "import"   // files in
	MaySettings Permission = "settings" // the newsroom's policy
	MayLog      Permission = "log"      // every decision and administrative act
)

// permits is the one table of who may do what.
var permits = map[Permission][]Role{
	MayModerate: {Moderator, Admin},
	MayAccount:  {Moderator, Admin},
	MayWrite:    {Admin},
	MayPeople:   {Admin},
	MayExport:   {Admin},
	MayImport:   {Admin},
	MaySettings: {Admin},
	MayLog:      {Admin},
}

// Permit reports whether the member may do p. A disabled member may do nothing,
// and a permission without a row in the table is nobody's.
func Permit(m Member, p Permission) bool {
	if m.Disabled {
		return false
	}
	for _, role := range permits[p] {
		if m.Role == role {
			return true
		}
	}
	return false
}
