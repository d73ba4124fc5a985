package views

import "radd/moderation"

// Newest returns the first article of the page, or nil where there is none.
func (p FrontPage) Newest() *moderation.Article {
	if len(p.Articles) == 0 {
		return nil
	}
	return &p.Articles[0]
}

// Published reports whether every reader sees the reply by now.
func (m MineView) Published() bool { return m.Comment.Status == moderation.Approved }

// Refused reports whether the author may be told that the reply is not published.
// Spam looks like a reply that waits: its sender learns nothing.
func (m MineView) Refused() bool { return m.Comment.Status == moderation.Rejected }

// Published reports whether every reader sees the reply.
func (p StatusPage) Published() bool { return p.Comment.Status == moderation.Approved }

// Refused reports whether the author may be told that the reply is not published.
func (p StatusPage) Refused() bool { return p.Comment.Status == moderation.Rejected }

// Shown is the status the author is told: spam looks like a reply that waits.
func (p StatusPage) Shown() moderation.Status {
	if p.Comment.Status == moderation.Spam {
		return moderation.Pending
	}
	return p.Comment.Status
}

// WrongField names a field of the reply form that needs correcting.
type WrongField struct {
	Name  string // of the field: "body", "name", "email" or "website"
	Label string // the key of its label
}

// Wrong returns the fields with a mistake, in the order of the form.
func (f ReplyForm) Wrong() []WrongField {
	var wrong []WrongField
	for _, field := range []struct {
		WrongField
		Error string
	}{
		{WrongField{"body", "form_body"}, f.Body.Error},
		{WrongField{"name", "form_name"}, f.Name.Error},
		{WrongField{"email", "form_email"}, f.Email.Error},
		{WrongField{"website", "form_website"}, f.Website.Error},
	} {
		if field.Error != "" {
			wrong = append(wrong, field.WrongField)
		}
	}
	return wrong
}
