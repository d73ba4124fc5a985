// Package mail sends plain text messages through an SMTP server.
package mail

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// ErrURL refuses an address of a mail server. It does not repeat the address,
// because that may hold a password.
var ErrURL = errors.New("not smtp://user:password@host:port or smtps://user:password@host:port")

// The ports of message submission, in clear with STARTTLS (RFC 6409) and under TLS
// from the first byte (RFC 8314).
const (
	portSubmission  = 587
	portSubmissions = 465
)

// timeout bounds one message from connecting to the server's last answer.
const timeout = 30 * time.Second

// Sender sends messages through one server. It may be used concurrently.
type Sender struct {
	host string
	from string
	opts []gomail.Option
}

// Parse reads the address of a mail server. smtps:// speaks TLS from the first byte,
// smtp:// changes to TLS as soon as the server offers it, and insists on that before
// it sends a password to another machine. The sender's address is the parameter
// "from" (…?from=desk@example.org), else the user where that is an address, else
// radd@host. The error is ErrURL.
func Parse(address string) (*Sender, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Path != "" || u.Fragment != "" || u.Opaque != "" {
		return nil, ErrURL
	}
	s := &Sender{host: u.Hostname()}
	s.opts = []gomail.Option{gomail.WithTimeout(timeout)}
	if err := s.transport(u); err != nil {
		return nil, err
	}
	if err := s.account(u); err != nil {
		return nil, err
	}
	return s, nil
}

// transport takes the port and how TLS begins from u.
func (s *Sender) transport(u *url.URL) error {
	port := portSubmission
	switch u.Scheme {
	case "smtps":
		port = portSubmissions
		s.opts = append(s.opts, gomail.WithSSL())
	case "smtp":
		s.opts = append(s.opts, gomail.WithTLSPolicy(policy(u)))
	default:
		return ErrURL
	}
	if text := u.Port(); text != "" {
		var err error
		if port, err = strconv.Atoi(text); err != nil || port < 1 || port > 65535 {
			return ErrURL
		}
	}
	s.opts = append(s.opts, gomail.WithPort(port))
	return nil
}

// policy tells when smtp:// insists on TLS: where a password would cross a network.
func policy(u *url.URL) gomail.TLSPolicy {
	if u.User != nil && !isLoopback(u.Hostname()) {
		return gomail.TLSMandatory
	}
	return gomail.TLSOpportunistic
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// account takes the user, the password and the sender's address from u.
func (s *Sender) account(u *url.URL) error {
	name := u.User.Username()
	if u.User != nil {
		password, _ := u.User.Password()
		if name == "" || password == "" {
			return ErrURL
		}
		// PLAIN and LOGIN send the password itself; the library refuses them without
		// TLS to another machine.
		s.opts = append(s.opts, gomail.WithUsername(name), gomail.WithPassword(password), gomail.WithOpportunisticSMTPAuth(
			gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return ErrURL
	}
	for key := range query {
		if key != "from" {
			return ErrURL
		}
	}
	switch s.from = query.Get("from"); {
	case s.from != "":
	case strings.Contains(name, "@"):
		s.from = name
	case strings.Contains(s.host, ":"):
		s.from = "radd@localhost"
	default:
		s.from = "radd@" + s.host
	}
	if err := gomail.NewMsg().From(s.from); err != nil {
		return ErrURL
	}
	return nil
}

// Server returns the server's host name, which is no secret.
func (s *Sender) Server() string { return s.host }

func (s *Sender) client() (*gomail.Client, error) { return gomail.NewClient(s.host, s.opts...) }

// Send sends text to one address. It returns when the server has taken the message,
// at most half a minute later.
func (s *Sender) Send(ctx context.Context, to, subject, text string) error {
	msg := gomail.NewMsg()
	if err := msg.From(s.from); err != nil {
		return fmt.Errorf("mail: sender: %w", err)
	}
	if err := msg.To(to); err != nil {
		return errors.New("mail: the recipient's address is malformed")
	}
	msg.Subject(subject)
	msg.SetUserAgent("Radd")
	msg.SetBodyString(gomail.TypeTextPlain, text)
	client, err := s.client()
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return fmt.Errorf("mail: through %s: %w", s.host, withoutAddress(err))
	}
	return nil
}

// withoutAddress keeps the recipient out of errors, which end in logs: the library
// and the servers repeat it there.
func withoutAddress(err error) error {
	var refused *gomail.SendError
	if errors.As(err, &refused) {
		return fmt.Errorf("%s: the server answered %d %s", refused.Reason, refused.ErrorCode(), refused.EnhancedStatusCode())
	}
	return err
}
