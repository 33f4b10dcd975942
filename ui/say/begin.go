package say

import (
	"unicode"
	"unicode/utf8"
)

// Begin makes words the beginning of a sentence.
func Begin(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
