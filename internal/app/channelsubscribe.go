package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/channel"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// What keeps an item of a channel closed.
var (
	// ErrNotSubscribed: no period that it belongs to was paid for.
	ErrNotSubscribed = errors.New("not subscribed")
	// ErrAwaitsCreator: paid, and the creator has not let this wallet in yet.
	ErrAwaitsCreator = errors.New("waiting for the creator")
)

// subscribed says where the account in use stands with the periods of a channel,
// and what that opens. Keys that are there are taken if the wallet is unlocked.
func (a *App) subscribed(ctx context.Context, c *ChannelInfo, page channelPage, paid []subscription) error {
	desk, err := a.channelDesk()
	if err != nil {
		return err
	}
	open := map[string]bool{}
	var problem error
	for i := range c.Periods {
		p := &c.Periods[i]
		p.State = NotSubscribed
		if len(desk.Keys[keyName(c.Owner, p.ID)]) > 0 {
			p.State = PeriodOpen
		}
		for _, s := range paidFor(paid, p.ID) {
			if s.Counterparty != c.Owner {
				continue
			}
			if p.Paid = s.Time; p.State == NotSubscribed {
				of, _ := page.Period(p.ID)
				p.State, err = a.takeKey(ctx, page, of)
				problem = errors.Join(problem, err)
			}
		}
		open[p.ID] = p.State == PeriodOpen
	}
	for i := range c.Items {
		item := &c.Items[i]
		item.Open = item.Open || slices.ContainsFunc(item.Periods, func(id string) bool { return open[id] })
	}
	return problem
}

// keyName is under what the key of a period is kept.
func keyName(owner, period string) string { return owner + "/" + period }

// takeKey looks whether the creator has let the account in use into a period,
// and then keeps the key.
func (a *App) takeKey(ctx context.Context, page channelPage, p channel.Period) (PeriodState, error) {
	if p.Grants == "" {
		return AwaitsCreator, nil
	}
	owner, err := stratos.ParseAddress(page.Owner)
	if err != nil {
		return AwaitsCreator, err
	}
	g, err := a.loadGrants(ctx, owner, p.ID, p.Grants)
	if err != nil {
		return AwaitsCreator, err
	}
	info, err := a.current()
	if err != nil || !g.Has(info.PublicKey) {
		return AwaitsCreator, err
	}
	var key channel.Key
	err = a.withSecret(func(secret stratos.PrivateKey) (err error) {
		key, err = g.Open(secret)
		return err
	})
	switch {
	case errors.Is(err, errLocked):
		return AwaitsUnlock, nil
	case err != nil:
		return AwaitsCreator, fault.Say(err, "The creator has let you in, but the key does not work. Tell the creator.")
	}
	defer clear(key[:])
	return PeriodOpen, a.changeDesk(func(d *channelDesk) {
		if d.Keys == nil {
			d.Keys = map[string][]byte{}
		}
		d.Keys[keyName(page.Owner, p.ID)] = slices.Clone(key[:])
	})
}

// withSecret lets use have the key of the account in use of an unlocked wallet.
func (a *App) withSecret(use func(stratos.PrivateKey) error) error {
	ring, err := a.ring(a.withKey)
	if err != nil {
		return err
	}
	a.mu.Lock()
	key := ring.wallet
	a.mu.Unlock()
	if !key.Valid() {
		return lockedFault()
	}
	return key.Use(use)
}

// PreviewSubscribe simulates paying for a period of a channel. Nothing is signed
// or sent; [App.Confirm] does that.
func (a *App) PreviewSubscribe(ctx context.Context, text, period string) (TxPreview, error) {
	c, err := a.LookAtChannel(ctx, text)
	if err != nil {
		return TxPreview{}, err
	}
	if c.Own {
		return TxPreview{}, fault.Wrong(nil, "This is your own channel. Nothing was sent.")
	}
	i := slices.IndexFunc(c.Periods, func(p ChannelPeriod) bool { return p.ID == period })
	if i < 0 {
		return TxPreview{}, fault.Wrong(nil, "This channel has no such period. Nothing was sent.")
	}
	p := c.Periods[i]
	switch p.State {
	case AwaitsCreator:
		return TxPreview{}, fault.Wrong(ErrAwaitsCreator, "You paid for this already, and wait for the creator to let you in. Nothing was sent.")
	case PeriodOpen, AwaitsUnlock:
		return TxPreview{}, fault.Wrong(nil, "You paid for this already. Nothing was sent.")
	}
	if c.stale {
		return TxPreview{}, fault.Say(nil, "The newest page of this channel cannot be seen now, so nothing was sent. %s", c.Problem)
	}
	return a.previewPeriod(ctx, c, p)
}

