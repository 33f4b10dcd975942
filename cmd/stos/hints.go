package main

import (
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// hints are what only who types commands can use of a way out; the sentence of
// the error itself is shown in the window too.
var hints = []struct {
	of   error
	hint string
}{
	{app.ErrNoWallet, "Make one with: stos wallet create"},
	{app.ErrUnknownWallet, "See the ones there are with: stos wallet list"},
	{app.ErrNetworkOff, "Start it with: stos net up"},
	{app.ErrSentMeanwhile, "If that device is the stolen one, run the same command with --force: what it sent is lost."},
}

// withHint adds to the sentence about err how to go on from here.
func withHint(sentence string, err error) string {
	for _, each := range hints {
		if errors.Is(err, each.of) {
			return sentence + " " + each.hint
		}
	}
	return sentence
}
