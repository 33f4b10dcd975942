package app

import (
	"bytes"
	"slices"

	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// WordHelp is what helps a person while words are typed.
type WordHelp struct {
	Next    []string // what the word that is being typed may become
	Wrong   int      // place, from 1, of the first whole word that is on no list; 0 for none
	Instead []string // what that one may have been
}

// wordsOffered is how many words are offered at once.
const wordsOffered = 5

// HelpWords looks at words that are not all typed yet. The last one is still
// being typed unless white space follows it.
func (a *App) HelpWords(text string) WordHelp {
	raw := []byte(text)
	defer clear(raw)
	list := bytes.Fields(raw)
	help := WordHelp{}
	if len(list) > 0 && len(bytes.TrimRight(raw, " \t\r\n")) == len(raw) {
		last := list[len(list)-1]
		list = list[:len(list)-1]
		help.Next = keys.Complete(last, wordsOffered+1)
		help.Next = slices.DeleteFunc(help.Next, func(w string) bool { return bytes.EqualFold([]byte(w), last) })
		help.Next = help.Next[:min(len(help.Next), wordsOffered)]
		if len(keys.Complete(last, 1)) == 0 {
			list = append(list, last) // no word begins like this
		}
	}
	if check := keys.CheckWords(bytes.Join(list, []byte{' '})); len(check.Wrong) > 0 {
		help.Wrong = check.Wrong[0]
		help.Instead = keys.Suggest(list[help.Wrong-1], wordsOffered)
	}
	return help
}
