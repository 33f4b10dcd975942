package shell

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// What notifications are about; each leads to a page.
const (
	aboutSync    = "sync"
	aboutProblem = "problem"
	aboutOzone   = "ozone"
	aboutMoney   = "money"
	aboutStake   = "stake"
	aboutNodes   = app.NodesTopic
)

// topics are the pages that notifications lead to.
var topics = map[string]page.Route{
	aboutSync:    {Page: page.Drive},
	aboutProblem: {Page: page.Activity},
	aboutOzone:   {Page: page.Wallet, Arg: "ozone"},
	aboutMoney:   {Page: page.Wallet},
	aboutStake:   {Page: page.Stake},
	aboutNodes:   {Page: page.Nodes},
}

const (
	// bigSync is a transfer whose end people wait for, by its bytes or its time.
	bigSync  = 1 << 30
	longSync = 10 * time.Minute
	// reminded is how long nobody is told the same warning again.
	reminded = 24 * time.Hour
)

// notices decides what is worth a notification. There are few: a transfer that
// people wait for has ended, something needs them, money came. It remembers what
// was said, and knows no desktop.
type notices struct {
	phase app.SyncPhase
	began time.Time // of the transfer
	bytes int64
	files int

	lowTold, clockTold time.Time
	looked             bool // at the money once: what came before is no news
	seen               map[string]bool
	coming             map[string]app.Unbonding
}

func newNotices() *notices {
	return &notices{seen: map[string]bool{}, coming: map[string]app.Unbonding{}}
}

// status says what a new state of the drive is worth; nil is nothing.
func (n *notices) status(now time.Time, s app.Status) *app.Notice {
	was := n.phase
	n.phase = s.Phase
	if s.Phase == app.PhaseSyncing {
		if was != app.PhaseSyncing {
			n.began, n.bytes, n.files = now, 0, 0
		}
		n.bytes, n.files = max(n.bytes, s.BytesTotal), max(n.files, s.FilesTotal)
		return nil
	}
	if was == s.Phase || was == "" {
		return nil
	}
	switch s.Phase {
	case app.PhaseUpToDate:
		if was == app.PhaseSyncing && n.files > 0 && (n.bytes >= bigSync || now.Sub(n.began) >= longSync) {
			return &app.Notice{Topic: aboutSync, Title: lang.L("Up to date"), Text: lang.L("Everything is stored: {{.Files}}, {{.Size}}.",
				map[string]any{"Files": say.Files(n.files), "Size": say.Size(n.bytes)})}
		}
	case app.PhaseOutOfOzone:
		return &app.Notice{Topic: aboutOzone, Title: lang.L("Out of ozone"), Text: lang.L("Nothing can be sent until you buy some. Your files are safe on this computer.")}
	case app.PhaseOutOfDisk:
		return &app.Notice{Topic: aboutProblem, Title: lang.L("Disk full"), Text: lang.L("Syncing goes on when there is room again. Nothing is lost.")}
	case app.PhaseStopped:
		return &app.Notice{Topic: aboutProblem, Title: lang.L("Syncing stopped"), Text: lang.L("Something needs a look first. Nothing was lost.")}
	}
	return nil
}

// report says what is ahead, once a day.
func (n *notices) report(now time.Time, r app.Report) []app.Notice {
	var out []app.Notice
	if r.OzoneLow && r.Phase != app.PhaseOutOfOzone && now.Sub(n.lowTold) >= reminded {
		n.lowTold = now
		out = append(out, app.Notice{Topic: aboutOzone, Title: lang.L("Ozone runs low"), Text: lang.L("At the present rate it lasts about {{.Time}}.",
			map[string]any{"Time": say.Days(r.OzoneLasts)})})
	}
	if r.ClockBehind != 0 && now.Sub(n.clockTold) >= reminded {
		n.clockTold = now
		out = append(out, app.Notice{Topic: aboutProblem, Title: lang.L("The clock is wrong"), Text: lang.L("Set the clock of this computer right, or the network refuses your files.")})
	}
	return out
}

// money says what came to the wallet. The first look only learns what is there.
func (n *notices) money(now time.Time, a app.Arrivals) []app.Notice {
	var out []app.Notice
	sum, payments := stratos.Amount{}, 0
	for _, e := range a.Received {
		if e.State == "done" && !n.seen[e.Hash] {
			n.seen[e.Hash] = true
			sum, payments = sum.Add(e.Amount), payments+1
		}
	}
	if n.looked && payments > 0 {
		out = append(out, app.Notice{Topic: aboutMoney, Title: lang.L("STOS received"), Text: lang.L("{{.Amount}} came to your wallet.", map[string]any{"Amount": say.STOS(sum)})})
	}
	n.looked = true
	for id, r := range n.coming {
		if !r.Done.After(now) {
			delete(n.coming, id)
			out = append(out, app.Notice{Topic: aboutStake, Title: lang.L("Your stake is back"), Text: lang.L("{{.Amount}} from {{.Name}} can be spent again.",
				map[string]any{"Amount": say.STOS(r.Amount), "Name": r.Name})})
		}
	}
	for _, r := range a.Returns {
		if id := r.Validator + r.Done.UTC().String(); r.Done.After(now) {
			n.coming[id] = r
		}
	}
	return out
}

// forget begins anew: another wallet is in use, and what it has is no news.
func (n *notices) forget() { *n = *newNotices() }
