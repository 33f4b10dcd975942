package fake

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Network is what a network tells.
type Network struct {
	Figures app.NetworkFigures
	Course  []app.FiguresPoint
	Items   map[app.Item]app.ItemView
	Lists   map[string][]app.ChainLine
}

// TxHash is the hash of the sample transaction.
var TxHash = strings.Repeat("4BF5122F", 8)

const tera = 1_000_000_000_000

func networkNode(n int, tier int, out string, used, capacity float64, speed int64) app.NetworkNode {
	return app.NetworkNode{
		Name: fmt.Sprintf("node-%02d", n), Address: fmt.Sprintf("stsds1%02dqhx7e5a8m2rk3h2p6dxs4uvt9fgj9x80p7yt", n), Tier: tier, Out: out,
		Since: Now.Add(-12 * time.Minute), Score: 100, Used: int64(used * tera), Capacity: int64(capacity * tera), Slices: 9000, PerSecond: speed,
	}
}

// fillNetwork gives a program a network that tells everything.
func fillNetwork(b *Backend) {
	f := app.NetworkFigures{Network: "local", ChainID: "stratos-local-1", Practice: true, At: Now}
	f.Storage = &app.StorageFigures{
		Capacity: 3020 * tera, Used: 2140 * tera, Files: 18204, Slices: 1000, Health: app.Repairing, Replicas: 5,
		Copies:         []app.CopyCount{{Copies: 5, Slices: 961}, {Copies: 4, Slices: 32}, {Copies: 3, Slices: 7}},
		RepairsWaiting: 46, Repaired: 3_200_000_000, Hour: 18_400_000_000_000, PerSecond: 5_100_000_000, Serving: 3,
		Tiers: []app.TierCount{{Tier: 3, Nodes: 1}, {Tier: 2, Nodes: 2}}, Out: []app.OutCount{{Why: "off", Nodes: 1}, {Why: "slow", Nodes: 1}},
		Nodes: []app.NetworkNode{
			networkNode(1, 3, "", 3.1, 4, 42_000_000), networkNode(2, 2, "", 1.2, 2, 31_000_000), networkNode(3, 1, "slow", 0.4, 1, 2_000_000),
			networkNode(4, 1, "off", 0.3, 1, 0), networkNode(5, 2, "", 1.9, 2, 28_000_000),
		},
	}
	for i := range 24 {
		f.Storage.Hours = append(f.Storage.Hours, app.HourCount{From: Now.Add(time.Duration(i-23) * time.Hour), Up: int64(40+(i*7)%31) * tera / 10, Down: int64(60+(i*5)%17) * tera / 10})
	}
	f.Ozone = &app.OzoneFigures{Price: "1050598", Left: "812000000000000000", Sold: "188000000000000000", Total: "1000000000000000000"}
	wei(&f.Ozone.Per1000, "1.050598")
	f.Chain = &app.ChainFigures{Height: 2481033, BlockTime: Now.Add(-2 * time.Second), Online: 2, StorageNodes: 255, MetaNodes: 7, Validators: []app.NetworkValidator{
		{Address: Val(1), Name: "WhisperNode", Online: true, Power: 52.1}, {Address: Val(2), Name: "Stakecito", Online: true, Power: 40}, {Address: Val(5), Name: "Cold Garage", Power: 7.9},
	}}
	f.Money = &app.MoneyFigures{Price: "0.02 EUR", Value: "1,234,567.00 EUR"}
	wei(&f.Money.Supply, "100000000")
	wei(&f.Money.Circulating, "61728350")
	wei(&f.Money.Mined, "1728350")
	wei(&f.Money.Staked, "20400000")
	wei(&f.Money.Deposits, "408000")
	b.Seen = Network{Figures: f, Items: items(), Lists: lists()}
	for i := range 40 {
		b.Seen.Course = append(b.Seen.Course, app.FiguresPoint{At: Now.Add(time.Duration(i-39) * time.Hour), Values: map[string]string{
			"used": fmt.Sprint(1900 + 6*i), "nodes": fmt.Sprint(250 + i%4), "ozone_price": fmt.Sprint(1040000 + 300*i), "files": fmt.Sprint(17000 + 31*i),
		}})
	}
}

// Public makes the network one that publishes only what its chain gives.
func (n *Network) Public() {
	n.Figures.Network, n.Figures.ChainID, n.Figures.Practice, n.Figures.Storage, n.Course = "mainnet", "stratos-1", false, nil, nil
	n.Figures.NotPublished = []string{"stored", "files", "nodes", "traffic", "copies"}
}

// NetworkFigures are the sample figures.
func (b *Backend) NetworkFigures(ctx context.Context) (app.NetworkFigures, error) {
	b.note("figures")
	return b.Seen.Figures, b.wait(ctx)
}

