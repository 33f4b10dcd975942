package repo_test

import (
	"context"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// twoGateways shows a network through two gateways, of which the first hides
// some shares and files.
type twoGateways struct {
	*memremote.Net
	hide  map[string]bool
	other bool
}

func (g *twoGateways) TryAnother() bool {
	g.other = true
	return true
}

func (g *twoGateways) Shares(ctx context.Context) ([]repo.RemoteShare, error) {
	all, err := g.Net.Shares(ctx)
	var out []repo.RemoteShare
	for _, s := range all {
		if g.other || !g.hide[s.FileID] {
			out = append(out, s)
		}
	}
	return out, err
}

func (g *twoGateways) List(ctx context.Context) ([]repo.RemoteFile, error) {
	all, err := g.Net.List(ctx)
	var out []repo.RemoteFile
	for _, f := range all {
		if g.other || !g.hide[f.ID] {
			out = append(out, f)
		}
	}
	return out, err
}

// A head that others name and one gateway hides is asked from another one. An
// old head that comes back instead of it changes nothing.
func TestHiddenHeadsAreAskedElsewhere(t *testing.T) {
	net, head := followed(t)
	gate := &twoGateways{Net: net, hide: map[string]bool{head: true}}
	c := device(t, gate, t.TempDir(), "c")
	check(t, c, map[string][]byte{"x": []byte("2")})
	if v, _ := c.View(t.Context()); len(v.Hidden) != 0 || !gate.other {
		t.Fatal("the hidden head was not asked from the other gateway", v.Hidden)
	}
	// The first gateway again, which now shows a's state of before only.
	gate.other = false
	check(t, c, map[string][]byte{"x": []byte("2")})
}

// A device that was away for long looks at the full list, but a list that leaves
// out what is there makes it send nothing again.
func TestAShortListIsNotBelieved(t *testing.T) {
	net, now := memremote.New(1), time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	gate := &twoGateways{Net: net, hide: map[string]bool{}}
	a := deviceAt(t, gate, t.TempDir(), "a", func() time.Time { return now })
	files := map[string][]byte{"big": noise(1, 1<<20), "other": noise(2, 1<<20)}
	if _, err := a.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := commit(t, a, files); err != nil {
		t.Fatal(err)
	}
	for id := range net.Files() {
		gate.hide[id] = true
	}
	now = now.AddDate(0, 2, 0)
	check(t, a, files)
	sent := net.Sent()
	if err := commit(t, a, files); err != nil {
		t.Fatal(err)
	}
	if n := net.Sent() - sent; n > 64<<10 {
		t.Fatal(n, "bytes were sent again")
	}
	for id, p := range net.Files() {
		if len(p) > 1<<20 {
			if err := net.Delete(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
	}
	now = now.AddDate(0, 2, 0)
	if _, err := a.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := commit(t, a, files); err != nil {
		t.Fatal(err)
	}
	check(t, device(t, net, t.TempDir(), "b"), files)
}
