package explorer

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// Backend is what the page needs of package app.
type Backend interface {
	Explore(ctx context.Context, item app.Item) (app.ItemView, error)
	ExplorerList(ctx context.Context, what string) ([]app.ChainLine, error)
	ExplorerSearch(ctx context.Context, text string) ([]app.ChainLine, error)
}

// place is what the page is about: a list, a thing, or words to find.
type place struct {
	list string   // one of the lists; empty for another kind of place
	item app.Item // empty for another kind
	find string   // words
}

// lists are the lists, in the order of their words.
func lists() []string {
	return []string{app.NewBlocks, app.NewFiles, app.NewReports, app.NewRewards, app.AllProposals}
}

func listWords() []string {
	return []string{lang.L("Blocks"), lang.L("Files"), lang.L("Reports"), lang.L("Rewards"), lang.L("Proposals")}
}

// placeOf reads the argument of a route: "explorer", "explorer/list/files",
// "explorer/find/WORDS" or "explorer/KIND/ID".
func placeOf(arg string) place {
	rest := strings.TrimPrefix(strings.TrimPrefix(arg, page.Explorer), "/")
	kind, id, two := strings.Cut(rest, "/")
	switch {
	case !two || id == "":
		return place{list: app.NewBlocks}
	case kind == "list":
		return place{list: id}
	case kind == "find":
		return place{find: id}
	}
	return place{item: app.Item{Kind: kind, ID: id}}
}

func listRoute(what string) page.Route { return page.Explore("list", what) }

func findRoute(words string) page.Route { return page.Explore("find", words) }

func itemRoute(i app.Item) page.Route { return page.Explore(i.Kind, i.ID) }

// titleOf names what is shown: "Block 2,481,033", "Transaction".
func titleOf(v app.ItemView) string {
	words := translated(v.Words)
	if len(v.ID) > 12 {
		return words
	}
	return lang.L("{{.Kind}} {{.N}}", map[string]any{"Kind": words, "N": v.ID})
}

// valueOf says what a fact says.
func valueOf(f app.Fact, now time.Time) string {
	parts := []string{}
	add := func(there bool, text func() string) {
		if there {
			parts = append(parts, text())
		}
	}
	add(f.Text != "", func() string { return textOf(f) })
	add(f.Amount != nil, func() string { return say.STOS(f.Amount) })
	add(f.Noz != "", func() string { return say.OzoneNamed(f.Noz) })
	add(f.Time != nil, func() string { return say.Moment(*f.Time, now) })
	add(f.Count != nil, func() string { return say.Count(int(*f.Count)) })
	add(f.Percent != nil, func() string { return say.Percent(*f.Percent) })
	return strings.Join(parts, ", ")
}

func textOf(f app.Fact) string {
	if f.Words {
		return translated(f.Text)
	}
	return oneLine(f.Text)
}

// oneLine keeps what strangers wrote in one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// long tells whether a fact is a text to be read, not a value.
func long(f app.Fact) bool { return f.Item == nil && !f.Words && len(f.Text) > 80 }

// lineName is what a line is called.
func lineName(l app.ChainLine) string {
	words := oneLine(l.Words)
	if !l.Title {
		words = translated(l.Words)
	}
	if l.Kind == "block" || l.Kind == "proposal" && !l.Title {
		return lang.L("{{.Kind}} {{.N}}", map[string]any{"Kind": words, "N": l.ID})
	}
	return words
}

// lineSecond says who did it, and to whom.
func lineSecond(l app.ChainLine) string {
	switch {
	case l.From != "" && l.To != "":
		return lang.L("{{.From}} to {{.To}}", map[string]any{"From": say.Brief(l.From), "To": say.Brief(l.To)})
	case l.From != "":
		return say.Brief(l.From)
	case l.Kind == "block" && !l.Time.IsZero():
		return say.Plural(l.Count, "1 transaction", "{{.N}} transactions")
	case len(l.ID) > 12:
		return say.Brief(l.ID)
	}
	return ""
}

// lineValue is what moved.
func lineValue(l app.ChainLine) string {
	switch {
	case l.Amount != nil:
		return say.Figure(l.Amount) + " STOS"
	case l.Noz != "":
		return say.OzoneNamed(l.Noz)
	}
	return ""
}

// lineIcon is the mark of a line.
func lineIcon(l app.ChainLine) string {
	icons := map[string]string{"block": "archive", "tx": "swap", "account": "user", "validator": "chart", "node": "server", "proposal": "vote", "report": "activity", "file": "file"}
	return icons[l.Kind]
}
