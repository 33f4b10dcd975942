package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/channel"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// channelDraft is what is about to be published.
type channelDraft struct {
	before channelPage
	own    ownChannel
	edits  channel.Edits // those that are published
	page   channel.File
	letIn  []*letIn
	change bool
}

// draftPage puts together the next page. Without edits only followers are let in.
func (a *App) draftPage(ctx context.Context, withEdits bool) (d channelDraft, err error) {
	if d.before, d.own, err = a.ownPage(ctx); err != nil {
		return d, err
	}
	if withEdits {
		d.edits = d.own.Edits
	}
	d.page, d.change = d.before.With(d.edits, time.Now())
	if d.page.Title == "" {
		return d, fault.Say(ErrNoChannel, "You have no channel yet. Make one first: it needs a title.")
	}
	payments, _, err := a.subscriptions(ctx, history.In) // who is not seen now is let in the next time
	if err != nil {
		return d, err
	}
	for _, p := range d.before.Periods {
		more, err := a.letInto(ctx, d.before, p, d.own, payments)
		if err != nil {
			return d, err
		}
		if more != nil {
			d.letIn = append(d.letIn, more)
		}
	}
	if len(d.letIn) > 0 && !d.change {
		d.page.Changed = laterThan(d.before.Changed)
	}
	d.change = d.change || len(d.letIn) > 0
	return d, nil
}

// laterThan is now, or a moment after a page that claims to be of later.
func laterThan(t time.Time) time.Time {
	if now := time.Now().UTC().Truncate(time.Second); now.After(t) {
		return now
	}
	return t.Add(time.Second)
}

func (d channelDraft) followers() (n int) {
	for _, l := range d.letIn {
		n += l.news
	}
	return n
}

// bytes is what is uploaded for the draft.
func (d channelDraft) bytes() (n int64, err error) {
	raw, err := d.page.Encode()
	n = int64(len(raw))
	for _, l := range d.letIn {
		if l.held == "" && err == nil {
			raw, err = l.grants.Encode()
			n += int64(len(raw))
		}
	}
	return n, channelFault(err)
}

// recordAmount is what a creator pays himself with a record: the chain makes no
// transfer of nothing.
var recordAmount = stratos.WeiAmount(1)

func (a *App) recordOrder(r channel.Record) (order, error) {
	_, info, err := a.payer()
	if err != nil {
		return order{}, err
	}
	memo, err := r.Memo()
	if err != nil {
		return order{}, fmt.Errorf("write the record of a channel: %w", err)
	}
	return order{
		title:   said("Publish your channel"),
		message: message.Transfer{From: info.Address, To: info.Address, Amount: recordAmount}, memo: memo,
	}, nil
}

// PublishChannel publishes what was done to the channel, and lets in who paid,
// with the fee of that name or the normal one when it is empty. Until it is
// done the old page stays readable; cut off, the same call goes on and uploads
// nothing twice.
func (a *App) PublishChannel(ctx context.Context, fee string, password []byte) (ChannelPublished, error) {
	return a.publishWith(func(do func(chain.Signer) (TxResult, error)) (TxResult, error) { return a.signedBy(ctx, password, do) },
		func(key chain.Signer) (ChannelPublished, error) { return a.publishChannel(ctx, key, fee, true) })
}

// PublishChannelUnlocked is [App.PublishChannel] for an unlocked wallet.
func (a *App) PublishChannelUnlocked(ctx context.Context, fee string) (ChannelPublished, error) {
	return a.publishWith(a.withWallet, func(key chain.Signer) (ChannelPublished, error) { return a.publishChannel(ctx, key, fee, true) })
}

func (a *App) publishWith(sign func(func(chain.Signer) (TxResult, error)) (TxResult, error), do func(chain.Signer) (ChannelPublished, error)) (p ChannelPublished, err error) {
	_, err = sign(func(key chain.Signer) (TxResult, error) {
		p, err = do(key)
		return p.TxResult, err
	})
	return p, err
}

func (a *App) publishChannel(ctx context.Context, key chain.Signer, fee string, withEdits bool) (ChannelPublished, error) {
	unlock, err := a.lockChannel()
	if err != nil {
		return ChannelPublished{}, err
	}
	defer unlock()
	d, err := a.draftPage(ctx, withEdits)
	if err != nil {
		return ChannelPublished{}, err
	}
	p := ChannelPublished{Link: ChannelLink(d.page.Owner), Items: len(d.page.Items), LetIn: d.followers(), Nothing: !d.change}
	if !d.change {
		p.Hash = d.before.seen.Tx
		return p, a.settlePage(ctx, d, d.before.seen)
	}
	memo, err := a.uploadDraft(ctx, &d)
	if err != nil {
		return p, err
	}
	if err := a.stillNewest(ctx, d); err != nil {
		return p, err
	}
	if p.TxResult, err = a.sendRecord(ctx, key, memo, fee); err != nil {
		return p, err
	}
	text, err := memo.Memo()
	seen := seenPage{Height: int64(p.Height), Memo: text, Tx: p.Hash, At: time.Now().UTC().Truncate(time.Second)}
	return p, errors.Join(err, a.settlePage(ctx, d, seen))
}

