package app

import (
	"cmp"
	"context"
	"errors"
	"math/big"
	"slices"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/explorer"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/gov"
	"github.com/stratosdrive/stratosdrive/wallet/message"
	"github.com/stratosdrive/stratosdrive/wallet/node"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

func (s *seeker) account(ctx context.Context, id string) (ItemView, error) {
	address, err := stratos.ParseAddress(id)
	if err != nil {
		return ItemView{}, err
	}
	b, err := s.app.owned(ctx, s.chain, address)
	if err != nil {
		return ItemView{}, err
	}
	v := ItemView{Item: Item{string(explorer.Account), id}, Words: kindWords[explorer.Account]}
	if entry, named, err := s.app.book().Find(address); err == nil && named {
		v.Facts = append(v.Facts, textFact("Name", entry.Name))
	}
	v.Facts = append(v.Facts, textFact("Address", id), textFact("Address for EVM wallets", address.Hex()),
		amountFact("In all", b.Total), amountFact("Free to use", b.Spendable))
	rewards, err := node.ReadRewards(ctx, s.chain, address)
	if err != nil && ctx.Err() != nil {
		return ItemView{}, err
	}
	for _, part := range []Fact{
		amountFact("Staked", b.Staked), amountFact("Coming back", b.Unbonding), amountFact("Staking rewards due", b.Rewards),
		amountFact("Node rewards to take out", rewards.Mature), amountFact("Node rewards that wait", rewards.Immature),
		amountFact("Owed for failures of nodes", rewards.Slashed),
	} {
		if !part.Amount.IsZero() {
			v.Facts = append(v.Facts, part)
		}
	}
	if nodes, err := node.Owned(ctx, s.chain, address); err == nil {
		for _, n := range nodes {
			f := itemFact("Storage node", explorer.Node, n.Address.String())
			f.Text = cmp.Or(n.Description.Moniker, f.Text)
			v.Facts = append(v.Facts, f)
		}
	}
	s.movements(ctx, address, &v)
	return v, ctx.Err()
}

// movements lists what an account signed and was paid, the newest first.
func (s *seeker) movements(ctx context.Context, address stratos.Address, v *ItemView) {
	seen := map[string]bool{}
	for _, filter := range []string{chain.BySender, chain.ByRecipient} {
		page, err := s.chain.Search(ctx, filter, address, 1, linesAtOnce)
		if err != nil {
			v.Problem = fault.Sentence(err)
			continue
		}
		v.Total = max(v.Total, int(min(page.Total, 1<<31)))
		for _, l := range txLines(page.Txs) {
			if !seen[l.ID] {
				seen[l.ID] = true
				v.Lines = append(v.Lines, l)
			}
		}
	}
	slices.SortStableFunc(v.Lines, func(a, b ChainLine) int { return b.Time.Compare(a.Time) })
	v.Total = max(v.Total, len(v.Lines))
}

func (s *seeker) validator(ctx context.Context, id string) (ItemView, error) {
	list, err := stake.Validators(ctx, s.chain)
	if err != nil {
		return ItemView{}, err
	}
	at := slices.IndexFunc(list, func(v stake.Validator) bool { return v.Address.Validator() == id })
	if at < 0 {
		return ItemView{}, chain.ErrNotFound
	}
	one := list[at]
	v := ItemView{Item: Item{string(explorer.Validator), id}, Words: kindWords[explorer.Validator]}
	state := "Active"
	switch {
	case one.Jailed:
		state = "Jailed"
	case !one.Active:
		state = "Not active"
	}
	v.Facts = append(v.Facts, textFact("Name", one.Moniker), Fact{Name: "State", Text: state, Words: true},
		amountFact("Staked", one.Tokens), percentFact("Power", percent(one.Power)), percentFact("Takes of the rewards", percent(one.Commission)))
	if one.Uptime >= 0 {
		v.Facts = append(v.Facts, percentFact("Online", percent(one.Uptime)))
	}
	v.Facts = append(v.Facts, itemFact("Account", explorer.Account, one.Address.String()), textFact("Signs blocks as", one.Consensus()))
	return v, nil
}

func (s *seeker) node(ctx context.Context, id string) (ItemView, error) {
	address, err := stratos.ParseNodeAddress(id)
	if err != nil {
		return ItemView{}, err
	}
	n, err := node.Read(ctx, s.chain, address)
	if err != nil {
		return ItemView{}, err
	}
	v := ItemView{Item: Item{string(explorer.Node), id}, Words: kindWords[explorer.Node]}
	v.Facts = append(v.Facts, textFact("Name", n.Description.Moniker), Fact{Name: "State", Text: chainStates[n.State], Words: true},
		itemFact("Owner", explorer.Account, n.Owner.String()), amountFact("Deposit", n.Deposit), timeFact("Registered", n.Created))
	if n.PaidTo != (stratos.Address{}) {
		v.Facts = append(v.Facts, itemFact("Rewards go to", explorer.Account, n.PaidTo.String()))
	}
	v.Facts = append(v.Facts, textFact("Address", id))
	return v, nil
}

// chainStates say what a node does in plain English.
var chainStates = map[node.State]string{
	node.Active: "In service", node.Waiting: "Waits to be brought into service", node.Suspended: "Out of service",
	node.Unbonding: "Given up, its deposit comes back", node.Gone: "Gone",
}

func (s *seeker) proposal(ctx context.Context, id string) (ItemView, error) {
	number, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return ItemView{}, err
	}
	p, err := gov.Read(ctx, s.chain, number)
	if err != nil {
		return ItemView{}, err
	}
	v := ItemView{Item: Item{string(explorer.Proposal), id}, Words: kindWords[explorer.Proposal]}
	v.Facts = append(v.Facts, textFact("Title", p.Title), textFact("Text", p.Summary), Fact{Name: "State", Text: proposalStates[p.State], Words: true})
	if p.Proposer != "" {
		v.Facts = append(v.Facts, itemFact("Proposed by", explorer.Account, p.Proposer))
	}
	parts := p.Tally.Parts()
	for _, answer := range []struct {
		name   string
		option message.Option
	}{{"Yes", message.Yes}, {"No", message.No}, {"No, harmful", message.Veto}, {"Abstain", message.Abstain}} {
		v.Facts = append(v.Facts, percentFact(answer.name, percent(parts[answer.option])))
	}
	v.Facts = append(v.Facts, amountFact("Deposit", p.Deposit))
	if !p.Ends.IsZero() {
		v.Facts = append(v.Facts, timeFact("Ends", p.Ends))
	}
	if number > 1 {
		v.Before = numbered(explorer.Proposal, int64(number)-1)
	}
	return v, nil
}

