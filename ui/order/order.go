// Package order sorts things as people expect them.
package order

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names compares names without case, and numbers in them by value: "2" comes
// before "10". It is an order, and equal only for names that are the same.
func Names(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		if m, n := digits(x), digits(y); m > 0 && n > 0 {
			if c := compareNumbers(x[:m], y[:n]); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		p, m := letter(x)
		q, n := letter(y)
		if p != q {
			return int(p) - int(q)
		}
		x, y = x[m:], y[n:]
	}
	if len(x) != len(y) {
		return len(x) - len(y)
	}
	return strings.Compare(a, b)
}

// letter is the first letter of a text, small, and how many bytes it takes.
func letter(s string) (rune, int) {
	switch c := s[0]; {
	case 'A' <= c && c <= 'Z':
		return rune(c) + 'a' - 'A', 1
	case c < utf8.RuneSelf:
		return rune(c), 1
	}
	r, n := utf8.DecodeRuneInString(s)
	return unicode.ToLower(r), n
}

// Key is a text that compares as Names does, for sorting many names: those of
// equal keys are in the order of their bytes. Runs of more than 255 digits
// count as equally long.
func Key(name string) string {
	var key strings.Builder
	for rest := name; rest != ""; {
		n := digits(rest)
		if n == 0 {
			r, m := letter(rest)
			key.WriteRune(r)
			rest = rest[m:]
			continue
		}
		number := strings.TrimLeft(rest[:n], "0")
		key.WriteByte('0') // sorts among other letters as digits do
		key.WriteByte(byte(min(len(number), 255)))
		key.WriteString(number)
		rest = rest[n:]
	}
	return key.String()
}

// digits is how many of them a text begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
