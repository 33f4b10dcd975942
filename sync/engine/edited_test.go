package engine_test

import (
	"fmt"
	"maps"
	"os"
	"testing"
)

// People go on working while a device dies again and again: what they change
// between two kills is known as a change of what it was, never as something
// new, and everything that a commit names can be fetched.
func TestEditedBetweenKills(t *testing.T) {
	stride := int64(2)
	if os.Getenv("STOS_NIGHTLY") != "" {
		stride = 1
	}
	for i, late := range []bool{false, true} {
		for n, done := int64(i), false; !done; n += stride {
			t.Run(fmt.Sprintf("late=%v/%d", late, n), func(t *testing.T) { done = editBetweenKills(t, n, late) })
		}
	}
}

func editBetweenKills(t *testing.T, n int64, late bool) (done bool) {
	net, a, b := pair(t)
	a.text("docs/a.txt", "first")
	a.text("docs/b.txt", "stays for a while")
	a.write("docs/big.bin", noise(3, 200_000))
	round(t, a, b)

	a.text("docs/new.txt", "new")
	a.text("docs/a.txt", "second")
	a.move("docs", "papers")
	sent := a.kill(net, n, late)
	a.move("papers/new.txt", "papers/moved.txt")
	a.text("papers/a.txt", "third, longer")
	a.write("papers/big.bin", noise(4, 200_000))
	a.kill(net, n/2, late)
	a.move("papers/big.bin", "papers/bigger.bin")
	a.remove("papers/b.txt")
	a.move("papers", "final")

	took := b.kill(net, n, late)
	b.text("own.txt", "own")
	round(t, a, b)
	fresh := newDev(t, net, "fresh")
	round(t, a, b, fresh)
	same(t, a, b, fresh)
	want := map[string]string{
		"final/": "", "final/a.txt": "third, longer", "final/moved.txt": "new", "final/bigger.bin": string(noise(4, 200_000)),
		"own.txt": "own",
	}
	if got := a.files(); !maps.Equal(got, want) {
		t.Fatalf("there is %v, want %v", keys(got), keys(want))
	}
	return sent && took
}
