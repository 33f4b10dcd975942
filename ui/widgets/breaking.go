package widgets

import (
	"strings"
	"unicode"
)

// breakLines breaks a text at spaces, between Chinese characters and at line
// feeds; a word that is wider than the width is broken inside.
func breakLines(text string, style Style, width float32) []string {
	if text == "" {
		return nil
	}
	var lines []string
	for _, part := range strings.Split(strings.ToValidUTF8(text, "\uFFFD"), "\n") { // names of files may hold any bytes
		lines = append(lines, breakPart(pieces(part), style, width)...)
	}
	return lines
}

// piece is text that stays together, with a space before it or not.
type piece struct {
	text  string
	space bool
}

// pieces are the parts of a line between which it may be broken. Chinese has
// no spaces: it may be broken anywhere but before what closes or ends a part of
// a sentence, and behind what opens one.
func pieces(line string) (list []piece) {
	for _, word := range strings.Fields(line) {
		begin, before, space := 0, rune(0), true
		for at, r := range word {
			if at > 0 && breaksBetween(before, r) {
				list = append(list, piece{word[begin:at], space})
				begin, space = at, false
			}
			before = r
		}
		list = append(list, piece{word[begin:], space})
	}
	return list
}

func breaksBetween(a, b rune) bool {
	if strings.ContainsRune("，。、；：？！）》」』”’…％%,.;:?!)", b) || strings.ContainsRune("（《「『“‘(", a) {
		return false
	}
	return ideograph(a) || ideograph(b)
}

func ideograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFF60
}

func breakPart(words []piece, style Style, width float32) []string {
	line, lines := "", []string(nil)
	for _, next := range words {
		candidate, word := line+next.text, next.text
		if next.space && line != "" {
			candidate = line + " " + next.text
		}
		if style.measure(candidate).Width <= width {
			line = candidate
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for style.measure(word).Width > width && len([]rune(word)) > 1 {
			head := fitting(word, style, width)
			lines, word = append(lines, head), word[len(head):]
		}
		line = word
	}
	return append(lines, line)
}

// fitting returns the longest beginning of a word that fits, at least a rune.
func fitting(word string, style Style, width float32) string {
	runes := []rune(word)
	n := 1
	for n < len(runes) && style.measure(string(runes[:n+1])).Width <= width {
		n++
	}
	return string(runes[:n])
}
