package network

import (
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// healthWords say how well files are kept; empty where nobody tells.
func healthWords(f app.NetworkFigures) (word string, tone widgets.Tone) {
	if f.Storage == nil {
		return "", widgets.Neutral
	}
	switch f.Storage.Health {
	case app.Endangered:
		return lang.L("Some files cannot be read now"), widgets.Bad
	case app.Repairing:
		return lang.L("Being repaired"), widgets.Warn
	}
	return lang.L("Healthy"), widgets.Good
}

// nodeWords say what a node does.
func nodeWords(n app.NetworkNode) (word string, tone widgets.Tone) {
	switch n.Out {
	case "":
		if n.Draining {
			return lang.L("Being emptied"), widgets.Warn
		}
		return lang.L("In service"), widgets.Good
	case "slow":
		return lang.L("Slow"), widgets.Warn
	case "gone":
		return lang.L("Gone"), widgets.Bad
	}
	return lang.L("Off"), widgets.Bad
}

// notPublished says what a network does not tell.
func notPublished(key string) string {
	switch key {
	case "stored":
		return lang.L("How much is stored, and how much fits")
	case "files":
		return lang.L("How many files there are")
	case "nodes":
		return lang.L("Which nodes are online")
	case "traffic":
		return lang.L("The traffic")
	case "copies":
		return lang.L("How many copies there are, and repairs")
	}
	return key
}

// amount says STOS in whole coins, since these sums are large.
func amount(a say.Decimal) string { return say.Figure(a) + " STOS" }

func tierWord(tier int) string { return lang.L("Tier {{.N}}", map[string]any{"N": tier}) }

// fact is a label and what is said of it; a heading has no value.
type fact struct {
	label, value string
	heading      bool
}

// everything says all figures.
func everything(f app.NetworkFigures) []fact {
	list := []fact{}
	head := func(label string) { list = append(list, fact{label, "", true}) }
	add := func(label, value string) { list = append(list, fact{label, value, false}) }
	if s := f.Storage; s != nil {
		storageFacts(*s, head, add)
	}
	if o := f.Ozone; o != nil {
		head(lang.L("Ozone"))
		add(lang.L("1,000 ozone cost"), amount(o.Per1000))
		add(lang.L("Sold"), say.OzoneNamed(o.Sold))
		add(lang.L("Still for sale"), say.OzoneNamed(o.Left))
	}
	if c := f.Chain; c != nil {
		head(lang.L("Blocks"))
		add(lang.L("Newest block"), say.Count(int(c.Height)))
		add(lang.L("Validators online"), online(*c))
		if !c.NodesUnknown {
			add(lang.L("Registered storage nodes"), say.Count(int(c.StorageNodes)))
			add(lang.L("Registered meta nodes"), say.Count(int(c.MetaNodes)))
		}
	}
	if m := f.Money; m != nil {
		moneyFacts(*m, head, add)
	}
	if len(f.NotPublished) > 0 {
		head(lang.L("Not published by this network"))
		for _, key := range f.NotPublished {
			add(notPublished(key), nothing)
		}
	}
	return list
}

func storageFacts(s app.StorageFigures, head func(string), add func(label, value string)) {
	head(lang.L("Stored"))
	add(lang.L("Used"), say.Size(s.Used))
	add(lang.L("Capacity"), say.Size(s.Capacity))
	add(lang.L("Files"), say.Count(int(s.Files)))
	add(lang.L("Slices"), say.Count(int(s.Slices)))
	add(lang.L("Copies that each slice should have"), say.Count(s.Replicas))
	add(lang.L("Copies to be made again"), say.Count(int(s.RepairsWaiting)))
	add(lang.L("Repaired in the last hour"), say.Size(s.Repaired))
	head(lang.L("Nodes"))
	for _, t := range s.Tiers {
		add(tierWord(t.Tier), say.Count(t.Nodes))
	}
	for _, o := range s.Out {
		word, _ := nodeWords(app.NetworkNode{Out: o.Why})
		add(lang.L("Out of service: {{.Why}}", map[string]any{"Why": word}), say.Count(o.Nodes))
	}
	add(lang.L("Traffic in the last hour"), say.Size(s.Hour))
}

func moneyFacts(m app.MoneyFigures, head func(string), add func(label, value string)) {
	head("STOS")
	add(lang.L("Supply"), amount(m.Supply))
	add(lang.L("Circulating"), amount(m.Circulating))
	add(lang.L("Mined"), amount(m.Mined))
	add(lang.L("Staked"), amount(m.Staked))
	add(lang.L("Deposits of storage nodes"), amount(m.Deposits))
	if m.Value != "" {
		add(lang.L("One STOS"), m.Price)
		add(lang.L("Market value"), m.Value)
	}
}

func online(c app.ChainFigures) string {
	return lang.L("{{.N}} of {{.All}}", map[string]any{"N": say.Count(c.Online), "All": say.Count(len(c.Validators))})
}

// meter is a bar of the card of copies.
type meter struct {
	label, value string
	part         float64
	tone         widgets.Tone
}

// meters say how many copies slices have: all of them, fewer, none.
func meters(s app.StorageFigures) []meter {
	var whole, fewer, none, all int64
	for _, c := range s.Copies {
		all += c.Slices
		switch {
		case c.Copies >= s.Replicas:
			whole += c.Slices
		case c.Copies > 0:
			fewer += c.Slices
		default:
			none += c.Slices
		}
	}
	if all == 0 {
		return nil
	}
	percent := func(n int64) string { return say.Percent(float64(int64(part(n, all)*1000)) / 10) }
	return []meter{
		{say.Plural(s.Replicas, "1 copy", "{{.N}} copies"), percent(whole), part(whole, all), widgets.Good},
		{lang.L("Fewer, being repaired"), percent(fewer), part(fewer, all), widgets.Warn},
		{lang.L("None that can be read now"), percent(none), part(none, all), widgets.Bad},
	}
}

// blockLine says how the chain goes on.
func blockLine(c app.ChainFigures, now string) string {
	return lang.L("Block {{.N}}, {{.When}}. {{.Online}} of {{.All}} validators online.", map[string]any{
		"N": say.Count(int(c.Height)), "When": now, "Online": say.Count(c.Online), "All": say.Count(len(c.Validators)),
	})
}
