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

// A head whose share has ended, that nobody has read, is found in the listing:
// by a device that was away for long, and before what it needs is taken for
// garbage.
func TestHeadsWithoutShares(t *testing.T) {
	net := memremote.New(1)
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	net.Now = clock
	a, b := deviceAt(t, net, t.TempDir(), "a", clock), deviceAt(t, net, t.TempDir(), "b", clock)
	if err := commit(t, a, sample()); err != nil {
		t.Fatal(err)
	}
	check(t, b, sample())
	edited := sample()
	edited["note.txt"] = []byte("edited while nobody looked")
	if err := commit(t, a, edited); err != nil {
		t.Fatal(err)
	}
	net.DropShares()
	now = now.Add(time.Hour)
	if changed, err := b.ReadStrangers(t.Context()); changed || err != nil {
		t.Fatal("a fresh head is a stranger:", changed, err)
	}
	now = now.Add(200 * 24 * time.Hour)
	if changed, err := b.ReadStrangers(t.Context()); !changed || err != nil {
		t.Fatal("the head is not found:", err)
	}
	check(t, deviceAt(t, net, t.TempDir(), "c", clock), edited)
	now = now.Add(-200 * 24 * time.Hour)
	away := deviceAt(t, net, t.TempDir(), "away", clock)
	check(t, away, edited)
	edited["note.txt"] = []byte("and once more")
	if err := commit(t, a, edited); err != nil {
		t.Fatal(err)
	}
	net.DropShares()
	now = now.Add(200 * 24 * time.Hour)
	check(t, away, edited)
}

// An old head in the listing whose index is deleted keeps nobody from joining.
func TestOldHeadWithoutItsIndex(t *testing.T) {
	net := memremote.New(1)
	a := device(t, net, t.TempDir(), "a")
	files := sample()
	for i := range 3 {
		files["big"] = noise(int64(i), 3<<20)
		if err := commit(t, a, files); err != nil {
			t.Fatal(err)
		}
	}
	v, err := a.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range v.Heads[0].Indexes {
		net.SetFault(func(c memremote.Call, _ bool) error {
			if c.Name == x.File && c.Method == "Fetch" {
				return repo.ErrNotFound
			}
			return nil
		})
	}
	b := device(t, net, t.TempDir(), "b")
	if _, err := b.Pull(t.Context()); err != nil {
		t.Fatal("one unreadable head keeps all from working:", err)
	}
	if v, err := b.View(t.Context()); err != nil || v.Unreadable == 0 {
		t.Error("a head that cannot be read is not told of", v.Unreadable, err)
	}
	net.SetFault(nil)
	check(t, b, files)
	if v, err := b.View(t.Context()); err != nil || v.Unreadable != 0 {
		t.Error("heads that were read are told of still", v.Unreadable, err)
	}
}
