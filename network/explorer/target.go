package explorer

import (
	"strconv"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Kind is what a name is of.
type Kind string

// Kinds of things.
const (
	Nothing   Kind = ""
	BlockKind Kind = "block"     // ID is its height, or Latest
	TxKind    Kind = "tx"        // ID is its hash in upper-case hex
	Account   Kind = "account"   // ID is st1...
	Validator Kind = "validator" // ID is stvaloper1...
	Node      Kind = "node"      // ID is stsds1...
	Proposal  Kind = "proposal"  // ID is its number
	Report    Kind = "report"    // ID is the epoch, or Latest
	File      Kind = "file"      // ID is the content hash
)

// Latest names the newest block or report.
const Latest = "latest"

// Target is the name of one thing on a chain.
type Target struct {
	Kind Kind
	ID   string
}

// prefixes are words that may stand before an id, and say what it is of.
var prefixes = map[string]Kind{
	"block": BlockKind, "height": BlockKind, "tx": TxKind, "transaction": TxKind, "account": Account, "address": Account,
	"proposal": Proposal, "vote": Proposal, "report": Report, "epoch": Report, "file": File, "node": Node, "validator": Validator,
}

// Recognise tells what a text is the name of: "12", "block 12", "#3" for a
// proposal, an address, a hash. What looks like no name is Nothing, and may be
// the words of a question.
func Recognise(text string) Target {
	text = strings.TrimSpace(text)
	if word, rest, two := strings.Cut(text, " "); two {
		kind := prefixes[strings.ToLower(word)]
		if t := Named(kind, rest); kind != Nothing && t.Kind != Nothing {
			return t
		}
		return Target{}
	}
	if number, ok := strings.CutPrefix(text, "#"); ok {
		return Named(Proposal, number)
	}
	if strings.EqualFold(text, Latest) {
		return Target{BlockKind, Latest}
	}
	for _, kind := range []Kind{BlockKind, TxKind, Account, Validator, Node, File} {
		if t := Named(kind, text); t.Kind != Nothing {
			return t
		}
	}
	return Target{}
}

// Named is the thing of a kind that has this id, which is brought to its usual
// form; Nothing where the id cannot be one.
func Named(kind Kind, id string) Target {
	id = strings.TrimSpace(id)
	ok := false
	switch kind {
	case BlockKind, Report, Proposal:
		id, ok = number(id, kind != Proposal)
	case TxKind:
		id = strings.ToUpper(strings.TrimPrefix(strings.TrimPrefix(id, "0x"), "0X"))
		ok = len(id) == 64 && strings.Trim(id, "0123456789ABCDEF") == ""
	case Account:
		a, err := stratos.ParseAddress(id)
		id, ok = a.String(), err == nil
	case Validator:
		a, err := stratos.ParseValidator(id)
		id, ok = a.Validator(), err == nil
	case Node:
		a, err := stratos.ParseNodeAddress(id)
		id, ok = a.String(), err == nil
	case File:
		ok = isHash(id)
	}
	if !ok {
		return Target{}
	}
	return Target{kind, id}
}

// number reads a positive number, with or without separators.
func number(text string, latest bool) (string, bool) {
	if latest && strings.EqualFold(text, Latest) {
		return Latest, true
	}
	n, err := strconv.ParseInt(strings.NewReplacer(",", "", ".", "", " ", "", "’", "").Replace(text), 10, 63)
	return strconv.FormatInt(n, 10), err == nil && n > 0 && text[0] != '+'
}

// isHash tells whether a text may be the content hash of a file: a CID in its
// usual letters. The chain itself says whether it is one.
func isHash(text string) bool {
	const least, most = 30, 128
	if len(text) < least || len(text) > most || strings.HasPrefix(text, "st") && strings.Contains(text, "1") {
		return false
	}
	for _, r := range text {
		if (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return true
}
