package report

import (
	"maps"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/creator"
)

func address(t interface{ Fatalf(string, ...any) }, secret string) string {
	key, err := stratos.NewPrivateKey([]byte(secret))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return key.Address().String()
}

// view lets somebody watch somebody's content.
func (w *world) view(n *node.Node, payer, owner string, bytes int64) {
	w.meta.Count(meta.Traffic{Wallet: payer, Owner: owner, Hash: "film", Node: n.Address(), Kind: meta.Down}, bytes)
}

// content is what the chain knows of an epoch, nil for nothing.
func (w *world) content(epoch int64) *creator.EpochRecord {
	w.t.Helper()
	answer := &creator.QueryEpochResponse{}
	must(w.t, w.chain.Query(w.t.Context(), "/stratosdrive.creator.v1.Query/Epoch", &creator.QueryEpochRequest{Epoch: epoch}, answer))
	return answer.Record
}

func parts(list []creator.Part) map[string]int64 {
	by := map[string]int64{}
	for _, p := range list {
		by[p.WalletAddress] = p.Volume.Int64()
	}
	return by
}

// What others watch earns for its owner, once, whenever reports come; what an
// owner watches himself or uploads does not.
func TestContentIsReported(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	defer r.Close()
	one, two := w.pool.Nodes()[0], w.pool.Nodes()[1]
	artist, other := address(t, "artist, a key of thirty-two byte"), address(t, "other, a key of thirty-two bytes")
	w.view(one, artist, artist, 5e9)
	w.count(two, meta.Up, artist, 1e9)
	if c := w.content(w.report(r, true)); c != nil {
		t.Errorf("own traffic earns %v", c)
	}
	w.view(one, "viewer", artist, 2e9)
	w.view(two, "viewer", artist, 1e9)
	w.view(two, artist, other, 4e9)
	c := w.content(w.report(r, true))
	if c == nil || !maps.Equal(parts(c.Owners), map[string]int64{artist: 3e9, other: 4e9}) ||
		!maps.Equal(parts(c.Servers), map[string]int64{one.Owner(): 2e9, two.Owner(): 5e9}) {
		t.Fatalf("the chain knows %v", c)
	}
	earned := c.Owners[0].Amount.Add(c.Owners[1].Amount)
	if a, b := w.immature(artist), w.immature(other); !a.IsPositive() || !a.Add(b).Equal(earned) {
		t.Errorf("owners wait for %s and %s of %s", a, b, earned)
	}
	w.view(one, "viewer", artist, 70) // in the same minute
	if c := w.content(w.report(r, true)); !maps.Equal(parts(c.Owners), map[string]int64{artist: 70}) {
		t.Errorf("the rest of a minute: %v", c)
	}

	w.view(two, "viewer", artist, 1000)
	w.count(one, meta.Repair, two.Owner(), 400)
	c = w.content(w.report(r, true))
	if c.Refused != "" || parts(c.Owners)[artist] != 600 || parts(c.Servers)[two.Owner()] != 600 {
		t.Errorf("after a repair: %v", c)
	}
	if n := w.log.lines.Load(); n > 0 {
		t.Errorf("%d complaints", n)
	}
}

// A crash after the content was told and before the report pays for it once.
func TestCrashAfterContent(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	for _, n := range w.pool.Nodes() { // nothing else is sent then
		eventually(t, "a node is in service", func() bool { return w.inService(n.Address()) })
	}
	artist := address(t, "artist, a key of thirty-two byte")
	w.view(w.pool.Nodes()[0], "viewer", artist, 1e9)
	next, err := r.draft(t.Context(), meta.Report{})
	must(t, err)
	must(t, w.meta.NewReport(t.Context(), next))
	m, err := w.chain.MetaNode()
	must(t, err)
	must(t, r.sendContent(t.Context(), m, next))
	must(t, r.Close())

	w.pass(time.Hour)
	r = w.start()
	defer r.Close()
	w.view(w.pool.Nodes()[0], "viewer", artist, 5)
	later := w.report(r, true)
	first, second := w.content(next.Epoch), w.content(later)
	if parts(first.Owners)[artist] != 1e9 || parts(second.Owners)[artist] != 5 {
		t.Errorf("the chain knows %v and %v", first, second)
	}
	answer := &creator.QueryRewardsResponse{}
	must(t, w.chain.Query(t.Context(), "/stratosdrive.creator.v1.Query/Rewards", &creator.QueryRewardsRequest{WalletAddress: artist}, answer))
	if want := first.Owners[0].Amount.Add(second.Owners[0].Amount); len(answer.Epochs) != 2 || !answer.Total.Amount.Equal(want) {
		t.Errorf("the artist earned %v, not %s", answer, want)
	}
}

// Whatever the traffic and the repairs: content is told as the chain takes it,
// both lists have the same sum, and no list has more than was served.
func TestContentFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SampledFrom([]string{"a", "b", "c"})
		sums, served, volumes := map[entry]int64{}, map[string]int64{}, map[string]int64{}
		wallets := map[string]string{"a": "A", "b": "B", "c": "A"}
		for range rapid.IntRange(0, 9).Draw(t, "entries") {
			e := entry{node: names.Draw(t, "node"), content: rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "content")}
			sums[e] += rapid.Int64Range(0, 1e15).Draw(t, "bytes")
		}
		for e, n := range sums {
			volumes[wallets[e.node]] += n
			served[e.content] += n
		}
		for wallet := range volumes {
			volumes[wallet] -= rapid.Int64Range(0, volumes[wallet]).Draw(t, "less")
		}
		c := contentOf(sums, wallets, volumes)
		if total(c.Owners) != total(c.Servers) {
			t.Fatalf("sums of %v", c)
		}
		for owner, noz := range c.Owners {
			if noz <= 0 || noz > served[owner] {
				t.Fatalf("%s has %d of %d", owner, noz, served[owner])
			}
		}
		for wallet, noz := range c.Servers {
			if noz <= 0 || noz > volumes[wallet] {
				t.Fatalf("%s has %d of %d", wallet, noz, volumes[wallet])
			}
		}
	})
}