// stillNewest makes sure that the page which the draft was made from is the
// newest one even after the upload, which may take long.
func (a *App) stillNewest(ctx context.Context, d channelDraft) error {
	c, err := a.chain()
	if err != nil {
		return err
	}
	owner, err := stratos.ParseAddress(d.page.Owner)
	if err != nil {
		return err
	}
	found, _, err := newestRecord(ctx, c, owner, d.before.seen)
	if errors.Is(err, ErrNoChannel) {
		return nil
	}
	if err == nil && found.Tx != d.before.seen.Tx {
		err = fault.Say(nil, "Another of your devices has just published your channel. Publish again; nothing was lost.")
	}
	return err
}

func (a *App) sendRecord(ctx context.Context, key chain.Signer, r channel.Record, fee string) (TxResult, error) {
	o, err := a.recordOrder(r)
	if err != nil {
		return TxResult{}, err
	}
	preview, err := a.preview(ctx, o)
	if err != nil {
		return TxResult{}, err
	}
	chosen, err := preview.at(fee)
	if err != nil {
		return TxResult{}, err
	}
	return a.transact(ctx, key, chosen)
}

// uploadDraft brings the files of a page to the network: first those of keys,
// then the page that names them. All is noted at once.
func (a *App) uploadDraft(ctx context.Context, d *channelDraft) (r channel.Record, err error) {
	c, err := a.client(PublishAccount)
	if err != nil {
		return r, err
	}
	d.page.Periods = slices.Clone(d.page.Periods)
	for _, l := range d.letIn {
		link, err := a.uploadGrants(ctx, c, d, l)
		if err != nil {
			return r, err
		}
		i := slices.IndexFunc(d.page.Periods, func(p channel.Period) bool { return p.ID == l.period })
		d.page.Periods[i].Grants = link
	}
	raw, err := d.page.Encode()
	if err != nil {
		return r, channelFault(err)
	}
	held, replaced := heldPage{Page: raw}, d.own.Page
	if replaced != nil && samePage(replaced.Page, d.page) {
		held, replaced = *replaced, nil
	}
	if held.Link != "" {
		return channel.NewRecord(held.Link, held.Page), nil // it was only not told to the chain
	}
	if err := a.noteHeld(held, replaced); err != nil {
		return r, err
	}
	if held.heldFile, err = uploadOpen(ctx, c, "page.json", held.Page); err != nil {
		return r, errors.Join(err, a.noteStray(held.heldFile))
	}
	a.keepOpen(held.Link, held.Page)
	return channel.NewRecord(held.Link, held.Page), a.noteHeld(held, nil)
}

// noteHeld remembers the page that is on its way. One that it replaces is on no
// chain.
func (a *App) noteHeld(held heldPage, replaced *heldPage) error {
	return a.changeOwn(func(o *ownChannel) {
		if replaced != nil && replaced.FileID != "" {
			o.Old = append(o.Old, replaced.heldFile)
		}
		o.Page = &held
	})
}

// noteStray remembers what an upload that failed left on the network.
func (a *App) noteStray(held heldFile) error {
	if held.FileID == "" {
		return nil
	}
	return a.changeOwn(func(o *ownChannel) { o.Old = append(o.Old, held) })
}

// uploadGrants brings the keys for the followers of a period to the network.
func (a *App) uploadGrants(ctx context.Context, c *networkClient, d *channelDraft, l *letIn) (string, error) {
	if l.held != "" {
		return l.held, nil
	}
	raw, err := l.grants.Encode()
	if err != nil {
		return "", channelFault(err)
	}
	held, err := uploadOpen(ctx, c, "keys.json", raw)
	if err != nil {
		return "", errors.Join(err, a.noteStray(held))
	}
	a.keepOpen(held.Link, raw)
	replaced, there := d.own.Grants[l.period]
	return held.Link, a.changeOwn(func(o *ownChannel) {
		if there {
			o.Old = append(o.Old, replaced)
		}
		if o.Grants == nil {
			o.Grants = map[string]heldFile{}
		}
		o.Grants[l.period] = held
	})
}

// samePage tells whether a page that was uploaded says what this one does.
func samePage(raw []byte, page channel.File) bool {
	var held channel.File
	if json.Unmarshal(raw, &held) != nil {
		return false
	}
	was := held.Changed
	page.Changed = was
	for i := range page.Items {
		if other, there := held.Item(page.Items[i].ID); there && other.At.Equal(was) {
			page.Items = slices.Clone(page.Items)
			page.Items[i].At = was
		}
	}
	now, err := page.Encode()
	return err == nil && bytes.Equal(now, raw)
}
