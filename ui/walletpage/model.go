// Package walletpage is the page of the money: what there is, where it is, what
// came and went, and the ways to receive, send and buy ozone. Every payment is
// shown in words before the password is asked for. What is decided is in
// model.go, which knows no widget.
package walletpage

import (
	"context"
	"math/big"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// Backend is what the page needs of package app.
type Backend interface {
	Wallets() ([]app.WalletInfo, error)
	Balance(ctx context.Context) (app.Balance, error)
	History(ctx context.Context) ([]app.HistoryEntry, error)
	Credit(ctx context.Context) (app.TxResult, error)
	PreviewSend(ctx context.Context, to, amount, memo string) (app.SendPreview, error)
	Send(ctx context.Context, p app.SendPreview, password []byte) (app.TxResult, error)
	QuoteOzone(ctx context.Context, amount string) (app.OzoneQuote, error)
	BuyOzone(ctx context.Context, q app.OzoneQuote, password []byte) (app.TxResult, error)
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

// place is one line of "where it is".
type place struct{ label, amount string }

// places say where the money is.
func places(b app.Balance) []place {
	list := []place{{lang.L("Free to use"), say.Figure(b.Spendable)}}
	if elsewhere, ok := b.Total.Sub(b.Spendable); ok && !elsewhere.IsZero() {
		list = append(list, place{lang.L("Staked or on its way"), say.Figure(elsewhere)})
	}
	return list
}

// ozone adds the ozone of the drive and of what is published.
func ozone(b app.Balance) string {
	sum := new(big.Int)
	for _, noz := range []string{b.StorageNoz, b.PublishNoz} {
		if n, ok := new(big.Int).SetString(noz, 10); ok {
			sum.Add(sum, n)
		}
	}
	return sum.String()
}

// aboutOzone is said under the figure.
func aboutOzone(b app.Balance) string {
	switch {
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

// entry is one line of the history in words.
type entry struct {
	icon, title, second, amount, when string
	incoming, failed                  bool
}

// entryOf puts a transaction of a wallet into words.
func entryOf(h app.HistoryEntry, w app.WalletInfo, now time.Time) entry {
	e := entry{amount: say.Signed(h.Amount, h.Incoming), when: say.When(h.Time, now), incoming: h.Incoming}
	e.icon, e.title = kind(h)
	parts := []string{}
	if with := partner(h.With, w); with != "" {
		parts = append(parts, with)
	}
	if h.Memo != "" {
		parts = append(parts, h.Memo)
	}
	switch h.State {
	case "failed":
		e.failed = true
		parts = []string{lang.L("Did not go through; only the fee was paid")}
	case "waiting":
		parts = append([]string{lang.L("On its way")}, parts...)
	case "unknown":
		parts = append([]string{lang.L("It is not known yet whether it went through")}, parts...)
	}
	e.second = strings.Join(parts, ", ")
	return e
}

// partner names the other side: one's own accounts by what they are for.
func partner(address string, w app.WalletInfo) string {
	switch address {
	case "":
		return ""
	case w.Storage:
		return lang.L("for your drive")
	case w.Publish:
		return lang.L("for what you share")
	}
	return say.Brief(address)
}

func kind(h app.HistoryEntry) (icon, title string) {
	switch h.Kind {
	case "sent":
		return "arrow-up", lang.L("Sent")
	case "received":
		return "arrow-down", lang.L("Received")
	case "ozone":
		return "lightning", lang.L("Bought ozone")
	}
	if h.Words != "" {
		return "activity", h.Words
	}
	return "activity", lang.L("Transaction")
}

// amountProblem says what is wrong with a typed amount, empty for nothing. An
// empty field is not enough and nothing wrong.
func amountProblem(text string) (problem string, enough bool) {
	text = strings.TrimSpace(text)
	whole, fraction, _ := strings.Cut(text, ".")
	switch {
	case text == "" || text == "." || text == "0":
		return "", false
	case strings.Contains(text, ","):
		return lang.L("Write a point for decimals and no commas: 12.5"), false
	case strings.Trim(whole+fraction, "0123456789") != "" || whole == "":
		return lang.L("Write a number such as 12.5"), false
	case len(fraction) > 18:
		return lang.L("STOS has 18 decimals at most."), false
	case strings.HasSuffix(text, "."):
		return "", false
	}
	return "", strings.Trim(whole+fraction, "0") != ""
}

// canSend tells whether a payment is filled in far enough to be looked at.
func canSend(to, amount string) bool {
	_, enough := amountProblem(amount)
	return enough && len(strings.TrimSpace(to)) >= 20
}

// sendWords is the word on the button that pays.
func sendWords(p app.SendPreview) string {
	return lang.L("Send {{.Amount}}", map[string]any{"Amount": say.STOS(p.Amount)})
}

// buyWords is the word on the button that buys ozone.
func buyWords(q app.OzoneQuote) string {
	return lang.L("Buy {{.Ozone}}", map[string]any{"Ozone": say.OzoneNamed(q.Noz)})
}

// note is what is said under the total.
func note(practice bool) string {
	if practice {
		return lang.L("Practice money, worth nothing outside this computer.")
	}
	return ""
}
