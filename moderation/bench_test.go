package moderation

import (
	"strings"
	"testing"
)

// paragraph is what a long comment may hold: about 1,000 characters, some vowelled.
var paragraph = strings.Repeat("قرأتُ المقالَ كُلَّهُ، والكاتب محقّ في ما قال عن أسعار الخبز. I agree, see https://example.com/a ", 10)

func BenchmarkClean(b *testing.B) {
	for b.Loop() {
		_, _, _ = Clean(paragraph)
	}
}

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		Fold(paragraph)
	}
}

func BenchmarkScreen(b *testing.B) {
	c, set := Comment{Body: paragraph}, DefaultSettings()
	for b.Loop() {
		Screen(c, Signals{}, ModeBefore, set)
	}
}
