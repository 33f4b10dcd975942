package app

import (
	"context"
	"math/big"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/sync/engine"

	"github.com/stratosdrive/stratosdrive/wallet/market"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// EpochOptions says how a new epoch is paid for.
type EpochOptions struct {
	// Buy is how many STOS go into ozone for the new accounts; empty: what is
	// missing, "0": none.
	Buy      string
	Force    bool // delete the old files although another device has sent something to them meanwhile
	Progress func(step EpochStep, done, total int64)
}

// EpochStep is what a new epoch is at.
type EpochStep string

// The steps of which something is counted: bytes, and files.
const (
	EpochCopying  EpochStep = "copying"
	EpochDeleting EpochStep = "deleting"
)

// NewEpoch tells what starting a new epoch did, or would do.
type NewEpoch struct {
	Done     bool   `json:"done"`     // false for a preview
	Followed bool   `json:"followed"` // another device had begun an epoch; this one has just followed, and would now begin another
	Resumed  bool   `json:"resumed"`  // one that was cut off is gone on with
	From     int    `json:"from"`     // epoch that ends
	Epoch    int    `json:"epoch"`    // epoch that begins
	Storage  string `json:"storage"`  // address of the storage account of the new one
	Publish  string `json:"publish"`  // of the publishing account

	Upload   int64 `json:"upload"`    // bytes at most
	FromDisk int64 `json:"from_disk"` // of it, which lie on this disk
	Download int64 `json:"download"`  // bytes at most: what does not
	// UploadNoz is for up to five copies and paid by the new account,
	// DownloadNoz by the old one. Decimal.
	UploadNoz   string         `json:"upload_noz"`
	DownloadNoz string         `json:"download_noz"`
	OldNoz      string         `json:"old_noz,omitempty"` // ozone of the old account; it stays there
	NewNoz      string         `json:"new_noz,omitempty"` // ozone that the new account has
	Buy         stratos.Amount `json:"buy"`               // STOS for the ozone that is missing

	Before []string `json:"thief_before"` // what who has the device could read and do, in sentences
	After  []string `json:"thief_after"`  // what changes

	States  int   `json:"states"`
	Files   int   `json:"files"`
	Bytes   int64 `json:"bytes"`
	Lost    int   `json:"lost"`    // contents of old states that the network had lost
	Deleted int   `json:"deleted"` // files of the old epoch on the network
	Untold  bool  `json:"untold"`  // the old account could not pay for telling the other devices; they find out when their wallet is unlocked next
}

// PreviewEpoch tells what [App.NewEpoch] would do and cost. It changes nothing,
// but that this device follows if another one has begun a new epoch before.
func (a *App) PreviewEpoch(ctx context.Context, o EpochOptions) (r NewEpoch, err error) {
	if r, err = a.planEpoch(ctx); err != nil || r.Upload == 0 {
		return r, err
	}
	if o.Buy != "" {
		r.Buy, err = buyWish(o.Buy)
		return r, err
	}
	r.Buy, err = a.priceOf(ctx, r.missing())
	return r, err
}

// planEpoch finds the accounts of the new epoch and what moves.
func (a *App) planEpoch(ctx context.Context) (r NewEpoch, err error) {
	session, err := a.session()
	if err != nil {
		return r, err
	}
	known := a.Epoch()
	a.lookAgain()
	if err := a.settleEpoch(ctx, a.Folder()); err != nil {
		return r, err
	}
	now := a.epochOf(a.ownerAddress())
	r.Followed = now.Number != known && len(now.Old) == 0
	r.From, r.Before, r.After = now.Number, thiefBefore(), thiefAfter()
	if len(now.Old) > 0 { // all but the end is done
		r.Resumed, r.From, r.Epoch = true, now.Old[0], now.Number
	} else if r.Epoch, err = a.nextEpoch(ctx, now); err != nil {
		return r, err
	}
	r.Resumed = r.Resumed || now.Begun == r.Epoch
	if r.Storage, r.Publish, err = epochAddresses(session, r.Epoch); err != nil {
		return r, err
	}
	r.UploadNoz, r.DownloadNoz = "0", "0"
	if len(now.Old) > 0 {
		return r, nil
	}
	return r, a.measureEpoch(ctx, &r)
}

// measureEpoch says what moves and what ozone there is.
func (a *App) measureEpoch(ctx context.Context, r *NewEpoch) error {
	err := a.look(ctx, func(e *engine.Engine) error {
		cost, err := e.MoveCost(ctx)
		r.Upload, r.FromDisk, r.Download = cost.Upload, cost.Local, cost.Download
		return err
	})
	if err != nil {
		return err
	}
	r.DownloadNoz = strconv.FormatInt(r.Download, 10)
	r.UploadNoz = strconv.FormatInt(r.Upload*networkCopies, 10)
	if r.NewNoz, err = a.noz(ctx, r.Storage); err != nil {
		return err
	}
	o, err := a.Ozone(ctx)
	r.OldNoz = o.StorageNoz
	return err
}

// nextEpoch returns the epoch that a device begins: the one it has begun, or the
// first whose account holds nothing. What another device has begun there, and
// never ended, may be on the device that was stolen.
func (a *App) nextEpoch(ctx context.Context, now knownEpoch) (int, error) {
	if now.Begun > now.Number {
		return now.Begun, nil
	}
	for number := now.Number + 1; ; number++ {
		key, err := a.epochKey(number)
		if err != nil {
			return 0, err
		}
		used, err := a.holdsFiles(ctx, key)
		key.Wipe()
		if err != nil || !used {
			return number, err
		}
	}
}

func (a *App) holdsFiles(ctx context.Context, key stratos.PrivateKey) (bool, error) {
	c, err := a.connectAs(wire.NewSigner(key))
	if err != nil {
		return false, err
	}
	defer c.Close()
	files, err := c.List(ctx)
	return len(files) > 0, err
}

// missing is how much ozone the new account lacks, in noz.
func (r NewEpoch) missing() *big.Int {
	need, have := nozOf(r.UploadNoz), nozOf(r.NewNoz)
	return need.Sub(need, have)
}

func nozOf(decimal string) *big.Int {
	n, ok := new(big.Int).SetString(decimal, 10)
	if !ok {
		return new(big.Int)
	}
	return n
}

// buyWish reads how many STOS a person wants to spend, which may be none.
func buyWish(text string) (stratos.Amount, error) {
	if n, err := strconv.ParseFloat(text, 64); err == nil && n == 0 {
		return stratos.Amount{}, nil
	}
	return amountOf(text)
}

// priceOf returns how many STOS buy this ozone for the storage account, with
// some to spare, for the price rises while it is bought.
func (a *App) priceOf(ctx context.Context, noz *big.Int) (stratos.Amount, error) {
	if noz.Sign() <= 0 {
		return stratos.Amount{}, nil
	}
	c, err := a.chain()
	if err != nil {
		return stratos.Amount{}, err
	}
	ozone, err := market.Read(ctx, c)
	if err != nil {
		return stratos.Amount{}, err
	}
	want := new(big.Int).Mul(noz, big.NewInt(publishShare*105))
	want.Div(want, big.NewInt((publishShare-1)*100))
	unit := big.NewInt(1e15) // a thousandth of a STOS
	low, high := new(big.Int), new(big.Int).Set(unit)
	buys := func(wei *big.Int) bool { return ozone.Buys(stratos.NewAmount(wei)).Cmp(want) >= 0 }
	for !buys(high) {
		if low.Set(high); high.BitLen() > 128 {
			return stratos.Amount{}, fault.Say(nil, "The network does not sell as much ozone as your drive needs. Nothing was changed.")
		}
		high.Lsh(high, 1)
	}
	for new(big.Int).Sub(high, low).Cmp(unit) > 0 {
		middle := new(big.Int).Add(low, high)
		if middle.Rsh(middle, 1); buys(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return stratos.NewAmount(high), nil
}

// payEpoch buys the ozone of the new accounts, unless that is done.
func (a *App) payEpoch(ctx context.Context, r *NewEpoch) error {
	if r.Buy.IsZero() {
		return nil
	}
	if paid := a.epochOf(a.ownerAddress()).Paid; time.Since(paid) < paidLately {
		a.awaitNoz(ctx, r.Storage, r.NewNoz) // a purchase that was cut off may still arrive
	}
	noz, err := a.noz(ctx, r.Storage)
	if err != nil || noz != r.NewNoz {
		r.NewNoz = noz
		return err
	}
	c, info, err := a.payer()
	if err != nil {
		return err
	}
	orders, err := prepayBoth(info.Address, r.Buy, r.Storage, r.Publish)
	if err != nil {
		return err
	}
	p, bought, err := previewOrders(ctx, c, info, r.Buy, orders)
	if err != nil {
		return err
	}
	if err := a.changeEpoch(func(e *knownEpoch) { e.Paid = time.Now().UTC() }); err != nil {
		return err
	}
	if _, err := a.BuyOzoneUnlocked(ctx, OzoneQuote{Amount: r.Buy, Noz: bought, Fee: p.Fee, Left: p.Left, preview: p, gift: true}); err != nil {
		return err
	}
	a.awaitNoz(ctx, r.Storage, r.NewNoz)
	r.NewNoz, err = a.noz(ctx, r.Storage)
	return err
}

// paidLately is how long a purchase may be under way: a transaction that is in no
// block by then can no longer happen.
const paidLately = 2 * time.Minute

// awaitNoz waits until an account has other ozone than before, for a while.
func (a *App) awaitNoz(ctx context.Context, address, before string) {
	await(ctx, func() bool {
		now, err := a.noz(ctx, address)
		return err == nil && now != before
	})
}

// thiefBefore says what who has a stolen device could do with it.
func thiefBefore() []string {
	return []string{
		"Until now whoever has the device can read the files in its folder, unless its disk is encrypted.",
		"If the program was running there, he may have the keys of the drive: with them he can read, change and delete all of it on the network, old versions included, and use up its ozone. They move no STOS.",
	}
}

// thiefAfter says what a new epoch changes, and what it does not.
func thiefAfter() []string {
	return []string{
		"From then on he can read nothing that any of your devices saves. What he has copied stays his; the old files on the network he can read until they are deleted at the end.",
		"Links that you have given go on working. He may be able to end them, or delete what is behind them: make those that matter anew.",
		"If he can unlock the wallet, by its password or the system's keyring, this does not help: make a new wallet, send your STOS there, and use stos drive move --to-wallet.",
	}
}

// epochAddresses are those of the storage and publishing accounts of an epoch.
func epochAddresses(session *vault.Session, number int) (storage, publish string, err error) {
	first, err := session.Key(0)
	if err != nil {
		return "", "", err
	}
	ring, err := newKeyring(first, number)
	defer first.Wipe()
	if err != nil {
		return "", "", err
	}
	defer ring.wipeFiles()
	storage, publish = ring.addresses()
	return storage, publish, nil
}
