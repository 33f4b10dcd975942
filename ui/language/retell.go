package language

import (
	"fmt"
	"regexp"
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
	best, said := 0, sentence
	for format, text := range t.words {
		pieces := place.Split(format, -1)
		own := len(strings.Join(pieces, ""))
		if own < max(best, leastKnown) || own == best && text >= said {
			continue // the same one of several each time
		}
		if values, ok := between(sentence, pieces); ok && len(values) > 0 {
			best, said = own, fmt.Sprintf(place.ReplaceAllString(text, "%${1}s"), values...)
		}
	}
	return said
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
