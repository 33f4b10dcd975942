package keys

import (
	"bytes"
	"slices"
	"strings"

	bip39 "github.com/cosmos/go-bip39"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Complete returns the words that begin with prefix, in order, at most limit
// of them. Four letters are enough for a single one.
func Complete(prefix []byte, limit int) []string {
	lower := bytes.ToLower(prefix)
	defer Wipe(lower)
	at, _ := slices.BinarySearchFunc(bip39.WordList, lower, func(word string, prefix []byte) int {
		return bytes.Compare([]byte(word), prefix)
	})
	var found []string
	for _, word := range bip39.WordList[at:] {
		if len(found) == limit || !strings.HasPrefix(word, string(lower)) {
			break
		}
		found = append(found, word)
	}
	return found
}

// mostSlips is how many typing errors a suggestion forgives.
const mostSlips = 2

// Suggest returns the words nearest to a misspelled one, the best first: those
// that need the fewest letters added, left out, exchanged or swapped, and at
// most two.
func Suggest(word []byte, limit int) []string {
	lower := bytes.ToLower(word)
	defer Wipe(lower)
	var near [mostSlips + 1][]string
	for _, candidate := range bip39.WordList {
		if d := slips(lower, candidate); d <= mostSlips {
			near[d] = append(near[d], candidate)
		}
	}
	found := slices.Concat(near[:]...)
	return found[:min(len(found), limit)]
}

// slips is the distance of Damerau and Levenshtein (optimal string alignment)
// between two words, or more than mostSlips where that is certain early.
func slips(a []byte, b string) int {
	if len(a) > 12 || max(len(a)-len(b), len(b)-len(a)) > mostSlips {
		return mostSlips + 1
	}
	var rows [3][16]int // no word is longer than 8 letters
	before, last, this := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		this[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			this[j] = min(last[j]+1, this[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				this[j] = min(this[j], before[j-2]+1)
			}
		}
		before, last, this = last, this, before
	}
	return last[len(b)]
}

// WordCheck says how far words that are being typed are right.
type WordCheck struct {
	Count    int    // words so far
	Wrong    []int  // positions, from 1, of those that are on no list
	Complete bool   // they are a whole phrase and fit together
	Sentence string // what is wrong, for people; empty when Complete
}

// CheckWords looks at words in any form that [ParseWords] reads, complete or
// not. The result holds no word.
func CheckWords(text []byte) WordCheck {
	lower := bytes.ToLower(text)
	defer Wipe(lower)
	check := WordCheck{}
	for word := range bytes.FieldsSeq(lower) {
		check.Count++
		if _, known := bip39.ReverseWordMap[string(word)]; !known {
			check.Wrong = append(check.Wrong, check.Count)
		}
	}
	words, err := ParseWords(text)
	Wipe(words)
	check.Complete = err == nil
	check.Sentence = fault.Sentence(err)
	return check
}
