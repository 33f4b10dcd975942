package app

import (
	"context"
	"errors"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/channel"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// subscription is a payment for a period of a channel, as the history has it.
type subscription struct {
	history.Entry
	period string
}

// mostSubscriptions is how many payments are looked at, the newest.
const mostSubscriptions = 100_000

// subscriptions are the payments for periods that the account in use made, or
// got. What the chain cannot tell at the moment is said in problem.
func (a *App) subscriptions(ctx context.Context, direction history.Direction) (list []subscription, problem string, err error) {
	log, c, info, err := a.books()
	if err != nil {
		return nil, "", err
	}
	covered, err := a.refreshHistory(ctx, log, c, info.Address)
	if err != nil {
		return nil, "", err
	}
	found, err := log.Find(ctx, c.ChainID(), info.Address, history.Query{Text: "stos subscribe", Limit: mostSubscriptions})
	for _, e := range found {
		period, not := channel.ParsePayment(e.Memo)
		if not == nil && e.Direction == direction && pays(e) {
			list = append(list, subscription{e, period})
		}
	}
	return list, covered.Problem, err
}

// pays tells whether a payment counts: an own one also while it may still be
// carried out, so that nobody pays twice.
func pays(e history.Entry) bool {
	return e.State == chain.Done || e.Direction == history.Out && (e.State == chain.Sending || e.State == chain.Unknown)
}

// paidFor are those of one period.
func paidFor(list []subscription, period string) (own []subscription) {
	for _, s := range list {
		if s.period == period {
			own = append(own, s)
		}
	}
	return own
}

// followerOf reads in a payment whose key it was made with: empty if it pays
// too little, or does not show the key of who paid.
func followerOf(tx *chain.Tx, owner stratos.Address, p channel.Period) (key stratos.PublicKey, paid bool) {
	sums := map[stratos.Address]stratos.Amount{}
	for _, t := range tx.Transfers() {
		if t.To == owner && t.From != owner {
			sums[t.From] = sums[t.From].Add(t.Amount)
		}
	}
	i := slices.IndexFunc(tx.Signers, func(k stratos.PublicKey) bool {
		sum, is := sums[k.Address()]
		return is && sum.Cmp(p.Price) >= 0
	})
	if period, err := channel.ParsePayment(tx.Memo); err != nil || period != p.ID || i < 0 {
		return key, false
	}
	return tx.Signers[i], true
}

// followersOf are the keys of those who paid for a period. Each payment is read
// from the chain once.
func (a *App) followersOf(ctx context.Context, owner stratos.Address, p channel.Period, payments []subscription) (who []stratos.PublicKey, err error) {
	desk, err := a.channelDesk()
	if err != nil {
		return nil, err
	}
	c, err := a.chain()
	if err != nil {
		return nil, err
	}
	read := map[string]string{}
	for _, s := range paidFor(payments, p.ID) {
		text, known := desk.Own.Paid[s.Hash]
		if !known {
			tx, err := c.Tx(ctx, s.Hash)
			if errors.Is(err, chain.ErrNotFound) { // of another network that had this name
				continue
			}
			if err != nil {
				return nil, err
			}
			if key, paid := followerOf(tx, owner, p); paid {
				text = key.String()
			}
			read[s.Hash] = text
		}
		if key, err := stratos.ParsePublicKeyText(text); err == nil {
			who = append(who, key)
		}
	}
	if len(read) == 0 {
		return who, nil
	}
	return who, a.changeOwn(func(o *ownChannel) {
		if o.Paid == nil {
			o.Paid = map[string]string{}
		}
		for tx, key := range read {
			o.Paid[tx] = key
		}
	})
}

// letIn is what a period needs for those who paid: the file of keys with theirs
// in it.
type letIn struct {
	period string
	grants channel.Grants
	news   int    // who was not in the page's file
	held   string // link, if this file lies on the network already
}

// letInto finds out who has to be let into a period; nil for nobody.
func (a *App) letInto(ctx context.Context, page channelPage, p channel.Period, own ownChannel, payments []subscription) (*letIn, error) {
	owner, err := stratos.ParseAddress(page.Owner)
	if err != nil {
		return nil, err
	}
	who, err := a.followersOf(ctx, owner, p, payments)
	if err != nil || len(who) == 0 {
		return nil, err
	}
	published, err := a.loadGrants(ctx, owner, p.ID, p.Grants)
	if err != nil {
		return nil, err
	}
	key, err := a.periodKey(p, page.Owner)
	if err != nil {
		return nil, err
	}
	l := &letIn{period: p.ID, grants: published}
	if held := own.Grants[p.ID].Link; held != "" {
		if g, err := a.loadGrants(ctx, owner, p.ID, held); err == nil && g.Covers(published) && !slices.ContainsFunc(who, func(k stratos.PublicKey) bool { return !g.Has(k) }) {
			l.grants, l.held, l.news = g, held, len(g.Boxes)-len(published.Boxes)
			return l, nil
		}
	}
	l.grants.Boxes = slices.Clone(published.Boxes)
	for _, k := range who {
		if err := l.grants.Add(k, key); err != nil {
			return nil, err
		}
	}
	if l.news = len(l.grants.Boxes) - len(published.Boxes); l.news == 0 {
		return nil, nil
	}
	return l, nil
}

// periodKey is the key of a period of the own channel.
func (a *App) periodKey(p channel.Period, owner string) (channel.Key, error) {
	ring, err := a.ring(a.withKey)
	if err != nil {
		return channel.Key{}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	var secret stratos.PrivateKey
	switch epoch := max(p.Epoch, keys.FirstEpoch); {
	case epoch == ring.epoch:
		secret = ring.publish
	case epoch <= len(ring.older):
		secret = ring.older[epoch-1]
	default:
		return channel.Key{}, fault.Say(nil, "Another of your devices has moved the drive to new keys, and this one does not know them yet. Unlock the wallet here, then try again.")
	}
	if !secret.Valid() {
		return channel.Key{}, lockedFault()
	}
	raw := secret.Bytes()
	defer clear(raw)
	return channel.PeriodKey(raw, owner, p.ID), nil
}