// proposalStates say how far a proposal is in plain English.
var proposalStates = map[gov.State]string{
	gov.Depositing: "Waits for its deposit", gov.Voting: "Open for votes", gov.Passed: "Passed", gov.Rejected: "Rejected",
	gov.Failed: "Passed, but could not be carried out", gov.Unknown: "Not known",
}

func proposalLine(p gov.Proposal) ChainLine {
	return ChainLine{
		Item: Item{string(explorer.Proposal), strconv.FormatUint(p.ID, 10)}, Words: p.Title, Title: true, Time: p.Submitted, From: p.Proposer,
	}
}

func (s *seeker) report(ctx context.Context, id string) (ItemView, error) {
	epoch, _ := strconv.ParseInt(id, 10, 64) // 0 for the last
	r, err := explorer.ReadReport(ctx, s.chain, epoch)
	if err != nil {
		return ItemView{}, err
	}
	if r.TxHash == "" {
		return ItemView{}, chain.ErrNotFound
	}
	v := ItemView{Item: *numbered(explorer.Report, r.Epoch), Words: kindWords[explorer.Report]}
	if r.Epoch > 1 {
		v.Before = numbered(explorer.Report, r.Epoch-1)
	}
	v.Facts = append(v.Facts, countFact("Epoch", r.Epoch))
	t, err := s.chain.Tx(ctx, r.TxHash)
	if err == nil {
		v.Facts = append(v.Facts, timeFact("Time", t.Time))
		var served []Fact
		sum := new(big.Int)
		for _, m := range t.Messages {
			served = append(served, shares(m)...)
			for _, volume := range explorer.Volumes(m.Fields) {
				sum.Add(sum, volume.Noz)
			}
		}
		v.Facts = append(v.Facts, Fact{Name: "Ozone used up", Noz: sum.String()})
		v.Groups = append(v.Groups, FactGroup{Words: "Whose nodes served it", Facts: nonNilList(served)})
	} else if !errors.Is(err, chain.ErrNotFound) {
		v.Problem = fault.Sentence(err)
	}
	v.Facts = append(v.Facts, amountFact("Paid from the mining pool", r.Mining), amountFact("Paid from prepaid traffic", r.Traffic),
		itemFact("Meta node", explorer.Node, r.Reporter), itemFact("Transaction", explorer.TxKind, r.TxHash))
	return v, nil
}

func (s *seeker) file(ctx context.Context, id string) (ItemView, error) {
	f, err := explorer.ReadFile(ctx, s.chain, id)
	if err != nil {
		return ItemView{}, err
	}
	v := ItemView{Item: Item{string(explorer.File), id}, Words: kindWords[explorer.File]}
	v.Facts = append(v.Facts, textFact("Id", id), itemFact("Uploaded by", explorer.Account, f.Uploader),
		Fact{Name: "Block", Text: strconv.FormatInt(f.Height, 10), Item: numbered(explorer.BlockKind, f.Height)},
		countFact("Meta nodes that reported it", int64(f.Reporters)))
	return v, nil
}
