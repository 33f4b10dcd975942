package app

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/explorer"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/gov"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

// seeker looks at the chain of the network in use.
type seeker struct {
	app    *App
	chain  *chain.Client
	public string // URL of the network's public explorer, or ""
}

func (a *App) seeker() (*seeker, error) {
	n, err := a.network()
	if err != nil {
		return nil, err
	}
	c, err := a.chain()
	return &seeker{app: a, chain: c, public: n.Explorer}, err
}

// Explore tells all that anybody may know of a thing on the chain. One that is
// not there is a fault of wrong use.
func (a *App) Explore(ctx context.Context, item Item) (ItemView, error) {
	s, err := a.seeker()
	if err != nil {
		return ItemView{}, err
	}
	target := explorer.Named(explorer.Kind(item.Kind), item.ID)
	show := map[explorer.Kind]func(context.Context, string) (ItemView, error){
		explorer.BlockKind: s.block, explorer.TxKind: s.tx, explorer.Account: s.account, explorer.Validator: s.validator,
		explorer.Node: s.node, explorer.Proposal: s.proposal, explorer.Report: s.report, explorer.File: s.file,
	}[target.Kind]
	if show == nil {
		return ItemView{}, fault.Wrong(nil, "This is not the name of anything on the network. Give the number of a block, the id of a transaction or an address.")
	}
	v, err := show(ctx, target.ID)
	if err != nil {
		return ItemView{}, missing(err, target)
	}
	v.Kind = string(target.Kind)
	v.Public = explorer.PublicLink(s.public, explorer.Target{Kind: target.Kind, ID: v.ID})
	v.Facts, v.Groups, v.Lines = nonNilList(v.Facts), nonNilList(v.Groups), nonNilList(v.Lines)
	return v, nil
}

func nonNilList[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// missing explains that something is not on the chain.
func missing(err error, t explorer.Target) error {
	if !errors.Is(err, chain.ErrNotFound) && !chain.Answered(err) {
		return err
	}
	sentence := map[explorer.Kind]string{
		explorer.BlockKind: fault.Text("There is no such block, or the network address in use has forgotten it."),
		explorer.TxKind:    fault.Text("There is no such transaction, or the network address in use has forgotten it."),
		explorer.Validator: fault.Text("There is no such validator on this network."),
		explorer.Node:      fault.Text("There is no such storage node on this network."),
		explorer.Proposal:  fault.Text("There is no such proposal on this network. One that did not get its deposit in time is dropped."),
		explorer.Report:    fault.Text("There is no report of this epoch on this network."),
		explorer.File:      fault.Text("The chain knows no file of this name."),
	}[t.Kind]
	if sentence == "" {
		return err
	}
	return &fault.Error{Kind: fault.WrongUse, Sentence: sentence, Err: err}
}

// ExplorerSearch finds what a text may mean: the name of a thing is found
// directly, and words among the proposals, validators and the address book.
func (a *App) ExplorerSearch(ctx context.Context, text string) ([]ChainLine, error) {
	if t := explorer.Recognise(text); t.Kind != explorer.Nothing {
		return []ChainLine{{Item: itemOf(t), Words: kindWords[t.Kind]}}, nil
	}
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return []ChainLine{}, nil
	}
	s, err := a.seeker()
	if err != nil {
		return nil, err
	}
	var proposals []gov.Proposal
	var validators []stake.Validator
	group, gctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) { proposals, err = gov.Proposals(gctx, s.chain); return })
	group.Go(func() (err error) { validators, err = stake.Validators(gctx, s.chain); return })
	if err := group.Wait(); err != nil {
		return nil, err
	}
	found := []ChainLine{}
	has := func(texts ...string) bool {
		return slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(strings.ToLower(t), text) })
	}
	for _, p := range proposals {
		if has(p.Title, p.Summary) {
			found = append(found, proposalLine(p))
		}
	}
	for _, v := range validators {
		if has(v.Moniker, v.Details) {
			found = append(found, ChainLine{Item: Item{string(explorer.Validator), v.Address.Validator()}, Words: v.Moniker, Title: true, From: v.Address.Validator()})
		}
	}
	contacts, _ := a.Contacts() // a book that cannot be read has no names
	for _, c := range contacts {
		if has(c.Name) {
			found = append(found, ChainLine{Item: Item{string(explorer.Account), c.Address}, Words: c.Name, Title: true, From: c.Address})
		}
	}
	return found, nil
}

// kindWords name the kinds of things.
var kindWords = map[explorer.Kind]string{
	explorer.BlockKind: "Block", explorer.TxKind: "Transaction", explorer.Account: "Account", explorer.Validator: "Validator",
	explorer.Node: "Storage node", explorer.Proposal: "Proposal", explorer.Report: "Report of traffic", explorer.File: "File",
}

func itemOf(t explorer.Target) Item { return Item{Kind: string(t.Kind), ID: t.ID} }

func numbered(kind explorer.Kind, n int64) *Item {
	return &Item{Kind: string(kind), ID: strconv.FormatInt(n, 10)}
}

// Facts of each form.

func textFact(name, text string) Fact { return Fact{Name: name, Text: text} }

func amountFact(name string, a stratos.Amount) Fact { return Fact{Name: name, Amount: &a} }

func countFact(name string, n int64) Fact { return Fact{Name: name, Count: &n} }

func percentFact(name string, p float64) Fact { return Fact{Name: name, Percent: &p} }

func itemFact(name string, kind explorer.Kind, id string) Fact {
	t := explorer.Named(kind, id)
	f := Fact{Name: name, Text: id}
	if t.Kind != explorer.Nothing {
		i := itemOf(t)
		f.Item = &i
	}
	return f
}
