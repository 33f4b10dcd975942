package repo_test

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// How old a view is counts the time that a computer slept, in which the clock of
// the system that only goes forward stands.
func TestAgeOfAViewCountsSleep(t *testing.T) {
	r := device(t, memremote.New(1), t.TempDir(), "a")
	if _, err := r.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	v, err := r.View(t.Context())
	if err != nil || v.At.IsZero() || v.At != v.At.Round(0) {
		t.Fatal(v.At, err)
	}
}
