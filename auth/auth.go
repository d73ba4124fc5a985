// Package auth makes and checks passwords and random tokens.
package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// NewToken returns 256 random bits as 43 characters that are safe in an address.
func NewToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails (it stops the program instead)
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// HashToken returns the SHA-256 of a token in hexadecimal. A token has 256 random
// bits, so a fast hash is enough to store it safely.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
