package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
)

// historyShown is how many entries the wallet page asks for.
const historyShown = 200

// openHistory opens the log of transactions once.
func (a *App) openHistory() (*history.Log, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.history != nil {
		return a.history, nil
	}
	log, err := history.Open(context.Background(), a.profile.history())
	if err != nil {
		return nil, err
	}
	a.history = log
	a.closers = append(a.closers, func() error {
		if err := log.Close(); err != nil {
			return fmt.Errorf("close history: %w", err)
		}
		return nil
	})
	return log, nil
}

// knows tells whether the wallet ever sent to an address.
func (a *App) knows(ctx context.Context, other stratos.Address) (bool, error) {
	log, err := a.openHistory()
	if err != nil {
		return false, err
	}
	c, info, err := a.payer()
	if err != nil {
		return false, err
	}
	return log.Knows(ctx, c.ChainID(), info.Address, other)
}

// History returns the newest transactions of the wallet. What the chain cannot
// tell at the moment is shown as it was last known; only then the error is
// set as well as the list.
func (a *App) History(ctx context.Context) ([]HistoryEntry, error) {
	log, err := a.openHistory()
	if err != nil {
		return nil, err
	}
	c, info, err := a.payer()
	if err != nil {
		return nil, err
	}
	refreshed := log.Refresh(ctx, c, info.Address)
	entries, err := log.List(ctx, c.ChainID(), info.Address, historyShown, 0)
	if err != nil {
		return nil, errors.Join(err, refreshed)
	}
	list := make([]HistoryEntry, len(entries))
	for i, e := range entries {
		list[i] = historyEntry(e)
	}
	return list, refreshed
}

func historyEntry(e history.Entry) HistoryEntry {
	return HistoryEntry{
		Time: e.Time, Kind: historyKind(e.Kind), Words: e.Kind.Words(), Amount: e.Amount, Incoming: e.Direction == history.In,
		With: e.Counterparty, Memo: e.Memo, Fee: e.Fee, Hash: e.Hash, State: historyState(e.State),
	}
}

func historyKind(k history.Kind) string {
	switch k {
	case history.Sent, history.ToSelf:
		return "sent"
	case history.Received:
		return "received"
	case history.BoughtOzone, history.GotOzone:
		return "ozone"
	}
	return "other"
}

func historyState(s chain.State) string {
	switch s {
	case chain.Done:
		return "done"
	case chain.Sending:
		return "waiting"
	case chain.Unknown:
		return "unknown"
	}
	return "failed"
}
