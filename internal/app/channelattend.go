package app

import (
	"context"
	"errors"
	"time"

	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// attendEvery is how often a program that runs looks for followers who paid.
const attendEvery = time.Minute

// attendChannel lets in who paid for the own channel, while this program syncs.
// Signing takes the key of the wallet: while that is locked, followers wait, and
// are let in when it is unlocked.
func (a *App) attendChannel(ctx context.Context) {
	events, cancel := a.Subscribe()
	defer cancel()
	tick := time.NewTicker(attendEvery)
	defer tick.Stop()
	open := a.holdsKey()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case e := <-events:
			was := open
			if open = a.holdsKey(); e.Kind != WalletChanged || was || !open {
				continue
			}
		}
		_, _ = a.LetFollowersIn(ctx) // what fails is tried again
	}
}

// LetFollowersIn publishes keys for followers who paid, if there are any and the
// creator did not choose to do that by hand. The wallet has to be unlocked.
// Nothing else of what was done to the channel is published.
func (a *App) LetFollowersIn(ctx context.Context) (ChannelPublished, error) {
	desk, err := a.channelDesk()
	if err != nil || desk.Own.Seen.Height == 0 || desk.Own.ByHand || !a.holdsKey() {
		return ChannelPublished{Nothing: true}, err
	}
	p, err := a.publishWith(a.withWallet, func(key chain.Signer) (ChannelPublished, error) { return a.publishChannel(ctx, key, "", false) })
	if errors.Is(err, errChannelBusy) {
		return ChannelPublished{Nothing: true}, nil // who publishes lets them in
	}
	return p, err
}
