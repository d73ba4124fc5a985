package moderation

import "unicode"

// arabicBlock is where the 256 characters begin that most of our text consists of.
const arabicBlock = 0x0600

// foldedArabic is foldAnyRune for the Arabic block, as a table.
var foldedArabic = func() (table [0x100]rune) {
	for i := range table {
		table[i] = foldAnyRune(arabicBlock + rune(i))
	}
	return table
}()

// needsNorm reports whether the character may change under NFKC or combine with
// another once Fold has removed the marks of Arabic. Ordinary Arabic and English
// text has none such.
func needsNorm(r rune) bool {
	switch {
	case r < 0x80, r == '«', r == '»',
		r >= 0x0600 && r <= 0x06FF && (r < 0x0675 || r > 0x0678), // letters with a high hamza
		r >= 0x200B && r <= 0x200F,                               // joiners and direction marks
		r >= 0x2012 && r <= 0x2016, r >= 0x2018 && r <= 0x201F,   // dashes and quotation marks
		r >= 0x1F300 && r <= 0x1FAFF, r == 0xFE0F: // emoji
		return false
	}
	return true
}

// foldedAway lists the characters that Fold removes, hamza and madda among them.
var foldedAway = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x0300, Hi: 0x036F, Stride: 1}, // accents
		{Lo: 0x0610, Hi: 0x061A, Stride: 1}, // honorifics, small high letters
		{Lo: 0x0640, Hi: 0x0640, Stride: 1}, // tatweel
		{Lo: 0x064B, Hi: 0x065F, Stride: 1}, // vowel marks, madda, hamza
		{Lo: 0x0670, Hi: 0x0670, Stride: 1}, // superscript alef
		{Lo: 0x0674, Hi: 0x0674, Stride: 1}, // high hamza
		{Lo: 0x06D6, Hi: 0x06ED, Stride: 1}, // Qur'anic annotation
		{Lo: 0x0898, Hi: 0x089F, Stride: 1}, // Arabic marks of later additions
		{Lo: 0x08CA, Hi: 0x08FF, Stride: 1},
		{Lo: 0x115F, Hi: 0x1160, Stride: 1}, // Hangul fillers, without a glyph
		{Lo: 0x1AB0, Hi: 0x1AFF, Stride: 1}, // more accents
		{Lo: 0x1DC0, Hi: 0x1DFF, Stride: 1},
		{Lo: 0x20D0, Hi: 0x20FF, Stride: 1},
		{Lo: 0xFE20, Hi: 0xFE2F, Stride: 1},
	},
}

// foldedLetters gives the Arabic letter for the letters of other spellings and of
// Persian and Urdu.
var foldedLetters = map[rune]rune{
	'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ؤ': 'و', 'ئ': 'ي', '\u06C0': 'ه', '\u06C2': 'ه', '\u06D3': 'ي',
	'ٱ': 'ا', '\u0672': 'ا', '\u0673': 'ا',
	'ى': 'ي', 'ی': 'ي', 'ے': 'ي',
	'ة': 'ه', 'ہ': 'ه', 'ھ': 'ه', 'ۃ': 'ه', 'ە': 'ه',
	'ک': 'ك', 'گ': 'ك', 'ڪ': 'ك',
}
