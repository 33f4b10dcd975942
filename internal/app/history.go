package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

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

// SearchHistory returns the entries of the wallet that a query finds, the
// newest first. For a first page the chain is asked for what is new, unless it
// was asked just before; what it cannot tell at the moment is said in the
// page's Problem.
func (a *App) SearchHistory(ctx context.Context, q HistoryQuery) (HistoryPage, error) {
	log, c, info, err := a.books()
	if err != nil {
		return HistoryPage{}, err
	}
	wanted, err := historyQuery(q)
	if err != nil {
		return HistoryPage{}, err
	}
	page := HistoryPage{Entries: []HistoryEntry{}}
	if q.Offset == 0 {
		covered, err := a.coverage(ctx, log, c, info.Address, q.Text != "" || q.Kind != "")
		if err != nil {
			return HistoryPage{}, err
		}
		page.Complete, page.Problem = covered.Complete, covered.Problem
	}
	if page.Total, err = log.Count(ctx, c.ChainID(), info.Address, wanted); err != nil {
		return HistoryPage{}, err
	}
	found, err := log.Find(ctx, c.ChainID(), info.Address, wanted)
	for _, e := range found {
		page.Entries = append(page.Entries, historyEntry(e))
	}
	return page, err
}

// ExportHistory writes all that a query finds to w, exact to the wei: "csv" or
// "json".
func (a *App) ExportHistory(ctx context.Context, q HistoryQuery, format string, w io.Writer) error {
	log, c, info, err := a.books()
	if err != nil {
		return err
	}
	wanted, err := historyQuery(q)
	if err != nil {
		return err
	}
	if format != string(history.CSV) && format != string(history.JSON) {
		return fault.Wrong(nil, "The history can be saved as csv or json.")
	}
	if _, err := a.refreshHistory(ctx, log, c, info.Address); err != nil {
		return err
	}
	return log.Export(ctx, c.ChainID(), info.Address, wanted, history.Format(format), w)
}

// searchAge is for how long a search is content with what the chain said last:
// people type a letter at a time.
const searchAge = 10 * time.Second

// freshness is when the chain was last asked for the history of an account.
type freshness struct {
	mu      sync.Mutex
	account string
	at      time.Time
	covered history.Coverage
}

// coverage tells how complete the history is, and asks the chain for what is
// new unless a search was answered just before.
func (a *App) coverage(ctx context.Context, log *history.Log, c *chain.Client, self stratos.Address, search bool) (history.Coverage, error) {
	f, account := &a.fresh, c.ChainID()+self.String()
	f.mu.Lock()
	recent := f.account == account && time.Since(f.at) < searchAge
	covered := f.covered
	f.mu.Unlock()
	if search && recent {
		return covered, nil
	}
	covered, err := a.refreshHistory(ctx, log, c, self)
	if err == nil {
		f.mu.Lock()
		f.account, f.at, f.covered = account, time.Now(), covered
		f.mu.Unlock()
	}
	return covered, err
}

// refreshHistory asks the chain for what is new. That it cannot be asked is no
// error: the history works without it.
func (a *App) refreshHistory(ctx context.Context, log *history.Log, c *chain.Client, self stratos.Address) (history.Coverage, error) {
	refreshed := log.Refresh(ctx, c, self)
	account, err := c.Account(ctx, self)
	if err != nil && refreshed == nil && !errors.Is(err, chain.ErrUnused) {
		refreshed = err
	}
	if ctx.Err() != nil {
		return history.Coverage{}, ctx.Err()
	}
	return log.Coverage(ctx, c.ChainID(), self, account.Sequence, refreshed)
}

// books returns what a history is made of.
func (a *App) books() (*history.Log, *chain.Client, vault.Info, error) {
	log, err := a.openHistory()
	if err != nil {
		return nil, nil, vault.Info{}, err
	}
	c, info, err := a.viewer()
	return log, c, info, err
}

func historyQuery(q HistoryQuery) (history.Query, error) {
	wanted := history.Query{Text: q.Text, From: q.From, Until: q.Until, Offset: q.Offset, Limit: q.Limit}
	if q.Kind == "" {
		return wanted, nil
	}
	for kind, group := range historyGroups {
		if group == q.Kind {
			wanted.Kinds = append(wanted.Kinds, kind)
		}
	}
	if len(wanted.Kinds) == 0 {
		return wanted, fault.Wrong(nil, "The history knows no %q. Choose sent, received, ozone, stake, vote, node or other.", q.Kind)
	}
	return wanted, nil
}

func historyEntry(e history.Entry) HistoryEntry {
	return HistoryEntry{
		Time: e.Time, Kind: historyGroups[e.Kind], Words: e.Words(), Amount: e.Amount, Incoming: e.Direction == history.In,
		With: e.Counterparty, Memo: e.Memo, Fee: e.Fee, Hash: e.Hash, State: historyState(e.State),
	}
}

// historyGroups sorts the kinds of entries into those that people look for.
var historyGroups = map[history.Kind]string{
	history.Sent: "sent", history.ToSelf: "sent", history.Received: "received",
	history.BoughtOzone: "ozone", history.GotOzone: "ozone",
	history.Staked: "stake", history.Unstaked: "stake", history.MovedStake: "stake", history.KeptStake: "stake",
	history.StakeReturned: "stake", history.StakeReward: "stake", history.Compounded: "stake", history.SetRewardAddress: "stake",
	history.Voted: "vote", history.Proposed: "vote", history.ProposalDeposit: "vote", history.DepositReturned: "vote",
	history.NodeReward: "node", history.NodeDeposit: "node", history.NodeChanged: "node", history.NodeRemoved: "node",
	history.NodeReturned: "node", history.NodeVote: "node", history.NetworkReport: "node",
	history.PoolGift: "other", history.ValidatorChanged: "other", history.Rights: "other", history.ActedFor: "other",
	history.OtherChain: "other", history.Contract: "other", history.Other: "other",
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
