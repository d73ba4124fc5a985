// Package moderation is the domain of Radd: what a comment is, what its text may
// contain, the first verdict on it, who may decide what, and what a decision
// changes. It knows no SQL, no HTTP, no HTML and no clock: "now" and identifiers
// are passed in, so every rule can be tested as a plain function.
package moderation
