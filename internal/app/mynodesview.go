package app

import (
	"net/url"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/nodelog"
)

// How much of the past is shown.
const (
	shownHours  = 48
	shownDays   = 30
	shownEvents = 20
	shownEpochs = 50
)

// MyNodes lists the nodes that are watched, as far as anything is known of them,
// without asking anybody.
func (a *App) MyNodes() ([]MyNode, error) {
	f, err := a.readNodes()
	if err != nil {
		return nil, err
	}
	now, list := time.Now(), make([]MyNode, len(f.Nodes))
	for i, n := range f.Nodes {
		list[i] = a.nodeView(n, now)
	}
	return list, nil
}

// nodeView shows a node as whoever listens to it knows it, or as it was known
// last.
func (a *App) nodeView(n keptNode, now time.Time) MyNode {
	k := a.keeperOfNodes()
	if k == nil {
		return viewNode(n, a.readNodeLog(n.ID), now)
	}
	if v, listens := k.view(n, now); listens {
		return v
	}
	v := viewNode(n, a.readNodeLog(n.ID), now)
	k.mu.Lock()
	defer k.mu.Unlock()
	v.Trouble = k.locked[n.ID]
	return v
}

// shownName is what a node is called.
func shownName(n keptNode, l *nodelog.Log) string {
	switch {
	case n.Name != "":
		return n.Name
	case l.Chain.Name != "":
		return l.Chain.Name
	}
	if u, err := url.Parse(n.Monitor); err == nil {
		return u.Host
	}
	return n.Monitor
}

// viewNode shows what a log knows.
func viewNode(n keptNode, l *nodelog.Log, now time.Time) MyNode {
	v := MyNode{
		ID: n.ID, Name: shownName(n, l), Named: n.Name != "", Monitor: n.Monitor, Address: l.Address, Practice: n.TokenFile != "", Added: n.Added,
		State: l.State, StateSince: moments(l.Since), Online: moments(l.Online), Heard: moments(l.Heard),
		In: l.In, Out: l.Out, Begun: moments(l.Begun), Disk: l.Disk, Tier: l.Tier,
		Hours: flows(l.Hours, now.Truncate(time.Hour), time.Hour, shownHours), Days: flows(l.Days, now.UTC().Truncate(oneDay), oneDay, shownDays),
		Events: []NodeEvent{}, Epochs: []NodeEpoch{},
	}
	v.InPerSecond, v.OutPerSecond = l.Rate(now)
	hour := l.LastHour(now)
	v.HourIn, v.HourOut = hour.In, hour.Out
	if l.Chain.At != 0 {
		c := l.Chain
		v.Chain = &NodeOnChain{moments(c.At), c.State, c.PaidTo, weiOf(c.Deposit), weiOf(c.Mature), weiOf(c.Immature)}
	}
	for _, e := range slices.Backward(l.Events[max(0, len(l.Events)-shownEvents):]) {
		v.Events = append(v.Events, NodeEvent{moments(e.At), e.What})
	}
	for _, e := range slices.Backward(l.Epochs[max(0, len(l.Epochs)-shownEpochs):]) {
		v.Epochs = append(v.Epochs, NodeEpoch{
			Epoch: e.Number, At: moments(e.At), Traffic: e.Traffic, Whole: e.Whole, Noz: e.Noz, Basis: string(e.Basis), Volume: e.Volume, All: e.All,
			Pool: weiOf(e.Pool), Expected: weiOf(e.Expected), Due: weiOf(e.Due), Real: weiOf(e.Real), Known: e.Real != "",
		})
	}
	return v
}

// flows fills up hours or days without traffic, until now.
func flows(list []nodelog.Flow, last time.Time, step time.Duration, count int) []NodeFlow {
	out := make([]NodeFlow, count)
	for i := range out {
		out[i].At = last.Add(time.Duration(i-count+1) * step).UTC()
	}
	for _, f := range list {
		if i := count - 1 - int(last.Sub(time.Unix(f.At, 0))/step); i >= 0 && i < count {
			out[i].In, out[i].Out = out[i].In+f.In, out[i].Out+f.Out
		}
	}
	return out
}

// moments is a time of a log; zero for none.
func moments(unix int64) time.Time {
	if unix == 0 {
		return time.Time{}
	}
	return time.Unix(unix, 0).UTC()
}

// weiOf reads an amount of a log; nothing for what is no amount.
func weiOf(text string) stratos.Amount {
	amount, err := stratos.ParseWei(text)
	if err != nil {
		return stratos.Amount{}
	}
	return amount
}
