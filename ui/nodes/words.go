package nodes

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// stateOf says how a node is.
func stateOf(n app.MyNode) (word string, tone widgets.Tone) {
	switch n.State {
	case "online":
		return lang.L("Online"), widgets.Good
	case "offline":
		return lang.L("Offline"), widgets.Bad
	case "silent":
		return lang.L("No answer"), widgets.Bad
	case "refusing":
		return lang.L("New token"), widgets.Warn
	}
	return lang.L("Asking"), widgets.Neutral
}

// class is the name of a node's class.
func class(tier *int) string {
	if tier == nil {
		return lang.L("not told")
	}
	switch *tier {
	case 1:
		return lang.L("PC")
	case 2:
		return lang.L("Special build")
	case 3:
		return lang.L("Cabinet")
	}
	return lang.L("Unqualified")
}

// onChain says how the chain counts a node.
func onChain(c *app.NodeOnChain) string {
	if c == nil {
		return lang.L("not known yet")
	}
	switch c.State {
	case "active":
		return lang.L("In service")
	case "waiting":
		return lang.L("Waiting")
	case "suspended":
		return lang.L("Suspended")
	case "unbonding":
		return lang.L("Leaving")
	}
	return lang.L("not registered")
}

// happened says what happened to a node.
func happened(e app.NodeEvent) string {
	switch e.What {
	case "offline":
		return lang.L("The network did not count it as online")
	case "silent":
		return lang.L("It did not answer")
	case "refusing":
		return lang.L("It wanted another token")
	case "restarted":
		return lang.L("It was started again")
	}
	return lang.L("It was back")
}

// figures are what all nodes are and did together.
type figures struct {
	online, all   int
	hour, second  int64 // bytes
	disk          int64
	mature, young stratos.Amount
}

// sum adds up nodes; rewards of a wallet that several nodes pay count once.
func sum(list []app.MyNode) figures {
	f, paid := figures{all: len(list)}, map[string]bool{}
	for _, n := range list {
		if n.State == "online" {
			f.online++
		}
		f.hour, f.second, f.disk = f.hour+n.HourIn+n.HourOut, f.second+n.InPerSecond+n.OutPerSecond, f.disk+n.Disk
		if c := n.Chain; c != nil && c.PaidTo != "" && !paid[c.PaidTo] {
			paid[c.PaidTo] = true
			f.mature, f.young = f.mature.Add(c.Mature), f.young.Add(c.Immature)
		}
	}
	return f
}

// arithmetic tells in two sentences what the last epoch should have brought, and
// what it brought.
func arithmetic(n app.MyNode) string {
	if len(n.Epochs) == 0 {
		return lang.L("Rewards are compared here with the traffic of the node as soon as the network has reported some.")
	}
	e := n.Epochs[0]
	return expected(e) + " " + came(e)
}

// expected is what the traffic of an epoch stands for, as far as anybody knows
// what a byte counts.
func expected(e app.NodeEpoch) string {
	words := map[string]any{
		"N": say.Count(int(e.Epoch)), "Own": say.Size(e.Traffic), "Noz": say.OzoneNamed(e.Noz), "All": say.OzoneNamed(e.All),
		"Pool": stos(e.Pool), "Expected": stos(e.Expected),
	}
	switch {
	case !e.Whole:
		return lang.L("In epoch {{.N}} the node was not heard all the time, so nothing can be expected of its traffic.", words)
	case e.Basis == "":
		return lang.L("In epoch {{.N}} it moved {{.Own}}. This network does not publish how much ozone that stands for; it is measured over three epochs.", words)
	case e.Basis == app.RateMeasured:
		return lang.L("In epoch {{.N}} it moved {{.Own}}, which by the epochs before stands for {{.Noz}} of {{.All}}. All nodes share {{.Pool}}, so about {{.Expected}} were expected.", words)
	}
	return lang.L("In epoch {{.N}} it moved {{.Own}}, which stands for {{.Noz}} of {{.All}}. All nodes share {{.Pool}}, so {{.Expected}} were expected.", words)
}

// came is what an epoch brought by the report and by the chain.
func came(e app.NodeEpoch) string {
	words := map[string]any{"Due": stos(e.Due), "Real": stos(e.Real)}
	if !e.Known {
		return lang.L("By the report {{.Due}} were due to its wallet; what came is mature already.", words)
	}
	return lang.L("By the report {{.Due}} were due to its wallet; {{.Real}} came.", words)
}

// both is traffic in and out.
func both(in, out int64) string {
	return lang.L("{{.In}} in, {{.Out}} out", map[string]any{"In": say.Size(in), "Out": say.Size(out)})
}

// since says from when something is so; nothing for never.
func since(t, now time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return say.Moment(t, now)
}

// stateSince says since when a node is online, or is not; of one that does not
// take its token neither is known.
func stateSince(n app.MyNode, now time.Time) [2]string {
	switch n.State {
	case "refusing":
		return [2]string{lang.L("Online since"), since(time.Time{}, now)}
	case "online", "":
		return [2]string{lang.L("Online since"), since(n.Online, now)}
	}
	return [2]string{lang.L("Off since"), since(n.StateSince, now)}
}

// course are the sums of hours, for a chart.
func course(hours []app.NodeFlow) []float64 {
	out := make([]float64, len(hours))
	for i, h := range hours {
		out[i] = float64(h.In + h.Out)
	}
	return out
}

// fraction is "3 of 4".
func fraction(some, all int) string { return fmt.Sprintf("%d / %d", some, all) }

// stos is an amount as precise as people care for.
func stos(a say.Decimal) string { return say.Figure(a) + " STOS" }
