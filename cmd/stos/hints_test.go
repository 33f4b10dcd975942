package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Who types commands is told how to go on by one, on the screen and in JSON.
func TestHints(t *testing.T) {
	for want, cause := range map[string]error{
		"stos wallet create": app.ErrNoWallet, "stos wallet list": app.ErrUnknownWallet, "stos net up": app.ErrNetworkOff, "--force": app.ErrSentMeanwhile,
	} {
		var out, errs bytes.Buffer
		s := &session{io: stdio{out: &out, err: &errs}}
		s.flags.json = true
		s.printError(fmt.Errorf("try: %w", fault.Say(cause, "It did not work.")))
		for _, said := range []string{out.String(), errs.String()} {
			if !strings.Contains(said, "It did not work. ") || !strings.Contains(said, want) {
				t.Errorf("%v: %q names no %q", cause, said, want)
			}
		}
	}
	if got := withHint("It did not work.", fault.Say(nil, "It did not work.")); got != "It did not work." {
		t.Error(got)
	}
}
