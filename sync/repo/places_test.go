package repo_test

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// What two devices stored without knowing of each other lies in two packs; the
// network may lose either.
func TestReadsFromThePackThatIsLeft(t *testing.T) {
	net := memremote.New(1)
	files := map[string][]byte{"x.bin": noise(1, 500_000)}
	a, b := device(t, net, t.TempDir(), "a"), device(t, net, t.TempDir(), "b")
	if err := commit(t, a, files); err != nil {
		t.Fatal(err)
	}
	if err := commit(t, b, files); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := commit(t, b, files); err != nil {
		t.Fatal(err)
	}
	lost := 0
	for id, body := range net.Files() {
		if len(body) < 400_000 {
			continue
		}
		lost++
		net.Spoil(id, func(p []byte) { clear(p[1000:]) })
		check(t, device(t, net, t.TempDir(), "c"), files)
		net.Spoil(id, func(p []byte) { copy(p, body) })
	}
	if lost != 2 {
		t.Fatal(lost, "packs of content")
	}
}
