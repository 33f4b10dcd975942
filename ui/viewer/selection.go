package viewer

import (
	"strings"
	"unicode"
)

// spot is a place between two characters of a text as it is shown.
type spot struct{ line, column int }

func (s spot) before(t spot) bool {
	return s.line < t.line || s.line == t.line && s.column < t.column
}

// selection is what is selected of a text: from where it began to where it was
// moved, in either direction. The zero value is nothing.
type selection struct{ from, to spot }

func (s selection) empty() bool { return s.from == s.to }

// ordered returns the ends as they follow in the text.
func (s selection) ordered() (first, last spot) {
	if s.to.before(s.from) {
		return s.to, s.from
	}
	return s.from, s.to
}

// of returns which characters of a shown line are selected; from == to is none.
func (s selection) of(line, length int) (from, to int) {
	first, last := s.ordered()
	if s.empty() || line < first.line || line > last.line {
		return 0, 0
	}
	to = length
	if line == first.line {
		from = min(first.column, length)
	}
	if line == last.line {
		to = min(last.column, length)
	}
	return from, to
}

// text is what is selected. Lines that were broken for being too long are whole
// again.
func (s selection) text(shown []wrapped) string {
	var b strings.Builder
	first, last := s.ordered()
	for i := first.line; i <= last.line && i < len(shown); i++ {
		if i > first.line && shown[i].line != shown[i-1].line {
			b.WriteByte('\n')
		}
		runes := []rune(shown[i].text)
		from, to := s.of(i, len(runes))
		b.WriteString(string(runes[from:to]))
	}
	return b.String()
}

// allOf selects a whole text.
func allOf(shown []wrapped) selection {
	if len(shown) == 0 {
		return selection{}
	}
	last := len(shown) - 1
	return selection{to: spot{last, len([]rune(shown[last].text))}}
}

// wordAt selects the word at a place of a line, or the one character there.
func wordAt(text string, at spot) selection {
	runes := []rune(text)
	if at.column >= len(runes) {
		return selection{}
	}
	part := func(i int) bool {
		r := runes[i]
		return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'
	}
	from, to := at.column, at.column+1
	for part(at.column) && from > 0 && part(from-1) {
		from--
	}
	for part(at.column) && to < len(runes) && part(to) {
		to++
	}
	return selection{spot{at.line, from}, spot{at.line, to}}
}
