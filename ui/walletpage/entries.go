package walletpage

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// kindFilter is one choice of what the history shows.
type kindFilter struct{ id, word string }

// kindFilters are the kinds that package app knows, all of them first.
func kindFilters() []kindFilter {
	return []kindFilter{
		{"", lang.L("Everything")},
		{"received", lang.L("Received")},
		{"sent", lang.L("Sent")},
		{"ozone", lang.L("Ozone")},
		{"stake", lang.L("Stake")},
		{"vote", lang.L("Votes")},
		{"node", lang.L("Nodes")},
		{"other", lang.L("Others")},
	}
}

// entry is one line of the history in words.
type entry struct {
	icon, title, second, amount, when string
	incoming, failed                  bool
}

// entryOf puts a transaction of a wallet into words. names knows people.
func entryOf(h app.HistoryEntry, w app.WalletInfo, names func(string) string, now time.Time) entry {
	e := entry{amount: say.Signed(h.Amount, h.Incoming), when: say.When(h.Time, now), incoming: h.Incoming}
	if h.Amount.IsZero() {
		e.amount = ""
	}
	e.icon, e.title = kindIcon(h), title(h, w, names(h.With))
	parts := []string{}
	with := partner(h.With, w)
	if name := names(h.With); name != "" && h.Kind == "stake" {
		with = name // of the validator
	}
	if with != "" {
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

// row is an entry as a row of a table.
func (e entry) row() widgets.TableRow {
	r := widgets.TableRow{Icon: e.icon, Name: e.title, Second: e.second, Cells: []widgets.TableCell{
		{Text: e.amount, Name: !e.failed, Good: e.incoming && !e.failed}, {Text: e.when},
	}}
	if e.failed {
		r.Icon, r.IconTone = "warning", widgets.Bad
	}
	return r
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

// icons are the marks of the kinds.
var icons = map[string]string{
	"sent": "arrow-up", "received": "arrow-down", "ozone": "lightning", "stake": "chart", "vote": "vote", "node": "server",
}

func kindIcon(h app.HistoryEntry) string {
	if icon, ok := icons[h.Kind]; ok {
		return icon
	}
	return "activity"
}

// title says what an entry is; name is who the other side is, empty for nobody
// known.
func title(h app.HistoryEntry, w app.WalletInfo, name string) string {
	who := map[string]any{"Name": name}
	switch {
	case h.Kind == "sent" && h.With != "" && h.With == w.Account.Address:
		return lang.L("Sent to yourself")
	case h.Kind == "sent" && name != "":
		return lang.L("Sent to {{.Name}}", who)
	case h.Kind == "sent":
		return lang.L("Sent")
	case h.Kind == "received" && name != "":
		return lang.L("Received from {{.Name}}", who)
	case h.Kind == "received":
		return lang.L("Received")
	case h.Words != "":
		return lang.L(h.Words)
	}
	return lang.L("Transaction")
}

// stateWords say how an entry stands.
func stateWords(state string) (word string, tone widgets.Tone) {
	switch state {
	case "failed":
		return lang.L("Did not go through"), widgets.Bad
	case "waiting":
		return lang.L("On its way"), widgets.Active
	case "unknown":
		return lang.L("Not known yet"), widgets.Warn
	}
	return lang.L("Done"), widgets.Good
}

// aboutHistory is said under a history that is not all there; empty for
// nothing.
func aboutHistory(p app.HistoryPage) string {
	switch {
	case p.Problem != "":
		return say.Told(p.Problem)
	case !p.Complete:
		return lang.L("Older entries are still being read from the network.")
	}
	return ""
}

// exportName is the name that is offered for an exported history.
func exportName(format string, now time.Time) string {
	return "stratos-history-" + now.Format("2006-01-02") + "." + format
}
