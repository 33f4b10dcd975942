package fake

import (
	"context"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Balance is the sample balance.
func (b *Backend) Balance(context.Context) (app.Balance, error) { return b.Money, b.Err }

func (b *Backend) pay(call string, password []byte) (app.TxResult, error) {
	if string(password) != Password {
		return app.TxResult{}, fault.Wrong(nil, "This password does not open the wallet. Nothing was sent.")
	}
	b.note(call)
	return app.TxResult{Hash: "ab", Height: 12, Noz: "39900000000"}, b.Err
}

// QuoteOzone sells 10 ozone for a STOS.
func (b *Backend) QuoteOzone(_ context.Context, amount string) (app.OzoneQuote, error) {
	q := app.OzoneQuote{Noz: "40000000000"}
	wei(&q.Amount, amount)
	wei(&q.Fee, "0.000112")
	wei(&q.Left, "930.331888")
	return q, b.Err
}

// BuyOzone accepts Password only.
func (b *Backend) BuyOzone(_ context.Context, q app.OzoneQuote, password []byte) (app.TxResult, error) {
	return b.pay("buy ozone for "+q.Amount.Format("stos"), password)
}

// Credit notes it.
func (b *Backend) Credit(context.Context) (app.TxResult, error) {
	b.note("credit")
	return app.TxResult{}, b.Err
}

// History is the sample history.
func (b *Backend) History(context.Context) ([]app.HistoryEntry, error) { return b.Past, b.Err }

// weiText is anything that reads a number of wei.
type weiText interface{ UnmarshalText([]byte) error }

// wei sets an amount given as a decimal number of STOS.
func wei(into weiText, stos string) {
	whole, fraction, _ := strings.Cut(stos, ".")
	if err := into.UnmarshalText([]byte(whole + fraction + strings.Repeat("0", 18-len(fraction)))); err != nil {
		panic(err)
	}
}

func entry(kind, words, stos string, incoming bool, with, memo, state string, t time.Time) app.HistoryEntry {
	h := app.HistoryEntry{Time: t, Kind: kind, Words: words, Incoming: incoming, With: with, Memo: memo, State: state}
	wei(&h.Amount, stos)
	return h
}

// Full returns a program in use: the drawings of the look, as data.
func Full() *Backend {
	b := Empty()
	b.Now = app.Status{
		Phase: app.PhaseSyncing, FilesDone: 3, FilesTotal: 120, BytesDone: 42, BytesTotal: 100,
		PerSecond: 6_100_000, Left: 4 * time.Minute, Practice: true,
	}
	b.Entries = map[string][]app.Entry{
		"": {
			{Name: "Work", Path: "Work", Folder: true, Items: 1, Changed: at(22, 14, 2), Status: app.Synced},
			{Name: "Holiday.mp4", Path: "Holiday.mp4", Size: 420_000_000, Changed: at(20, 9, 0), Status: app.Synced, Video: true},
		},
		"Work":          {{Name: "Portugal", Path: "Work/Portugal", Folder: true, Items: 9, Changed: at(22, 14, 2), Status: app.Synced}},
		"Work/Portugal": Portugal(),
	}
	wei(&b.Money.Total, "1284.372")
	wei(&b.Money.Held, "934.332")
	wei(&b.Money.Spendable, "934.332")
	b.Money.StorageNoz, b.Money.PublishNoz = "200000000000", "12600000000"
	const gate, ana, landlord = Exchange, Ana, Landlord
	b.Changes = Happened()
	b.Past = []app.HistoryEntry{
		entry("sent", "Sent STOS", "3", false, ana, "", "waiting", at(22, 14, 58)),
		entry("received", "Received STOS", "250", true, gate, "", "done", at(22, 11, 20)),
		entry("ozone", "Bought ozone", "0.04", false, Storage, "", "done", at(22, 10, 58)),
		entry("received", "Received STOS", "120", true, gate, "", "done", at(17, 9, 5)),
		entry("sent", "Sent STOS", "48.2", false, landlord, "November", "done", at(12, 18, 30)),
		entry("received", "Received STOS", "96", true, gate, "", "done", at(8, 7, 12)),
		entry("sent", "Sent STOS", "100", false, ana, "", "failed", at(2, 8, 0)),
		entry("stake", "Staked STOS", "100", false, "", "", "done", at(2, 7, 0)),
		entry("sent", "Sent STOS", "12.5", false, ana, "rent share", "done", at(1, 12, 0)),
	}
	fillStake(b)
	fillCare(b)
	fillNetwork(b)
	b.LinkList = []app.Link{
		{ID: "1", Name: "Contract draft.pdf", Link: "stos://7Fh2kQ9xW3#mXv0b3J1l6Tq", Path: "Work/Portugal/Contract draft.pdf", Size: 1_100_000, Created: at(20, 9, 0), Expires: at(24, 16, 0), State: app.LinkActive},
		{ID: "2", Name: "Lisbon harbour.mp4", Link: "sds://u83Hd72kLs", Size: 1_800_000_000, Public: true, Created: at(2, 9, 0), State: app.LinkActive},
	}
	return b
}

// Empty returns a program that was just set up.
func Empty() *Backend {
	return &Backend{
		At: app.Ready, Look: "system", Dir: "/home/ana/Stratos Drive", Network: "local",
		Now: app.Status{Phase: app.PhaseUpToDate, Practice: true},
	}
}

// Broken returns a program whose every call fails with a sentence.
func Broken() *Backend {
	b := Empty()
	b.Now = app.Status{Phase: app.PhaseOffline, Problem: "The network does not answer."}
	b.Err = ErrOffline
	return b
}
