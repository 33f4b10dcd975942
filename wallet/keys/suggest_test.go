package keys

import (
	"slices"
	"testing"

	bip39 "github.com/cosmos/go-bip39"
	"pgregory.net/rapid"
)

func TestComplete(t *testing.T) {
	if got := Complete([]byte("ABAN"), 5); !slices.Equal(got, []string{"abandon"}) {
		t.Errorf("%v", got)
	}
	if got := Complete([]byte("ab"), 3); !slices.Equal(got, []string{"abandon", "ability", "able"}) {
		t.Errorf("%v", got)
	}
	if got := Complete(nil, 2048+1); len(got) != 2048 {
		t.Errorf("%d words", len(got))
	}
	if got := Complete([]byte("xyz"), 3); got != nil {
		t.Errorf("%v", got)
	}
	for _, word := range bip39.WordList {
		if got := Complete([]byte(word[:min(4, len(word))]), 9); got[0] != word && len(word) > 3 {
			t.Errorf("%s completes to %v", word, got)
		}
	}
}

func TestSuggest(t *testing.T) {
	for typed, want := range map[string]string{
		"abuot": "about", "abandonn": "abandon", "abandn": "abandon", "Zoo": "zoo", "wrtie": "write", "quik": "quick",
	} {
		if got := Suggest([]byte(typed), 3); len(got) == 0 || got[0] != want {
			t.Errorf("%s: %v", typed, got)
		}
	}
	if got := Suggest([]byte("supercalifragilistic"), 3); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// One slip in a word of the list always leads back to it.
func TestSuggestForgivesOneSlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom(bip39.WordList).Draw(t, "word")
		typed := []byte(word)
		at := rapid.IntRange(0, len(word)-1).Draw(t, "at")
		letter := byte(rapid.IntRange('a', 'z').Draw(t, "letter"))
		switch rapid.IntRange(0, 3).Draw(t, "slip") {
		case 0:
			typed[at] = letter
		case 1:
			typed = slices.Delete(typed, at, at+1)
		case 2:
			typed = slices.Insert(typed, at, letter)
		default:
			typed[at], typed[max(at-1, 0)] = typed[max(at-1, 0)], typed[at]
		}
		if !slices.Contains(Suggest(typed, 2048), word) {
			t.Fatalf("%s is not suggested for %s", word, typed)
		}
	})
}

func TestCheckWords(t *testing.T) {
	half := CheckWords([]byte("abandon abuot zoo"))
	if half.Count != 3 || !slices.Equal(half.Wrong, []int{2}) || half.Complete || half.Sentence == "" {
		t.Errorf("%+v", half)
	}
	whole := CheckWords([]byte(testWords))
	if whole.Count != 12 || whole.Wrong != nil || !whole.Complete || whole.Sentence != "" {
		t.Errorf("%+v", whole)
	}
}
