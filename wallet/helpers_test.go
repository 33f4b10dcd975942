// Package wallet_test lives the life of a wallet on a real chain.
package wallet_test

import (
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func within(t *testing.T, limit time.Duration, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(limit); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within %v", what, limit)
		}
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func stos(t *testing.T, text string) stratos.Amount {
	t.Helper()
	a, err := stratos.ParseAmount(text + "stos")
	ok(t, err)
	return a
}
