package viewer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

const (
	mostWordBytes = 8 << 20 // of a text
	tabWidth      = 4
)

var errBinary = errors.New("not a text")

// readWords turns bytes into lines. UTF-8 and UTF-16 are known by their marks,
// UTF-8 without one by being valid; everything else is taken for Latin-1. What
// holds zero bytes is no text.
func readWords(raw []byte) ([]string, error) {
	text, ok := "", true
	switch {
	case bytes.HasPrefix(raw, []byte{0xEF, 0xBB, 0xBF}):
		text = strings.ToValidUTF8(string(raw[3:]), "\uFFFD")
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		text = wide(raw[2:], binary.LittleEndian)
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		text = wide(raw[2:], binary.BigEndian)
	case bytes.IndexByte(raw, 0) >= 0:
		ok = false
	case utf8.Valid(raw):
		text = string(raw)
	default:
		text = latin(raw)
	}
	if !ok {
		return nil, fault.Say(errBinary, "%s", lang.L("This file is not a text. Open it with another program."))
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = shownLine(line)
	}
	return lines, nil
}

func wide(raw []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units))
}

func latin(raw []byte) string {
	runes := make([]rune, len(raw))
	for i, b := range raw {
		runes[i] = rune(b)
	}
	return string(runes)
}

// shownLine spreads tabs and takes out what would not show, or would turn the
// direction of what follows.
func shownLine(line string) string {
	if strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return line
	}
	var b strings.Builder
	column := 0
	for _, r := range line {
		switch {
		case r == '\t':
			n := tabWidth - column%tabWidth
			b.WriteString(strings.Repeat(" ", n))
			column += n
			continue
		case unicode.IsPrint(r), unicode.IsSpace(r):
			b.WriteRune(r)
		case unicode.Is(unicode.Cf, r):
			continue
		default:
			b.WriteRune('\uFFFD')
		}
		column++
	}
	return b.String()
}

// wrapped is a line as it is shown, and the line of the file that it is of.
type wrapped struct {
	text string
	line int
}

// wrap breaks lines at a number of columns, between words where it can.
func wrap(lines []string, columns int) []wrapped {
	columns = max(columns, 8)
	out := make([]wrapped, 0, len(lines))
	for i, line := range lines {
		runes := []rune(line)
		for len(runes) > columns {
			cut := columns
			for k := columns; k > columns/2; k-- {
				if runes[k-1] == ' ' {
					cut = k
					break
				}
			}
			out = append(out, wrapped{string(runes[:cut]), i})
			runes = runes[cut:]
		}
		out = append(out, wrapped{string(runes), i})
	}
	return out
}

// find returns the shown lines that hold a text, without regard to case.
func find(shown []wrapped, text string) []int {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return nil
	}
	var hits []int
	for i, l := range shown {
		if strings.Contains(strings.ToLower(l.text), text) {
			hits = append(hits, i)
		}
	}
	return hits
}
