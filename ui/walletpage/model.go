package walletpage

import (
	"context"
	"io"
	"math/big"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// Backend is what the page needs of package app.
type Backend interface {
	Wallets() ([]app.WalletInfo, error)
	WalletAccounts() ([]app.AccountInfo, error)
	Balance(ctx context.Context) (app.Balance, error)
	Staking(ctx context.Context) (app.Staking, error)
	Credit(ctx context.Context) (app.TxResult, error)
	PreviewPay(ctx context.Context, to, amount, memo string) (app.TxPreview, error)
	Confirm(ctx context.Context, p app.TxPreview, fee string, password []byte) (app.TxResult, error)
	QuoteOzone(ctx context.Context, amount string) (app.OzoneQuote, error)
	BuyOzone(ctx context.Context, q app.OzoneQuote, password []byte) (app.TxResult, error)
	Contacts() ([]app.Contact, error)
	SaveContact(c app.Contact) error
	RemoveContact(address string) error
	ReadQR(ctx context.Context, path string) (to, amount, memo string, err error)
	SearchHistory(ctx context.Context, q app.HistoryQuery) (app.HistoryPage, error)
	ExportHistory(ctx context.Context, q app.HistoryQuery, format string, w io.Writer) error
}

// Care looks after the wallets; package ui/care has one.
type Care interface {
	Reminder(checked func()) fyne.CanvasObject // nil when there is nothing to be reminded of
	Items() []*fyne.MenuItem
	Accounts() // shows the accounts of the wallet in use
}

// current returns the wallet in use.
func current(list []app.WalletInfo) app.WalletInfo {
	for _, w := range list {
		if w.Current {
			return w
		}
	}
	return app.WalletInfo{}
}

// besideMost is how many letters of a name have room beside the buttons.
const besideMost = 20

// beside is a name that fits beside the buttons of the page.
func beside(name string) string {
	if letters := []rune(name); len(letters) > besideMost {
		return strings.TrimSpace(string(letters[:besideMost-1])) + "…"
	}
	return name
}

// place is one line of "where it is".
type place struct{ label, amount string }

// places say where the money of an account is, and its stake when that is
// known.
func places(b app.Balance, stake *app.Staking, now time.Time) []place {
	list := []place{{lang.L("Free to use"), say.Figure(b.Spendable)}}
	if locked, ok := b.Held.Sub(b.Spendable); ok && !locked.IsZero() {
		list = append(list, place{lang.L("Locked for now"), say.Figure(locked)})
	}
	if stake == nil {
		return append(list, place{lang.L("Staked"), "?"})
	}
	list = append(list, place{lang.L("Staked"), say.Figure(stake.Staked)})
	if !stake.Unbonding.IsZero() {
		list = append(list, place{leaves(stake.Returns, now), say.Figure(stake.Unbonding)})
	}
	return append(list, place{lang.L("Rewards to claim"), say.Figure(stake.Rewards)})
}

// leaves says when what was unstaked is back: the day when it is one, the
// first day when there are several.
func leaves(list []app.Unbonding, now time.Time) string {
	var first, last time.Time
	for _, u := range list {
		if first.IsZero() || u.Done.Before(first) {
			first = u.Done
		}
		if u.Done.After(last) {
			last = u.Done
		}
	}
	day := say.Day(first, now)
	switch {
	case first.IsZero():
		return lang.L("Leaves staking")
	case day == say.Day(last, now):
		return lang.L("Leaves staking on {{.Day}}", map[string]any{"Day": day})
	}
	return lang.L("Leaves staking from {{.Day}}", map[string]any{"Day": day})
}

// ozone adds the ozone of the drive and of what is published.
func ozone(b app.Balance) string {
	sum, parts := new(big.Int), []string{b.StorageNoz, b.PublishNoz}
	if b.StorageNoz == "" && b.PublishNoz == "" { // whose drive is not known
		parts = []string{b.WalletNoz}
	}
	for _, noz := range parts {
		if n, ok := new(big.Int).SetString(noz, 10); ok {
			sum.Add(sum, n)
		}
	}
	return sum.String()
}

// aboutOzone is said under the figure.
func aboutOzone(b app.Balance, watched bool) string {
	switch {
	case watched && !b.OzoneUnknown:
		return lang.L("Prepaid traffic of this address.")
	case b.OzoneUnknown:
		return lang.L("The network does not answer, so it is not known how much ozone is left.")
	case ozone(b) == "0":
		return lang.L("Uploads and downloads need ozone. Buy some with STOS.")
	}
	return lang.L("Pays for uploads and downloads.")
}

// figureOfOzone is the large number of the ozone card.
func figureOfOzone(b app.Balance) string {
	if b.OzoneUnknown {
		return "?"
	}
	return say.Ozone(ozone(b))
}

// canSend tells whether a payment is filled in far enough to be looked at.
func canSend(to string, enough bool) bool { return enough && len(strings.TrimSpace(to)) >= 20 }

// amountOf is the amount of a preview, which is one of its facts.
func amountOf(p app.TxPreview) string {
	for _, l := range p.Lines {
		if value := say.Words(l.Value); strings.HasSuffix(value, " STOS") {
			return value
		}
	}
	return lang.L("It")
}

// note is what is said under the total.
func note(practice bool) string {
	if practice {
		return lang.L("Practice money, worth nothing outside this computer.")
	}
	return ""
}
