package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/explorer"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

// linesAtOnce is how many transactions are listed of a block or an account.
const linesAtOnce = 30

func (s *seeker) block(ctx context.Context, id string) (ItemView, error) {
	height, _ := strconv.ParseInt(id, 10, 64) // 0 for the newest
	b, err := explorer.ReadBlock(ctx, s.chain, height)
	if err != nil {
		return ItemView{}, err
	}
	v := ItemView{Item: *numbered(explorer.BlockKind, b.Height), Words: kindWords[explorer.BlockKind], Total: len(b.Txs)}
	if b.Height > 1 {
		v.Before = numbered(explorer.BlockKind, b.Height-1)
	}
	if height > 0 {
		if newest, err := s.chain.Height(ctx); err == nil && int64(newest) > b.Height {
			v.Next = numbered(explorer.BlockKind, b.Height+1)
		}
	}
	v.Facts = append(v.Facts, countFact("Number", b.Height), timeFact("Time", b.Time), s.maker(ctx, b),
		countFact("Validators that signed", int64(len(b.Signers))), countFact("Validators that could", int64(b.Slots)),
		countFact("Transactions", int64(len(b.Txs))), textFact("Id", b.Hash))
	if len(b.Txs) == 0 {
		return v, nil
	}
	page, err := s.chain.OfBlock(ctx, b.Height, 1, linesAtOnce)
	if err != nil { // the hashes are known nevertheless
		v.Problem = fault.Sentence(err)
		for _, hash := range b.Txs[:min(len(b.Txs), linesAtOnce)] {
			v.Lines = append(v.Lines, ChainLine{Item: Item{string(explorer.TxKind), hash}, Words: kindWords[explorer.TxKind], Time: b.Time})
		}
		return v, nil
	}
	v.Lines = txLines(page.Txs)
	return v, nil
}

func timeFact(name string, t time.Time) Fact { return Fact{Name: name, Time: &t} }

// maker names the validator that made a block.
func (s *seeker) maker(ctx context.Context, b explorer.Block) Fact {
	list, _ := stake.Validators(ctx, s.chain) // else the address is good enough
	for _, v := range list {
		if v.Consensus() == b.Proposer {
			f := itemFact("Made by", explorer.Validator, v.Address.Validator())
			f.Text = cmp.Or(v.Moniker, f.Text)
			return f
		}
	}
	return textFact("Made by", b.Proposer)
}

func (s *seeker) tx(ctx context.Context, id string) (ItemView, error) {
	t, err := s.chain.Tx(ctx, id)
	if err != nil {
		return ItemView{}, err
	}
	line := txLine(t)
	v := ItemView{Item: line.Item, Words: line.Words, Failed: line.Failed}
	v.Problem = chain.WhyFailed(t).String()
	if line.From != "" {
		v.Facts = append(v.Facts, itemFact("From", explorer.Account, line.From))
	}
	if line.To != "" {
		v.Facts = append(v.Facts, s.anyone("To", line.To))
	}
	if line.Amount != nil {
		v.Facts = append(v.Facts, amountFact("Amount", *line.Amount))
	}
	if line.Noz != "" {
		v.Facts = append(v.Facts, Fact{Name: "Ozone", Noz: line.Noz})
	}
	v.Facts = append(v.Facts, amountFact("Fee", t.Fee), timeFact("Time", t.Time),
		Fact{Name: "Block", Text: strconv.FormatInt(t.Height, 10), Item: numbered(explorer.BlockKind, t.Height)})
	if t.Memo != "" {
		v.Facts = append(v.Facts, textFact("Note", t.Memo))
	}
	v.Facts = append(v.Facts, countFact("Gas used", int64(min(t.GasUsed, 1<<62))), textFact("Id", t.Hash))
	for _, m := range t.Messages[:min(len(t.Messages), linesAtOnce)] {
		v.Groups = append(v.Groups, messageGroup(t, m))
	}
	return v, nil
}

// anyone is a fact that names an account, a validator or a node.
func (*seeker) anyone(name, id string) Fact {
	if t := explorer.Recognise(id); t.Kind != explorer.Nothing {
		return itemFact(name, t.Kind, id)
	}
	return textFact(name, id)
}

func messageGroup(t *chain.Tx, m chain.TxMessage) FactGroup {
	one := *t
	one.Messages = []chain.TxMessage{m}
	g := FactGroup{Words: tellOf(&one).words, Type: m.Type, Facts: []Fact{}}
	for _, f := range explorer.Facts(m.Fields) {
		fact := Fact{Name: f.Name, Text: f.Text, Amount: f.Amount, Noz: f.Noz}
		if f.Target.Kind != explorer.Nothing {
			i := itemOf(f.Target)
			fact.Item = &i
		}
		g.Facts = append(g.Facts, fact)
	}
	g.Facts = append(g.Facts, shares(m)...)
	return g
}

// shares are the wallets of a report, those whose nodes served most first.
func shares(m chain.TxMessage) []Fact {
	volumes := explorer.Volumes(m.Fields)
	slices.SortStableFunc(volumes, func(a, b explorer.Volume) int { return b.Noz.Cmp(a.Noz) })
	var list []Fact
	for _, v := range volumes[:min(len(volumes), linesAtOnce)] {
		f := itemFact("Served by nodes of", explorer.Account, v.Wallet)
		f.Noz = v.Noz.String()
		list = append(list, f)
	}
	return list
}

// described is a transaction as the one who signed it sees it.
type described struct {
	words, from, to string
	amount          *stratos.Amount
	noz             string
}

// tellOf tells what a transaction is about, by the rules of the history.
func tellOf(t *chain.Tx) described {
	d := described{from: history.SignerOf(t)}
	self, err := stratos.ParseAddress(d.from)
	if err != nil {
		d.from = ""
	}
	e := history.Describe(t, self)
	d.words, d.to = e.Words(), e.Counterparty
	if !e.Amount.IsZero() {
		d.amount = &e.Amount
	}
	if e.Noz != nil {
		d.noz = e.Noz.String()
	}
	if len(t.Messages) > 0 {
		d.words = cmp.Or(explorer.Sentence(t.Messages[0].Type), d.words)
	}
	return d
}

func txLine(t *chain.Tx) ChainLine {
	d := tellOf(t)
	return ChainLine{
		Item: Item{string(explorer.TxKind), t.Hash}, Words: d.words, Time: t.Time, From: d.from, To: d.to,
		Amount: d.amount, Noz: d.noz, Failed: t.Code != 0,
	}
}

func txLines(txs []*chain.Tx) []ChainLine {
	list := make([]ChainLine, len(txs))
	for i, t := range txs {
		list[i] = txLine(t)
	}
	return list
}
