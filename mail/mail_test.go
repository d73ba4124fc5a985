package mail

import (
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"net/textproto"
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for address, from := range map[string]string{
		"smtp://localhost:2525":                                            "radd@localhost",
		"smtp://mail.example.org":                                          "radd@mail.example.org",
		"smtps://desk%40example.org:se%40cret@mail.example.org:465":        "desk@example.org",
		"smtp://user:secret@mail.example.org:587?from=replies@example.org": "replies@example.org",
		"smtp://[::1]:25":                                                  "radd@localhost",
		"smtp://user:secret@127.0.0.1:25?from=Desk+%3Cdesk@example.org%3E": "Desk <desk@example.org>",
	} {
		s, err := Parse(address)
		if err != nil {
			t.Errorf("Parse(%q): %v", address, err)
			continue
		}
		if s.from != from {
			t.Errorf("Parse(%q) sends from %q, want %q", address, s.from, from)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, address := range []string{
		"", "mail.example.org", "mail.example.org:25", "http://mail.example.org", "smtp://", "smtp://:25",
		"smtp://host:0", "smtp://host:99999", "smtp://host:port", "smtp://host/path", "smtp://host#part",
		"smtp://user@host", "smtp://:topsecret@host", "smtp://host?tls=none", "smtp://host?from=nobody", "smtp://user:topsecret@ho st",
	} {
		_, err := Parse(address)
		if !errors.Is(err, ErrURL) {
			t.Errorf("Parse(%q) gave %v, want ErrURL", address, err)
		} else if strings.Contains(err.Error(), "topsecret") {
			t.Errorf("Parse(%q) repeats the password: %v", address, err)
		}
	}
}

// server is a mail server for one connection. It takes PLAIN authentication and
// refuses recipients that begin with "nobody".
type server struct {
	listener net.Listener
	auth     string
	from, to string
	message  string
	finished chan struct{}
}

func startServer(t *testing.T) *server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{listener: listener, finished: make(chan struct{})}
	go s.serve()
	t.Cleanup(func() {
		_ = listener.Close()
		<-s.finished
	})
	return s
}

func (s *server) serve() {
	defer close(s.finished)
	conn, err := s.listener.Accept()
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second)) // a client that hangs up silently fails the test
	text := textproto.NewConn(conn)
	_ = text.PrintfLine("220 test")
	for {
		line, err := text.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		if s.answer(text, strings.ToUpper(verb), rest) {
			return
		}
	}
}

func (s *server) answer(text *textproto.Conn, verb, rest string) (quit bool) {
	reply := "250 fine"
	switch verb {
	case "EHLO", "HELO":
		reply = "250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN"
	case "AUTH":
		s.auth, reply = rest, "235 welcome"
	case "MAIL":
		s.from = rest
	case "RCPT":
		s.to = rest
		if strings.Contains(rest, "nobody") {
			reply = "550 no such mailbox: " + rest
		}
	case "DATA":
		_ = text.PrintfLine("354 go on")
		body, _ := io.ReadAll(text.DotReader())
		s.message = string(body)
	case "QUIT":
		_ = text.PrintfLine("221 bye")
		return true
	}
	_ = text.PrintfLine("%s", reply)
	return false
}

func TestSend(t *testing.T) {
	s := startServer(t)
	sender, err := Parse("smtp://desk:secret@" + s.listener.Addr().String() + "?from=desk@example.org")
	if err != nil {
		t.Fatal(err)
	}
	subject := "نُشر ردّك على «موسم الزيتون»\r\nBcc: stranger@example.org"
	text := "مرحباً،\n\nنُشر ردّك.\n"
	if err := sender.Send(t.Context(), "reader@example.net", subject, text); err != nil {
		t.Fatal(err)
	}
	<-s.finished
	if s.auth != "PLAIN AGRlc2sAc2VjcmV0" {
		t.Errorf("authenticated with %q", s.auth)
	}
	if !strings.Contains(s.from, "<desk@example.org>") || !strings.Contains(s.to, "<reader@example.net>") {
		t.Errorf("envelope from %q to %q", s.from, s.to)
	}
	msg, err := netmail.ReadMessage(strings.NewReader(s.message))
	if err != nil {
		t.Fatal(err)
	}
	got, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if err != nil || !strings.HasPrefix(got, "نُشر ردّك على «موسم الزيتون»") {
		t.Errorf("subject %q, %v", got, err)
	}
	if msg.Header.Get("Bcc") != "" {
		t.Error("a line break in the subject became a header")
	}
	body, err := io.ReadAll(quotedprintable.NewReader(msg.Body))
	if err != nil || strings.TrimSpace(strings.ReplaceAll(string(body), "\r\n", "\n")) != strings.TrimSpace(text) {
		t.Errorf("body %q, %v", body, err)
	}
}

func TestSendKeepsTheRecipientOutOfErrors(t *testing.T) {
	s := startServer(t)
	sender, err := Parse("smtp://" + s.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	err = sender.Send(t.Context(), "nobody@example.net", "a", "b")
	if err == nil || !strings.Contains(err.Error(), "550") || strings.Contains(err.Error(), "example.net") {
		t.Errorf("a refused recipient gave %v", err)
	}
	err = sender.Send(t.Context(), "no address", "a", "b")
	if err == nil || strings.Contains(err.Error(), "no address") {
		t.Errorf("a malformed recipient gave %v", err)
	}
}

func TestAPasswordInsistsOnTLS(t *testing.T) {
	for address, mandatory := range map[string]bool{
		"smtp://user:secret@mail.example.org": true,
		"smtp://mail.example.org":             false,
		"smtp://user:secret@localhost":        false,
		"smtp://user:secret@[::1]":            false,
	} {
		sender, err := Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		client, err := sender.client()
		if err != nil {
			t.Fatal(err)
		}
		if got := client.TLSPolicy() == "TLSMandatory"; got != mandatory {
			t.Errorf("%s: policy %s", address, client.TLSPolicy())
		}
	}
}
