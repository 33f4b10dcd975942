package proof

import (
	"maps"
	"math/big"
	"slices"
)

// This file is the arithmetic of ADR 12 and ADR 46, written a second time.

// stage is a step of mining: until so much was mined, each epoch pays reward.
type stage struct {
	end, reward              *big.Int // wei
	validators, nodes, metas *big.Int // in parts of 10 000
}

// rules are the settings of a chain.
type rules struct {
	stages []stage
	tax    Decimal // on traffic
	mature int64   // epochs
}

// at returns the stage after mined wei, and what an epoch mines then. After the
// last one nothing is mined, and its shares go on dividing traffic.
func (r rules) at(mined *big.Int) (stage, *big.Int) {
	last := r.stages[len(r.stages)-1]
	for _, s := range r.stages {
		if mined.Cmp(s.end) < 0 {
			left := new(big.Int).Sub(last.end, mined)
			if left.Cmp(s.reward) > 0 {
				left = s.reward
			}
			return s, left
		}
	}
	return last, new(big.Int)
}

// Shares divides a pool among those who earn, in wei.
type Shares struct{ Validators, Nodes, Metas *big.Int }

func (s stage) divide(pool Decimal) Shares {
	part := func(points *big.Int) *big.Int {
		return pool.times(whole(points)).over(whole(big.NewInt(10_000))).Floor()
	}
	return Shares{part(s.validators), part(s.nodes), part(s.metas)}
}

// market is what the price of ozone follows from.
type market struct {
	deposit  *big.Int // effective deposit of all nodes, wei
	unissued *big.Int // prepaid and not paid out, wei
	sold     *big.Int // noz that somebody has
}

// nozRate is the deposit behind one noz, in wei.
var nozRate = big.NewInt(1_000_000)

// left is the ozone that can be bought, in noz.
func (m *market) left() *big.Int {
	all := new(big.Int).Quo(m.deposit, nozRate)
	return all.Sub(all, m.sold)
}

func (m *market) money() *big.Int { return new(big.Int).Add(m.deposit, m.unissued) }

// worth is what used up ozone is worth, in wei.
func (m *market) worth(noz *big.Int) Decimal {
	all := new(big.Int).Add(m.left(), noz)
	if all.Sign() <= 0 {
		return whole(all.SetInt64(0))
	}
	return whole(m.money()).times(whole(noz)).over(whole(all))
}

// buy returns the noz that wei buy, and sells them.
func (m *market) buy(wei *big.Int) *big.Int {
	all := new(big.Int).Add(m.money(), wei)
	if all.Sign() <= 0 {
		return all.SetInt64(0)
	}
	noz := whole(m.left()).times(whole(wei)).over(whole(all)).Floor()
	m.unissued.Add(m.unissued, wei)
	m.sold.Add(m.sold, noz)
	return noz
}

// Earned is what a wallet earned in an epoch, in wei, and what its nodes served.
type Earned struct {
	Volume  *big.Int // noz that its nodes took or gave
	Mining  *big.Int // by nodes
	Traffic *big.Int // by nodes, after tax and before creators
	Created *big.Int // by its content
	Gave    *big.Int // to creators
}

// Total is all that the wallet gets for the epoch.
func (e Earned) Total() *big.Int {
	return new(big.Int).Add(e.Mining, e.Paid())
}

// Paid is what it gets of the prepaid coins.
func (e Earned) Paid() *big.Int {
	sum := new(big.Int).Add(e.Traffic, e.Created)
	return sum.Sub(sum, e.Gave)
}

// Volume is traffic of a wallet, in noz.
type Volume struct {
	Wallet string
	Noz    *big.Int
}

// told is what the meta nodes told of an epoch.
type told struct {
	volumes         []Volume
	metas           []string // a wallet for each meta node
	owners, servers []Volume // nil when there was no message
	share           Decimal
}

// earn works out an epoch before its ozone comes back to the market.
func (e *Epoch) earn(t told) {
	e.Wallets = map[string]*Earned{}
	taxes := Decimal{new(big.Int)}
	give := func(wallet string, mining, traffic Decimal, noz *big.Int) {
		tax := traffic.times(e.rules.tax)
		taxes = taxes.plus(tax)
		w := e.wallet(wallet)
		w.Mining.Add(w.Mining, mining.Floor())
		w.Traffic.Add(w.Traffic, traffic.minus(tax).Floor())
		w.Volume.Add(w.Volume, noz)
	}
	used := whole(e.Used)
	for _, v := range t.volumes {
		share := whole(v.Noz).over(used)
		give(v.Wallet, whole(e.Mining.Nodes).times(share), whole(e.Traffic.Nodes).times(share), v.Noz)
	}
	e.served = map[string]*big.Int{}
	for wallet, w := range e.Wallets {
		e.served[wallet] = new(big.Int).Set(w.Traffic)
	}
	count := whole(big.NewInt(int64(len(t.metas))))
	for _, wallet := range t.metas {
		give(wallet, whole(e.Mining.Metas).over(count), whole(e.Traffic.Metas).over(count), new(big.Int))
	}
	e.Tax = taxes.Floor()
	if t.owners != nil {
		e.create(t)
	}
}

// create moves the creators' share from those who served to those who made what
// was served. Traffic that nobody can have served pays nothing.
func (e *Epoch) create(t told) {
	for _, s := range t.servers {
		if e.served[s.Wallet] == nil || s.Noz.Cmp(e.Wallets[s.Wallet].Volume) > 0 {
			e.Refused = true
			return
		}
	}
	e.Owners, e.Servers, e.Share = t.owners, t.servers, t.share
	gets, gives := e.Creators(t.owners, t.servers)
	for wallet, wei := range gives {
		e.wallet(wallet).Gave = wei
	}
	for wallet, wei := range gets {
		e.wallet(wallet).Created = wei
	}
}

// Creators works out what owners of content would get in the epoch, and what
// those would give up who earn with the nodes that served it, if this were the
// traffic of content. Both sums are equal. Lists have no wallet twice.
func (e *Epoch) Creators(owners, servers []Volume) (gets, gives map[string]*big.Int) {
	gives, gets = map[string]*big.Int{}, map[string]*big.Int{}
	worth := e.Worth.times(e.Share)
	sum, noz := new(big.Int), new(big.Int)
	for _, s := range servers {
		wei := worth.timesWhole(s.Noz).overWhole(e.Used).Floor()
		if have := e.served[s.Wallet]; wei.Cmp(have) > 0 {
			wei = new(big.Int).Set(have)
		}
		gives[s.Wallet] = wei
		sum.Add(sum, wei)
		noz.Add(noz, s.Noz)
	}
	rest := new(big.Int).Set(sum)
	for _, o := range owners {
		wei := new(big.Int).Mul(sum, o.Noz)
		gets[o.Wallet] = wei.Quo(wei, noz)
		rest.Sub(rest, wei)
	}
	for _, wallet := range slices.Sorted(maps.Keys(gives)) {
		back := new(big.Int).Set(rest)
		if back.Cmp(gives[wallet]) > 0 {
			back.Set(gives[wallet])
		}
		gives[wallet].Sub(gives[wallet], back)
		rest.Sub(rest, back)
	}
	return gets, gives
}

func (e *Epoch) wallet(address string) *Earned {
	w := e.Wallets[address]
	if w == nil {
		w = &Earned{new(big.Int), new(big.Int), new(big.Int), new(big.Int), new(big.Int)}
		e.Wallets[address] = w
	}
	return w
}