func (a *App) previewPeriod(ctx context.Context, c ChannelInfo, p ChannelPeriod) (TxPreview, error) {
	owner, err := stratos.ParseAddress(c.Owner)
	if err != nil {
		return TxPreview{}, err
	}
	_, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	memo, err := channel.PaymentMemo(p.ID)
	if err != nil {
		return TxPreview{}, err
	}
	o := order{
		title:   func(p chain.Preview) fault.Words { return fault.Tell("Subscribe for %s", stos(p.Message.Spends())) },
		message: message.Transfer{From: info.Address, To: owner, Amount: p.Price}, memo: memo,
		lines: func(chain.Preview) []PreviewLine {
			return []PreviewLine{
				{"Channel", fault.Value(c.Title)},
				{"To", fault.Value(c.Owner)},
				{"Amount", coins(p.Price)},
				{"Until", fault.Value(fault.Day(p.To))},
				{"Note that everybody can read", fault.Value(memo)},
			}
		},
		warnings: subscribeWarnings(c, p),
	}
	return a.preview(ctx, o)
}

// subscribeWarnings are what a follower has to know before he pays.
func subscribeWarnings(c ChannelInfo, p ChannelPeriod) (warnings []fault.Words) {
	if c.unsure {
		warnings = append(warnings, fault.Tell("It cannot be seen for sure whether you paid for this period already. Look into your history first."))
	}
	warnings = append(warnings, fault.Tell("You are let in when the creator's app is next online. Until then you wait."),
		fault.Tell("Everybody can see on the chain that you subscribed."), fault.Tell("Nothing is refunded."))
	if !p.To.After(time.Now()) {
		warnings = append(warnings, fault.Tell("This period is over: it opens what was published in it, and nothing new."))
	}
	return warnings
}

// ChannelItemLink returns the link of an item of a channel, named by its id or
// title, and the item. What is for followers only opens with the key of a period
// that was paid for: the error is [ErrNotSubscribed] or [ErrAwaitsCreator].
func (a *App) ChannelItemLink(ctx context.Context, text, what string) (string, ChannelItem, error) {
	owner, err := a.channelOwner(text)
	if err != nil {
		return "", ChannelItem{}, err
	}
	if info, err := a.current(); err == nil && info.Address == owner {
		return a.ownItemLink(ctx, what)
	}
	c, page, err := a.lookAt(ctx, owner)
	if err != nil {
		return "", ChannelItem{}, err
	}
	item, err := channelItemOf(page.File, what)
	if err != nil {
		return "", ChannelItem{}, err
	}
	shown := c.Items[slices.IndexFunc(c.Items, func(i ChannelItem) bool { return i.ID == item.ID })]
	if item.Link != "" {
		return item.Link, shown, nil
	}
	desk, err := a.channelDesk()
	if err != nil {
		return "", shown, err
	}
	for _, s := range item.Sealed {
		key := desk.Keys[keyName(c.Owner, s.Period)]
		if len(key) != len(channel.Key{}) {
			continue
		}
		if link, err := channel.Key(key).Open(item.ID, s.Link); err == nil {
			return link, shown, nil
		}
	}
	return "", shown, closedItem(c, shown)
}

// closedItem says why an item does not open.
func closedItem(c ChannelInfo, item ChannelItem) error {
	best := NotSubscribed
	for _, p := range c.Periods {
		if slices.Contains(item.Periods, p.ID) && p.State != NotSubscribed {
			best = p.State
		}
	}
	switch best {
	case AwaitsCreator:
		return fault.Say(ErrAwaitsCreator, "You paid, and wait for the creator to let you in. That happens when his app is next online.")
	case AwaitsUnlock:
		return lockedFault()
	case PeriodOpen:
		return fault.Say(channel.ErrClosed, "The key that you paid for does not open this. Its creator may have made a mistake; tell him.")
	}
	return fault.Say(ErrNotSubscribed, "This is for subscribers. Subscribe to a period that it belongs to, then you can open it.")
}

// ownItemLink is the link of an item of the own channel.
func (a *App) ownItemLink(ctx context.Context, what string) (string, ChannelItem, error) {
	now, _, err := a.channelNow(ctx)
	if err != nil {
		return "", ChannelItem{}, err
	}
	item, err := channelItemOf(now, what)
	if err != nil || item.Link != "" {
		return item.Link, oneItem(now, item), err
	}
	for _, s := range item.Sealed {
		p, _ := now.Period(s.Period)
		key, kerr := a.periodKey(p, now.Owner)
		if kerr != nil {
			return "", ChannelItem{}, kerr
		}
		if link, oerr := key.Open(item.ID, s.Link); oerr == nil {
			return link, oneItem(now, item), nil
		}
	}
	return "", oneItem(now, item), fault.Say(channel.ErrClosed, "This was sealed with a key that this wallet does not have.")
}
