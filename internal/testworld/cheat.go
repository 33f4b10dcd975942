package testworld

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/network/proof"
)

// Cheat is a way to earn by one's own views, and what came of it, in wei.
type Cheat struct {
	Name  string
	Views *big.Int // noz of its views that nodes of others served
	Own   *big.Int // noz of its views that its own nodes served
	Paid  *big.Int // for the first
	Got   *big.Int // by the share of creators, less what its own nodes gave up
}

// Lost is what it cost, in wei: more than nothing is the goal.
func (c Cheat) Lost() *big.Int { return new(big.Int).Sub(c.Paid, c.Got) }

// String tells what came of it.
func (c Cheat) String() string {
	return fmt.Sprintf("%s: paid %s wei for %s noz, got %s wei, lost %s wei", c.Name, c.Paid, c.Views, c.Got, c.Lost())
}

// way is a way of cheating: who pays for views of what somebody made, and whose
// nodes belong to the same people.
type way struct {
	name   string
	views  func(payer, owner string) bool
	wallet map[string]bool // that belong to who cheats
}

// ways lists all that ADR 46 names.
func (w *world) ways() []way {
	wallets := func(people ...int) map[string]bool {
		set := map[string]bool{}
		for _, i := range people {
			set[w.people[i].wallet] = true
		}
		return set
	}
	among := func(set map[string]bool) func(payer, owner string) bool {
		return func(payer, owner string) bool { return set[payer] && set[owner] }
	}
	cheat := viewers + creators - 1
	own, two := wallets(cheat), wallets(cheat, second)
	ring, old := wallets(ringFrom, ringFrom+1), wallets(early, friend)
	all := wallets(cheat, second, early, friend, ringFrom, ringFrom+1)
	withNodes := maps.Clone(all)
	for _, wallet := range slices.Sorted(maps.Values(w.earns))[:3] {
		withNodes[wallet] = true
	}
	return []way{
		{"one's own views", among(own), own},
		{"own views by a second wallet", func(payer, owner string) bool { return payer != owner && two[payer] && two[owner] }, two},
		{"a ring of wallets", among(ring), ring},
		{"old ozone", among(old), old},
		{"a ring with three of eight nodes", among(all), withNodes},
	}
}

func (w *world) checkCheats(b *proof.Books) {
	for _, way := range w.ways() {
		c := Cheat{way.name, new(big.Int), new(big.Int), new(big.Int), new(big.Int)}
		for i, e := range b.Epochs {
			if !w.after(i+1, failAt) { // later nobody cheats, and content is cut to what nodes served
				w.tally(&c, way, e, w.counted[i])
			}
		}
		w.Cheats = append(w.Cheats, c)
		w.logf("%s", c)
		w.check.Numbers++
		if c.Views.Sign() == 0 || c.Lost().Sign() <= 0 {
			w.faultf("cheating paid: %s", c)
		}
	}
}

// tally adds what a way of cheating brought and cost in an epoch: what the same
// epoch would have given the cheats without their views is no gain.
func (w *world) tally(c *Cheat, way way, e *proof.Epoch, counted map[traffic]int64) {
	owners, servers := amounts(e.Owners), amounts(e.Servers)
	for t, bytes := range counted {
		if t.kind != "down" || !way.views(t.payer, t.owner) {
			continue
		}
		noz, server := big.NewInt(bytes), w.earns[t.node]
		if t.payer != t.owner {
			owners[t.owner].Sub(owners[t.owner], noz)
			servers[server].Sub(servers[server], noz)
		}
		if way.wallet[server] {
			c.Own.Add(c.Own, noz)
			continue
		}
		c.Views.Add(c.Views, noz)
		c.Paid.Add(c.Paid, w.price(t.payer, noz))
	}
	c.Got.Add(c.Got, gain(e, e.Owners, e.Servers, way.wallet))
	c.Got.Sub(c.Got, gain(e, list(owners), list(servers), way.wallet))
}

// gain is what wallets get as creators less what they give up as owners of
// nodes, if this were the traffic of content in an epoch.
func gain(e *proof.Epoch, owners, servers []proof.Volume, wallets map[string]bool) *big.Int {
	sum := new(big.Int)
	if len(owners) == 0 {
		return sum
	}
	gets, gives := e.Creators(owners, servers)
	for wallet := range wallets {
		if wei := gets[wallet]; wei != nil {
			sum.Add(sum, wei)
		}
		if wei := gives[wallet]; wei != nil {
			sum.Sub(sum, wei)
		}
	}
	return sum
}

// price is what noz cost who used them, cut: what he paid for all that he
// bought.
func (w *world) price(payer string, noz *big.Int) *big.Int {
	i := slices.IndexFunc(w.people, func(p *person) bool { return p.wallet == payer })
	wei := new(big.Int).Mul(w.people[i].paid, noz)
	return wei.Quo(wei, w.people[i].bought)
}

func amounts(list []proof.Volume) map[string]*big.Int {
	by := map[string]*big.Int{}
	for _, v := range list {
		by[v.Wallet] = new(big.Int).Set(v.Noz)
	}
	return by
}

// list is what is left of amounts, in the order of wallets.
func list(by map[string]*big.Int) []proof.Volume {
	var all []proof.Volume
	for _, wallet := range slices.Sorted(maps.Keys(by)) {
		if by[wallet].Sign() > 0 {
			all = append(all, proof.Volume{Wallet: wallet, Noz: by[wallet]})
		}
	}
	return all
}

// lieOfAStranger lets somebody tell the chain of traffic of his own content.
func (w *world) lieOfAStranger(ctx context.Context, epoch int64) error {
	m, err := readMetaNode(w.Dir)
	if err != nil {
		return err
	}
	defer m.owner.Wipe()
	p, server := w.people[liar], slices.Sorted(maps.Values(w.earns))[0]
	code, err := tell(ctx, p.chain, w.Network.REST, w.Network.ChainID, p.key, lie{m.address, epoch, p.wallet, server, 1e9})
	if err == nil && code == 0 {
		w.faultf("epoch %d: a stranger may tell the chain of traffic", epoch)
	}
	p.fees.Add(p.fees, big.NewInt(forgedGas*1e9))
	w.logf("Epoch %d: a stranger's report got code %d.", epoch, code)
	return err
}

// lieOfAMetaNode lets the meta node tell of traffic that nobody served.
func (w *world) lieOfAMetaNode(ctx context.Context, epoch int64) error {
	m, err := readMetaNode(w.Dir)
	if err != nil {
		return err
	}
	defer m.owner.Wipe()
	p, server := w.people[liar], slices.Sorted(maps.Values(w.earns))[0]
	code, err := tell(ctx, p.chain, w.Network.REST, w.Network.ChainID, m.owner, lie{m.address, epoch, p.wallet, server, 1e15})
	if err == nil && code != 0 {
		err = fmt.Errorf("the lie of the meta node got code %d", code)
	}
	w.logf("Epoch %d: the meta node told of traffic that never was.", epoch)
	return err
}

// checkLies sees to it that lies brought nothing.
func (w *world) checkLies(b *proof.Books) {
	p := w.people[liar]
	if a := b.Account(p.wallet); a.Created.Sign() != 0 || a.Mature.Sign() != 0 || a.Immature.Sign() != 0 {
		w.faultf("lies brought %s %s wei", p.wallet, a.Created)
	}
	var refused []string
	for _, e := range b.Epochs {
		if e.Refused {
			refused = append(refused, fmt.Sprint(e.Number))
		}
	}
	w.check.Numbers += 2
	if len(refused) != 1 {
		w.faultf("the chain refused the content of epochs %s", strings.Join(refused, ", "))
	}
}
