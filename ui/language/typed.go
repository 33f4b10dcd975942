package language

import (
	"errors"
	"strings"
	"unicode"
)

// What [Form.Read] says of text that it does not read.
var (
	ErrNumber  = errors.New("not a number")
	ErrUnclear = errors.New("a mark that may stand for decimals or for thousands")
)

// Read reads a number the way people of any language type it, and returns it
// with a point and without groups: "12.5", or "12." while it is being typed. It
// is the way back from [Form.Number].
//
// A mark is read as what it can only be: in "12,5" and "1.284,372" there is one
// way. Where there are two, as in "1,000", it is read as the decimal mark of the
// language if no other meaning is likely, and else it is ErrUnclear: an amount
// must never be read a thousand times too large or too small.
func (f Form) Read(text string) (string, error) {
	text, err := ungrouped(strings.Map(spaces, strings.TrimSpace(text)))
	if err != nil || strings.Trim(text, "0123456789.,") != "" {
		return "", ErrNumber
	}
	point, comma := strings.Count(text, "."), strings.Count(text, ",")
	switch {
	case point+comma == 0:
		return text, nil
	case point > 0 && comma > 0:
		return bothMarks(text)
	case point+comma > 1:
		return joined(text, mark(text))
	}
	return f.oneMark(text, mark(text))
}

// spaces makes one of all kinds of spaces and marks that stand between
// thousands and nowhere else.
func spaces(r rune) rune {
	if unicode.IsSpace(r) || r == '\'' || r == '’' {
		return ' '
	}
	return r
}

// ungrouped takes out spaces between thousands.
func ungrouped(text string) (string, error) {
	whole, rest := text, ""
	if at := strings.IndexAny(text, ".,"); at >= 0 {
		whole, rest = text[:at], text[at:]
	}
	if !strings.Contains(text, " ") {
		return text, nil
	}
	whole, err := joined(whole, " ")
	if err != nil || strings.Contains(rest, " ") || strings.Count(rest, ".")+strings.Count(rest, ",") > 1 {
		return "", ErrNumber
	}
	return whole + rest, nil
}

// mark is the mark that a text has last.
func mark(text string) string { return text[strings.LastIndexAny(text, ".,"):][:1] }

// joined takes out the marks between thousands, which have three digits each.
func joined(text, mark string) (string, error) {
	parts := strings.Split(text, mark)
	for i, part := range parts {
		if strings.Trim(part, "0123456789") != "" || len(part) != 3 && i > 0 || len(part) < 1 || len(part) > 3 || parts[0][0] == '0' {
			return "", ErrNumber
		}
	}
	return strings.Join(parts, ""), nil
}

// bothMarks reads a number with points and commas: the last is for decimals.
func bothMarks(text string) (string, error) {
	last := mark(text)
	whole, fraction, _ := strings.Cut(text, last)
	other := map[string]string{".": ",", ",": "."}[last]
	whole, err := joined(whole, other)
	if err != nil || strings.ContainsAny(fraction, ".,") {
		return "", ErrNumber
	}
	return whole + "." + fraction, nil
}

// oneMark reads a number with one mark.
func (f Form) oneMark(text, mark string) (string, error) {
	whole, fraction, _ := strings.Cut(text, mark)
	if whole == "" && fraction != "" {
		return "", ErrNumber
	}
	thousands := len(fraction) == 3 && len(whole) <= 3 && whole[0] != '0'
	if thousands && (mark != f.Decimal || fraction[2] == '0') { // nobody ends decimals with a zero
		return "", ErrUnclear
	}
	return whole + "." + fraction, nil
}
