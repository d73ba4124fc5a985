package moderation

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// tricky are characters that text rules stumble over, alone and beside each other.
var tricky = []rune("اأإآٱىئؤةهءیکگہھےۀلمـًٌٍَُِّْٰٕٓٔۖۛ٠٩۰۹09٫" + // Arabic
	"aAzZéÉßẞİıſςΣKŁ½ﬁ①ａ！" + // Latin and compatibility
	"\u0300\u0301\u0308\u0323\u034F\u0345\u0338\u20DD\uFE0F" + // marks
	"ﻻﷺﷲﷻ\uFE70\uFE71\uFC5E\u0675" + // presentation forms
	"\u200B\u200C\u200D\u200E\u200F\u061C\u00AD\u2060" + // without a glyph, kept
	"\u202A\u202E\u2066\u2069\uFEFF\u2028\u2029\uFDD0\uFFFE\u0001\u007F\u0085\u009F" + // removed
	" \t\n\r\u00A0\u3000" + // white space
	"かﾞ\u3099ハ\u1100\u1161\u11A8가\u1160각\u09C7\u09BEক\u0BC6\u0BBEไ\u0E48\u05D0\u05B8" + // that compose or stack
	"👩❤🏽🇸🇾«».,-_/@:#?%'\"<>&\\")

// text generates valid text rich in tricky characters, with long runs.
func text() *rapid.Generator[string] {
	one := rapid.OneOf(rapid.SampledFrom(tricky), rapid.Rune())
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for range rapid.IntRange(0, 30).Draw(t, "parts") {
			times := 1
			if rapid.IntRange(0, 4).Draw(t, "repeat") == 0 {
				times = rapid.IntRange(2, 40).Draw(t, "times")
			}
			b.WriteString(strings.Repeat(string(one.Draw(t, "rune")), times))
		}
		return b.String()
	})
}

// anyBytes generates text, and bytes that are none.
func anyBytes() *rapid.Generator[string] {
	raw := rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })
	return rapid.OneOf(text(), raw)
}

// everyRune calls check with each character of the planes that have scripts and
// symbols, and of those set aside for compatibility and tags.
func everyRune(t *testing.T, check func(r rune)) {
	t.Helper()
	for _, plane := range [][2]rune{{1, 0xD7FF}, {0xE000, 0x1FFFF}, {0x2F800, 0x2FA1F}, {0xE0000, 0xE01FF}, {0x10FFFD, 0x10FFFF}} {
		for r := plane[0]; r <= plane[1]; r++ {
			check(r)
		}
	}
}
