package repo_test

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// A device that joins does not rely on packs that old heads name and that were
// deleted so long ago that nobody says so any more.
func TestWhoJoinsReliesOnNothingThatIsGone(t *testing.T) {
	net := memremote.New(1)
	a := device(t, net, t.TempDir(), "a")
	if _, err := a.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"big": noise(1, 1<<20)}
	if err := commit(t, a, files); err != nil {
		t.Fatal(err)
	}
	for id, p := range net.Files() {
		if len(p) > 1<<20 {
			if err := net.Delete(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
	}
	b := device(t, net, t.TempDir(), "b")
	if _, err := b.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := commit(t, b, files); err != nil {
		t.Fatal(err)
	}
	check(t, device(t, net, t.TempDir(), "c"), files)
}
