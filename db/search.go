package db

import (
	"strings"
	"unicode/utf8"

	"radd/moderation"
)

// The limits of a search: more words or longer ones find nothing more, they only
// cost time.
const (
	maxQueryWords  = 16
	maxQueryWord   = 64 // characters
	minPrefixQuery = 2  // a last word of at least so many characters may go on
)

// queryWords returns the words to look for.
func queryWords(query string) []string {
	words := moderation.Words(query)
	words = words[:min(len(words), maxQueryWords)]
	for i, word := range words {
		if utf8.RuneCountInString(word) > maxQueryWord {
			words[i] = string([]rune(word)[:maxQueryWord])
		}
	}
	return words
}

// matchQuery writes the words as a full-text query: all must occur, and the last one,
// which may not be typed to its end, also as the beginning of a word. Words hold
// letters and digits alone, so the quotes keep each from being an operator. It is
// empty where the query has no words.
func matchQuery(query string) string {
	words := queryWords(query)
	if len(words) == 0 {
		return ""
	}
	last := words[len(words)-1]
	match := `"` + strings.Join(words, `" "`)
	if utf8.RuneCountInString(last) >= minPrefixQuery {
		match += "*"
	}
	return match + `"`
}
