package handlers_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"radd/handlers"
	"radd/moderation"
)

func TestSettingsAreSaved(t *testing.T) {
	s := newSite(t)
	v := s.signedIn(moderation.Admin)
	values := v.openForm("/admin/settings", "/admin/settings")
	if got := values.Get("max_length"); got != "5000" {
		t.Errorf("the form begins with %q", got)
	}
	values.Set("site_name_en", "The Daily Garden")
	values.Set("mode", "after")
	values.Set("max_links", "٣") // as an Arabic keyboard types it
	values.Set("time_zone", " Asia/Beirut ")
	v.wantNotice(v.post("/admin/settings", values))
	s.wantEvent(t, "settings_changed", "site_name_en=The Daily Garden, mode=after, max_links=3, time_zone=Asia/Beirut")
	set, err := s.store.Settings(t.Context())
	if err != nil || set.MaxLinks != 3 || set.Mode != moderation.ModeAfter || set.TimeZone != "Asia/Beirut" || set.MaxLength != 5000 {
		t.Errorf("%+v is stored, %v", set, err)
	}
	if !strings.Contains(s.visitor().get("/").want(http.StatusOK).body, "The Daily Garden") {
		t.Error("the front page has another name")
	}
}

func TestSettingsMistakesKeepWhatWasTyped(t *testing.T) {
	s := newSite(t)
	v := s.signedIn(moderation.Admin)
	for field, value := range map[string]string{
		"site_name_ar": " ", "site_name_en": strings.Repeat("x", 101), "months": "x", "digits": "", "mode": "", "close_days": "-1",
		"max_links": "many", "max_length": "20", "time_zone": "Local",
	} {
		t.Run(field, func(t *testing.T) {
			values := v.openForm("/admin/settings", "/admin/settings")
			values.Set(field, value)
			a := v.post("/admin/settings", values).want(http.StatusUnprocessableEntity).wantError(field)
			if input := a.doc().Find("input#" + field); input.Length() > 0 && input.AttrOr("value", "") != value {
				t.Errorf("%q became %q", value, input.AttrOr("value", ""))
			}
		})
	}
	if set, err := s.store.Settings(t.Context()); err != nil || set != moderation.DefaultSettings() {
		t.Errorf("refused settings were stored: %+v, %v", set, err)
	}
}

// outbox is a mail server that takes everything until it is broken.
type outbox struct {
	broken error
	to     []string
}

func (o *outbox) Send(_ context.Context, to, subject, text string) error {
	if o.broken == nil && subject != "" && text != "" {
		o.to = append(o.to, to)
	}
	return o.broken
}

func TestTestMail(t *testing.T) {
	box := &outbox{}
	s := newSite(t, func(cfg *handlers.Config) { cfg.Mailer = box })
	v := s.signedIn(moderation.Admin)
	send := func(to string) *answer { return v.post("/admin/settings/mail", url.Values{"to": {to}}) }
	v.wantNotice(send("desk@example.org"))
	for _, to := range []string{"", "desk", "Desk <desk@example.org>", "desk@example.org\r\nBcc: other@example.org"} {
		send(to).want(http.StatusUnprocessableEntity).wantError("to")
	}
	box.broken = errors.New("refused by mail.example.org")
	a := send("desk@example.org").want(http.StatusUnprocessableEntity).wantError("to")
	if strings.Contains(a.body, "mail.example.org") || !strings.Contains(s.log.String(), "mail.example.org") {
		t.Error("the server's words are for the log alone")
	}
	if len(box.to) != 1 || box.to[0] != "desk@example.org" {
		t.Errorf("sent to %v", box.to)
	}

	off := newSite(t).signedIn(moderation.Admin)
	off.post("/admin/settings/mail", url.Values{"to": {"desk@example.org"}}).want(http.StatusUnprocessableEntity)
}
