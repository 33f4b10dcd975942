package language

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// place is a place in a sentence of package fault where a value belongs; its
// translation may count the values.
var place = regexp.MustCompile(`%(\[\d+\])?(?:\.\d+)?[a-z]`)

// leastKnown is how many letters of a sentence have to be its own, so that it is
// known by them.
const leastKnown = 12

// Retell says a finished English sentence, one whose values are in it already.
// It is known by the words around them. One that is not known is said as it is.
func Retell(sentence string) string {
	t := now()
	if text, ok := t.words[sentence]; ok {
		return text
	}
	for _, f := range t.formats() {
		if values, ok := between(sentence, f.pieces); ok {
			return fmt.Sprintf(f.text, values...)
		}
	}
	return sentence
}

// format is a sentence with places for values, and its translation.
type format struct {
	pieces []string // what stands around the places
	own    int      // letters of all of them
	text   string
}

// formatsOf are those of a table that can be known by their words, the longest
// first.
func formatsOf(words map[string]string) []format {
	var list []format
	for english, text := range words {
		f := format{pieces: place.Split(english, -1), text: place.ReplaceAllString(text, "%${1}s")}
		if f.own = len(strings.Join(f.pieces, "")); len(f.pieces) > 1 && f.own >= leastKnown {
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(a, b format) int { return cmp.Or(b.own-a.own, cmp.Compare(a.text, b.text)) })
	return list
}

// between returns what stands between the pieces of a sentence.
func between(sentence string, pieces []string) (values []any, ok bool) {
	rest, ok := strings.CutPrefix(sentence, unescaped(pieces[0]))
	for i := 1; ok && i < len(pieces); i++ {
		piece, at := unescaped(pieces[i]), 0
		if i == len(pieces)-1 {
			at = len(rest) - len(piece)
			ok = strings.HasSuffix(rest, piece)
		} else {
			at = strings.Index(rest, piece)
			ok = at >= 0 && piece != ""
		}
		if ok {
			values, rest = append(values, rest[:at]), rest[at+len(piece):]
		}
	}
	return values, ok
}

// unescaped is a piece of a format as it stands in the sentence.
func unescaped(piece string) string { return strings.ReplaceAll(piece, "%%", "%") }
