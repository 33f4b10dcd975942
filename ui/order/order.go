// Package order sorts things as people expect them.
package order

import "strings"

// Names compares names without case, and numbers in them by value: "2" comes
// before "10". It is an order, and equal only for names that are the same.
func Names(a, b string) int {
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	for len(x) > 0 && len(y) > 0 {
		m, n := digits(x), digits(y)
		if m > 0 && n > 0 {
			if c := compareNumbers(string(x[:m]), string(y[:n])); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			return int(x[0]) - int(y[0])
		}
		x, y = x[1:], y[1:]
	}
	if len(x) != len(y) {
		return len(x) - len(y)
	}
	return strings.Compare(a, b)
}

// Key is a text that compares as Names does, for sorting many names: those of
// equal keys are in the order of their bytes. Runs of more than 255 digits
// count as equally long.
func Key(name string) string {
	var key strings.Builder
	for rest := []rune(strings.ToLower(name)); len(rest) > 0; {
		n := digits(rest)
		if n == 0 {
			key.WriteRune(rest[0])
			rest = rest[1:]
			continue
		}
		number := strings.TrimLeft(string(rest[:n]), "0")
		key.WriteByte('0') // sorts among other letters as digits do
		key.WriteByte(byte(min(len(number), 255)))
		key.WriteString(number)
		rest = rest[n:]
	}
	return key.String()
}

func digits(r []rune) int {
	n := 0
	for n < len(r) && r[n] >= '0' && r[n] <= '9' {
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
