package handlers

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// sealer makes what only this installation can make: the stamps of forms, the keys
// of submissions and the tokens of private links.
type sealer struct {
	key []byte
}

const (
	stampTime   = 8
	stampRandom = 12
	stampMAC    = 16
)

// stamp returns when a form was made, with random bytes, signed.
func (s sealer) stamp(now time.Time) string {
	b := make([]byte, stampTime+stampRandom, stampTime+stampRandom+stampMAC)
	binary.BigEndian.PutUint64(b, uint64(now.UnixMilli()))
	_, _ = rand.Read(b[stampTime:]) // never fails
	return base64.RawURLEncoding.EncodeToString(append(b, s.mac("stamp", b)[:stampMAC]...))
}

// age reads a stamp and returns how old it is at the moment now; not ok where the
// stamp is not ours.
func (s sealer) age(stamp string, now time.Time) (age time.Duration, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(stamp)
	if err != nil || len(b) != stampTime+stampRandom+stampMAC {
		return 0, false
	}
	body, mac := b[:stampTime+stampRandom], b[stampTime+stampRandom:]
	if !hmac.Equal(mac, s.mac("stamp", body)[:stampMAC]) {
		return 0, false
	}
	made := time.UnixMilli(int64(binary.BigEndian.Uint64(body))) //nolint:gosec // G115: signed by us, so it fits
	return max(now.Sub(made), 0), true
}

// submission returns the key of one form as it was sent: the same form sent again
// has the same key, another text from the same (perhaps cached) form another one.
func (s sealer) submission(stamp string, fields ...string) string {
	b := []byte(stamp)
	for _, field := range fields {
		b = binary.BigEndian.AppendUint64(b, uint64(len(field)))
		b = append(b, field...)
	}
	return hex.EncodeToString(s.mac("submission", b))
}

// token returns the token of the private link of a submission. It has the form of
// auth.NewToken and cannot be computed without the key.
func (s sealer) token(submission string) string {
	return base64.RawURLEncoding.EncodeToString(s.mac("token", []byte(submission)))
}

func (s sealer) mac(purpose string, b []byte) []byte {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(purpose + "\x00"))
	h.Write(b)
	return h.Sum(nil)
}

// blind returns what stands for a personal value as a key: equal for equal values,
// and nobody without the key can tell which value it was.
func (s sealer) blind(value string) string {
	return hex.EncodeToString(s.mac("blind", []byte(value)))
}