// NetworkCourse is the sample course.
func (b *Backend) NetworkCourse(context.Context, time.Time) ([]app.FiguresPoint, error) {
	return b.Seen.Course, b.Err
}

// Explore knows the sample things.
func (b *Backend) Explore(ctx context.Context, item app.Item) (app.ItemView, error) {
	b.note("explore " + item.Kind + " " + item.ID)
	if err := b.wait(ctx); err != nil {
		return app.ItemView{}, err
	}
	if v, known := b.Seen.Items[item]; known {
		return v, nil
	}
	return app.ItemView{}, fault.Wrong(nil, "There is no such block, or the network address in use has forgotten it.")
}

// ExplorerList lists sample things.
func (b *Backend) ExplorerList(ctx context.Context, what string) ([]app.ChainLine, error) {
	return b.Seen.Lists[what], b.wait(ctx)
}

// ExplorerSearch finds the sample things by their ids and words.
func (b *Backend) ExplorerSearch(ctx context.Context, text string) ([]app.ChainLine, error) {
	b.note("search " + text)
	var found []app.ChainLine
	for item, v := range b.Seen.Items {
		if item.ID == text {
			return []app.ChainLine{{Item: item, Words: v.Words}}, b.wait(ctx)
		}
	}
	for _, what := range []string{app.AllProposals} {
		for _, l := range b.Seen.Lists[what] {
			if strings.Contains(strings.ToLower(l.Words), strings.ToLower(text)) {
				found = append(found, l)
			}
		}
	}
	return found, b.wait(ctx)
}

func items() map[app.Item]app.ItemView {
	var paid app.ChainLine
	paid.Item, paid.Words, paid.Time, paid.From, paid.To = app.Item{Kind: "tx", ID: TxHash}, "Sent", Now.Add(-2*time.Second), Address, Ana
	fact := func(name, text string) app.Fact { return app.Fact{Name: name, Text: text} }
	leads := func(f app.Fact, kind, id string) app.Fact { f.Item = &app.Item{Kind: kind, ID: id}; return f }
	count, at := int64(2481033), Now.Add(-2*time.Second)
	var held app.Balance
	wei(&held.Total, "12.5")
	money := app.Fact{Name: "Amount", Amount: &held.Total}
	paid.Amount = money.Amount
	block := app.ItemView{Item: app.Item{Kind: "block", ID: "2481033"}, Words: "Block", Total: 1, Before: &app.Item{Kind: "block", ID: "2481032"}, Public: "https://explorer.example/blocks/2481033"}
	block.Facts = []app.Fact{{Name: "Number", Count: &count}, {Name: "Time", Time: &at}, leads(fact("Made by", "WhisperNode"), "validator", Val(1)), fact("Id", TxHash)}
	block.Lines = []app.ChainLine{paid}
	tx := app.ItemView{Item: paid.Item, Words: "Sent", Facts: []app.Fact{leads(fact("From", Address), "account", Address), money, leads(fact("Block", "2481033"), "block", "2481033"), fact("Note", "two coffees")}}
	tx.Groups = []app.FactGroup{{Words: "Sent", Facts: []app.Fact{leads(fact("To", Ana), "account", Ana), money, {Name: "Ozone", Noz: "3000000000"}}}}
	failed := tx
	failed.ID, failed.Failed, failed.Problem = strings.Repeat("A", 64), true, "There is not enough STOS in the account for this."
	share := 52.1
	who := app.ItemView{Item: app.Item{Kind: "account", ID: Address}, Words: "Account", Total: 41, Facts: []app.Fact{fact("Address", Address), money, {Name: "Power", Percent: &share}, {Name: "State", Text: "Active", Words: true}}, Lines: []app.ChainLine{paid}}
	return map[app.Item]app.ItemView{
		block.Item: block, {Kind: "block", ID: "latest"}: block, tx.Item: tx, failed.Item: failed, who.Item: who,
	}
}

func lists() map[string][]app.ChainLine {
	all := map[string][]app.ChainLine{}
	for i := range 12 {
		all[app.NewBlocks] = append(all[app.NewBlocks], app.ChainLine{
			Item: app.Item{Kind: "block", ID: fmt.Sprint(2481033 - i)}, Words: "Block", Time: Now.Add(time.Duration(-2-6*i) * time.Second), Count: (i * 3) % 5,
		})
	}
	all[app.AllProposals] = []app.ChainLine{{Item: app.Item{Kind: "proposal", ID: "14"}, Words: "Lower the price of ozone by a tenth", Title: true, Time: Now.Add(-50 * time.Hour), From: Ana}}
	all[app.NewReports] = []app.ChainLine{{Item: app.Item{Kind: "tx", ID: TxHash}, Words: "Report of traffic", Time: Now.Add(-4 * time.Minute), From: Ana, Failed: true}}
	return all
}
