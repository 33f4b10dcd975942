package proof

import (
	"maps"
	"math/big"
	"slices"
)

// Epoch is an epoch that was paid for, as it must have been.
type Epoch struct {
	Number int64
	Height int64  // of the block with the volume report
	Hash   string // of its transaction

	Deposit  *big.Int // effective deposit of all nodes before the report, wei
	Unissued *big.Int // prepaid and not paid out before it, wei
	Left     *big.Int // ozone to sell before it, noz
	Told     []Volume // what nodes took and gave, by who earns with them
	Used     *big.Int // ozone used up in the epoch, noz
	Worth    Decimal  // of it, wei
	Reward   *big.Int // what can be mined in the epoch, wei
	Mining   Shares   // of what is mined
	Traffic  Shares   // of what the used ozone is worth
	Tax      *big.Int // to the community, wei

	Share           Decimal  // of creators
	Owners, Servers []Volume // traffic of content; empty for none
	Refused         bool     // the traffic of content cannot be true and paid nothing

	Wallets map[string]*Earned

	rules  rules
	served map[string]*big.Int // what each wallet earned of the traffic pool by its nodes
}

// Mined is what the epoch paid of what can be mined, in wei.
func (e *Epoch) Mined() *big.Int {
	return e.sum(e.Mining.Validators, func(w *Earned) *big.Int { return w.Mining })
}

// Spent is what the epoch paid of the prepaid coins, in wei.
func (e *Epoch) Spent() *big.Int {
	return e.sum(new(big.Int).Add(e.Traffic.Validators, e.Tax), (*Earned).Paid)
}

func (e *Epoch) sum(from *big.Int, part func(*Earned) *big.Int) *big.Int {
	sum := new(big.Int).Set(from)
	for _, w := range e.Wallets {
		sum.Add(sum, part(w))
	}
	return sum
}

// Account is where the rewards of a wallet stand, in wei.
type Account struct {
	Immature  *big.Int // waits for later epochs
	Mature    *big.Int // can be taken out
	Withdrawn *big.Int // was taken out
	Owed      *big.Int // for nodes that failed; taken from what matures
	Created   *big.Int // all that its content earned, part of the others
	Content   *big.Int // noz of its content that earned
}

// Books is the whole history of a chain's rewards.
type Books struct {
	Epochs   []*Epoch // in their order
	Accounts map[string]*Account
	Mined    *big.Int // so far, wei
	Bought   *big.Int // ozone that was ever sold, noz

	rules     rules
	market    market
	now       present
	effective map[string]*big.Int // deposit of each node that counts
	waiting   map[int64]told      // content that was told and not settled
	ripening  map[int64]map[string]*big.Int
	told      *big.Int // what the chain says that was sold
}

func newBooks(r rules) *Books {
	return &Books{
		rules: r, Accounts: map[string]*Account{}, Mined: new(big.Int), Bought: new(big.Int), told: new(big.Int),
		market:    market{new(big.Int), new(big.Int), new(big.Int)},
		effective: map[string]*big.Int{}, waiting: map[int64]told{}, ripening: map[int64]map[string]*big.Int{},
	}
}

// Epoch returns an epoch that was paid for, or nil; 0 is the last one.
func (b *Books) Epoch(number int64) *Epoch {
	if number == 0 && len(b.Epochs) > 0 {
		return b.Epochs[len(b.Epochs)-1]
	}
	i, found := slices.BinarySearchFunc(b.Epochs, number, func(e *Epoch, n int64) int { return int(e.Number - n) })
	if !found {
		return nil
	}
	return b.Epochs[i]
}

// Account returns where a wallet stands; all zero for one that is not known.
func (b *Books) Account(wallet string) *Account {
	if a := b.Accounts[wallet]; a != nil {
		return a
	}
	return &Account{new(big.Int), new(big.Int), new(big.Int), new(big.Int), new(big.Int), new(big.Int)}
}

// account is the account of a wallet to change.
func (b *Books) account(wallet string) *Account {
	b.Accounts[wallet] = b.Account(wallet)
	return b.Accounts[wallet]
}

// setEffective makes a part of a node's deposit count.
func (b *Books) setEffective(node string, wei *big.Int) {
	if before := b.effective[node]; before != nil {
		b.market.deposit.Sub(b.market.deposit, before)
	}
	b.market.deposit.Add(b.market.deposit, wei)
	b.effective[node] = wei
}

// close pays for an epoch.
func (b *Books) close(e *Epoch, volumes []Volume, metas []string) {
	m := &b.market
	e.rules, e.Used, e.Left = b.rules, new(big.Int), m.left()
	e.Deposit, e.Unissued = new(big.Int).Set(m.deposit), new(big.Int).Set(m.unissued)
	for _, v := range volumes {
		e.Used.Add(e.Used, v.Noz)
	}
	s, reward := b.rules.at(b.Mined)
	e.Told, e.Reward = volumes, reward
	e.Worth = m.worth(e.Used)
	e.Mining, e.Traffic = s.divide(whole(reward)), s.divide(e.Worth)
	t := b.waiting[e.Number]
	t.volumes, t.metas = volumes, metas
	e.earn(t)
	maps.DeleteFunc(b.waiting, func(epoch int64, _ told) bool { return epoch <= e.Number })
	m.sold.Sub(m.sold, e.Used)
	m.unissued.Sub(m.unissued, e.Spent())
	b.Mined.Add(b.Mined, e.Mined())
	b.keep(e)
	b.Epochs = append(b.Epochs, e)
}

// keep notes what wallets will have.
func (b *Books) keep(e *Epoch) {
	ripe := map[string]*big.Int{}
	for wallet, w := range e.Wallets {
		a := b.account(wallet)
		ripe[wallet] = w.Total()
		a.Immature.Add(a.Immature, ripe[wallet])
		a.Created.Add(a.Created, w.Created)
	}
	for _, o := range e.Owners {
		a := b.account(o.Wallet)
		a.Content.Add(a.Content, o.Noz)
	}
	b.ripening[e.Number+b.rules.mature] = ripe
}

// endBlock makes rewards mature that are due, less what is owed.
func (b *Books) endBlock() {
	last := b.Epoch(0)
	if last == nil {
		return
	}
	for _, epoch := range slices.Sorted(maps.Keys(b.ripening)) {
		if epoch > last.Number {
			return
		}
		for wallet, wei := range b.ripening[epoch] {
			a := b.account(wallet)
			paid := new(big.Int).Set(wei)
			if paid.Cmp(a.Owed) > 0 {
				paid.Set(a.Owed)
			}
			a.Owed.Sub(a.Owed, paid)
			a.Immature.Sub(a.Immature, wei)
			a.Mature.Add(a.Mature, new(big.Int).Sub(wei, paid))
		}
		delete(b.ripening, epoch)
	}
}
