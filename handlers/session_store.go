package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gorilla/sessions"

	"radd/auth"
	"radd/db"
	"radd/moderation"
)

// How long a session lives: without a request, and in all.
const (
	sessionIdle = 2 * time.Hour
	sessionLife = 12 * time.Hour
	sessionSeen = time.Minute // how exactly the last request is recorded
)

// The values of a session.
const (
	valueMember = "member" // moderation.Member, also set before saving a new session
	valueRow    = "row"    // db.Session
)

// sessionStore keeps sessions as rows of the database, so that they end when their
// row does. The cookie holds a random id, the row its hash. An id that has no row
// is never taken over: a new session always gets a new id.
type sessionStore struct {
	store  *db.Store
	secure bool
	now    func() time.Time
}

var _ sessions.Store = (*sessionStore)(nil)

// cookieName says by its prefix that the cookie is Secure, for this host alone.
func (s *sessionStore) cookieName() string {
	if s.secure {
		return "__Host-radd_session"
	}
	return "radd_session"
}

func (s *sessionStore) hasCookie(r *http.Request) bool {
	_, err := r.Cookie(s.cookieName())
	return err == nil
}

// Get returns the request's session, which is read once per request.
func (s *sessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New returns the session of the request's cookie, or a new empty one.
func (s *sessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	session := sessions.NewSession(s, name)
	session.IsNew = true
	session.Options = &sessions.Options{
		Path: "/", MaxAge: int(sessionLife.Seconds()), Secure: s.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
	cookie, err := r.Cookie(name)
	if err != nil {
		return session, nil //nolint:nilerr // a request without the cookie has no session
	}
	now := s.now()
	row, member, err := s.store.SessionByHash(r.Context(), auth.HashToken(cookie.Value), now, now.Add(-sessionIdle))
	if errors.Is(err, moderation.ErrNotFound) {
		return session, nil
	}
	if err != nil {
		return session, fmt.Errorf("reading the session: %w", err)
	}
	session.ID, session.IsNew = cookie.Value, false
	session.Values[valueMember], session.Values[valueRow] = member, row
	if now.Sub(row.SeenAt) > sessionSeen {
		if err := s.store.TouchSession(r.Context(), row.Hash, now); err != nil {
			return session, fmt.Errorf("recording the session's use: %w", err)
		}
	}
	return session, nil
}

// Save stores a new session under a new id, or ends one whose MaxAge is negative.
func (s *sessionStore) Save(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	if session.Options.MaxAge < 0 {
		if session.ID != "" {
			if err := s.store.DeleteSession(r.Context(), auth.HashToken(session.ID)); err != nil {
				return fmt.Errorf("ending the session: %w", err)
			}
		}
		http.SetCookie(w, sessions.NewCookie(session.Name(), "", session.Options))
		return nil
	}
	if session.ID == "" {
		if err := s.add(r, session); err != nil {
			return err
		}
	}
	http.SetCookie(w, sessions.NewCookie(session.Name(), session.ID, session.Options))
	return nil
}

func (s *sessionStore) add(r *http.Request, session *sessions.Session) error {
	member, ok := session.Values[valueMember].(moderation.Member)
	if !ok {
		return errors.New("a session needs a member")
	}
	now := s.now()
	token := auth.NewToken()
	agent, _, err := moderation.CleanLine(r.UserAgent())
	if err != nil {
		agent = ""
	}
	err = s.store.AddSession(r.Context(), db.Session{
		Hash: auth.HashToken(token), MemberID: member.ID, CreatedAt: now, SeenAt: now,
		ExpiresAt: now.Add(sessionLife), UserAgent: truncate(agent, maxUserAgent),
	})
	if err != nil {
		return fmt.Errorf("storing the session: %w", err)
	}
	session.ID = token
	return nil
}
