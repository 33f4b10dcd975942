package fake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Val returns the address of a sample validator.
func Val(n int) string {
	return fmt.Sprintf("stvaloper1%02dwqyh7zn0e5a8m2rk3h2p6dxs4uvt9fgj9x80", n)
}

// day is a moment of a day of the sample year.
func day(month time.Month, d int) time.Time { return time.Date(2026, month, d, 9, 30, 0, 0, time.UTC) }

func validator(n int, name string, commission, uptime, power float64, staked, rewards string) app.Validator {
	v := app.Validator{Address: Val(n), Name: name, Commission: commission, Uptime: uptime, Power: power, Active: power > 0}
	wei(&v.Staked, staked)
	wei(&v.Rewards, rewards)
	return v
}

func unbonding(n int, name, amount string, done time.Time) app.Unbonding {
	u := app.Unbonding{Validator: Val(n), Name: name, Done: done, Height: int64(1000 + n)}
	wei(&u.Amount, amount)
	return u
}

// fillStake gives a program stakes, questions to vote on and nodes.
func fillStake(b *Backend) {
	s := app.Staking{APR: 8.24, APRWords: fault.Tell("Measured by the last %d reports of traffic, over %s.", 6, fault.Span(50*time.Minute)), Period: 21 * 24 * time.Hour, PaidTo: Address}
	wei(&s.Staked, "300")
	wei(&s.Rewards, "10.04")
	wei(&s.Unbonding, "40")
	s.Validators = []app.Validator{
		validator(1, "WhisperNode", 5, 99.98, 14.2, "200", "8.12"),
		validator(2, "Stakecito", 10, 100, 11.8, "0", "0"),
		validator(3, "Kepler Harbour", 3, 99.4, 9.1, "100", "1.92"),
		validator(4, "Nodes of Lisbon", 7.5, 98.11, 6.02, "0", "0"),
		validator(5, "Cold Garage", 20, 71.3, 0, "0", "0"),
		validator(6, "Orbit One", 5, -1, 0, "0", "0"),
	}
	s.Validators[0].Website, s.Validators[0].Details = "https://whispernode.com", "Runs validators on bare metal in three countries since 2019."
	s.Validators[4].Jailed = true
	for i, v := range s.Validators {
		if v.Active {
			s.Validators[i].Pays = s.APR * (1 - v.Commission/100)
		}
	}
	s.Moves = []app.Move{{From: Val(1), FromName: "WhisperNode", To: Val(3), ToName: "Kepler Harbour", Done: day(time.December, 2)}}
	wei(&s.Moves[0].Amount, "50")
	s.Returns = []app.Unbonding{
		unbonding(2, "Stakecito", "30", day(time.December, 9)),
		unbonding(3, "Kepler Harbour", "10", day(time.December, 11)),
	}
	b.Stakes = s
	b.Questions = questions()
	b.Nodes = []app.OwnNode{
		node("1", "Attic", "active", "1600", "1600"), node("2", "Office", "suspended", "1600", "800"), node("3", "", "waiting", "160", "0"),
	}
	wei(&b.Earned.Mature, "6.13")
	wei(&b.Earned.Immature, "2.4")
	wei(&b.Earned.Slashed, "0.1")
	b.Nodes[2].State, b.Nodes[2].Back, b.Nodes[2].BackIfRemoved = "unbonding", day(time.December, 6), time.Time{}
	b.Earned.LastReport, b.Earned.LastTraffic, b.Earned.MatureAll = Now.Add(-6*time.Minute), "4210000000", Now.Add(14*24*time.Hour)
	b.Earned.Matures = []app.Ripening{{Epoch: 3001, At: Now.Add(4 * time.Minute)}, {Epoch: 3002, At: Now.Add(14 * time.Minute)}}
	wei(&b.Earned.Matures[0].Amount, "0.02")
}

func node(id, name, state, deposit, effective string) app.OwnNode {
	n := app.OwnNode{Address: "stsds1" + id + "qhx7e5a8m2rk3h2p6dxs4uvt9fgj9x80p7yt", Name: name, State: state, PaidTo: Address, Created: day(time.March, 4), BackIfRemoved: day(time.December, 7)}
	wei(&n.Deposit, deposit)
	wei(&n.Effective, effective)
	return n
}

func questions() []app.Proposal {
	list := []app.Proposal{
		{
			ID: 14, Title: "Lower the price of ozone by a tenth", State: "voting", Ends: Now.Add(49 * time.Hour), Yes: 62.1, No: 21.4, Veto: 1.5, Abstain: 15, Turnout: 28.4, Quorum: 33.4,
			Refund:  fault.Tell("The deposit comes back when the vote ends, unless more than %s vote veto.", fault.Percent(33.4)),
			Summary: "Traffic grew by half in a year while the price stayed. This proposal lowers it by a tenth, so that uploads cost less. Node owners earn less for each byte and more in all.",
		},
		{
			ID: 15, Title: "Raise the share of creators", State: "deposit", Ends: Now.Add(100 * time.Hour), Summary: "Creators of published videos get a larger share of the traffic they cause.", Does: []string{"UpdateParams (stratos.pot.v1)"},
			Refund: fault.Tell("If the deposit is not complete in time, the proposal is dropped and everybody gets his part back."),
		},
		{ID: 13, Title: "Upgrade the chain to version 0.13", State: "passed", Ends: day(time.October, 3), Yes: 97.2, No: 0.3, Abstain: 2.5, MyVote: "yes", Summary: "A new version of the chain."},
		{ID: 12, Title: "Pay for a booth at a fair", State: "rejected", Ends: day(time.September, 1), Yes: 30, No: 60, Veto: 2, Abstain: 8, Summary: "A booth."},
	}
	wei(&list[1].Deposit, "4200")
	wei(&list[1].Required, "10000")
	return list
}

// Staking is the sample stake.
func (b *Backend) Staking(context.Context) (app.Staking, error) { return b.Stakes, b.Err }

// validator returns the name of a validator of the sample.
func (b *Backend) validator(address string) string {
	i := slices.IndexFunc(b.Stakes.Validators, func(v app.Validator) bool { return v.Address == address })
	if i < 0 {
		return "a validator"
	}
	return b.Stakes.Validators[i].Name
}

// PreviewStake shows any order of at most 1,000 STOS.
func (b *Backend) PreviewStake(_ context.Context, o app.StakeOrder) (app.TxPreview, error) {
	b.note("preview " + strings.TrimSpace(fmt.Sprintf("%s %s %s %s %d", o.Kind, o.Validator, o.To, o.Amount, o.Height)))
	if len(o.Amount) > 3 && o.Amount != "max" {
		return app.TxPreview{}, fault.Wrong(nil, "There are 934.332 STOS that can be staked, and this asks for more.")
	}
	amount, name := strings.ReplaceAll(o.Amount, "max", "200"), b.validator(o.Validator)
	switch o.Kind {
	case app.StakeDelegate:
		return b.preview("Stake "+amount+" STOS", line("With", name), line("Comes back", "21 days after you ask for it")), b.Err
	case app.StakeUndelegate:
		return b.preview("Unstake "+amount+" STOS", line("From", name), line("Back on", "13 Dec 2026")), b.Err
	case app.StakeRedelegate:
		return b.preview("Move "+amount+" STOS", line("From", name), line("To", b.validator(o.To))), b.Err
	case app.StakeCancel:
		return b.preview("Keep 30 STOS staked", line("With", name)), b.Err
	case app.StakeClaim:
		return b.preview("Claim 10.04 STOS", line("To", Address)), b.Err
	case app.StakeCompound:
		return b.preview("Stake 10.04 STOS of rewards", line("With", "WhisperNode, Kepler Harbour")), b.Err
	}
	return b.preview("Pay rewards to another address", line("To", o.To)), b.Err
}

// Proposals are the sample questions.
func (b *Backend) Proposals(context.Context) ([]app.Proposal, error) { return b.Questions, b.Err }

// PreviewVote shows a vote.
func (b *Backend) PreviewVote(_ context.Context, id uint64, option string) (app.TxPreview, error) {
	b.note(fmt.Sprintf("preview vote %d %s", id, option))
	return b.preview(fmt.Sprintf("Vote %s on proposal %d", option, id), line("Your vote", option)), b.Err
}

// PreviewDeposit shows a deposit.
func (b *Backend) PreviewDeposit(_ context.Context, id uint64, amount string) (app.TxPreview, error) {
	b.note(fmt.Sprintf("preview deposit %d %s", id, amount))
	return b.preview("Deposit "+amount+" STOS", line("For", fmt.Sprintf("Proposal %d", id))), b.Err
}

// OwnNodes are the sample nodes.
func (b *Backend) OwnNodes(context.Context) ([]app.OwnNode, app.NodeRewards, error) {
	return b.Nodes, b.Earned, b.Err
}

// NodeRules are those of the sample network.
func (b *Backend) NodeRules(context.Context) (app.NodeRules, error) {
	r := app.NodeRules{Open: true, Waiting: 14 * 24 * time.Hour, MinAge: 180 * 24 * time.Hour}
	wei(&r.MinDeposit, "1600")
	return r, b.Err
}

// PreviewNode shows any order of a node.
func (b *Backend) PreviewNode(_ context.Context, o app.NodeOrder) (app.TxPreview, error) {
	said := []string{"preview node", string(o.Kind), o.Node, o.Amount}
	for _, part := range []*string{o.About.Name, o.About.Website, o.About.Details, o.About.PaidTo} {
		if part != nil {
			said = append(said, *part)
		}
	}
	b.note(strings.TrimSpace(strings.Join(said, " ")))
	switch o.Kind {
	case app.NodeRegister:
		return b.preview("Register "+*o.About.Name, line("Deposit", o.Amount+" STOS")), b.Err
	case app.NodeUpdate:
		return b.preview("Change "+*o.About.Name, line("Name", *o.About.Name)), b.Err
	case app.NodeDeposit:
		return b.preview("Add "+o.Amount+" STOS", line("Node", o.Node)), b.Err
	}
	return b.preview("Give up the node", line("Back about", "7 December 2026 09:30")), b.Err
}

// PreviewProposal shows a question to all stakers.
func (b *Backend) PreviewProposal(_ context.Context, title, summary, link, deposit string) (app.TxPreview, error) {
	b.note(strings.Join([]string{"preview proposal", title, summary, link, deposit}, " "))
	return b.preview("Propose: "+title, line("Question", summary)), b.Err
}

// PreviewWithdraw shows a withdrawal.
func (b *Backend) PreviewWithdraw(_ context.Context, amount, to string) (app.TxPreview, error) {
	b.note("preview withdraw " + amount + " " + to)
	return b.preview("Withdraw 6.13 STOS", line("To", Address)), b.Err
}

func line(label, value string) app.PreviewLine {
	return app.PreviewLine{Label: label, Value: fault.Value(value)}
}

// preview is a transaction with three fees.
func (b *Backend) preview(title string, lines ...app.PreviewLine) app.TxPreview {
	p := app.TxPreview{Title: fault.Value(title), Lines: lines, Fees: []app.FeeChoice{{Name: "low"}, {Name: "normal"}, {Name: "high"}}}
	for i, fee := range []string{"0.000095", "0.00019", "0.00038"} {
		wei(&p.Fees[i].Fee, fee)
	}
	p.Fee = p.Fees[1].Fee
	wei(&p.Left, "921.83181")
	return p
}

// Confirm accepts Password only.
func (b *Backend) Confirm(ctx context.Context, p app.TxPreview, fee string, password []byte) (app.TxResult, error) {
	if string(password) != Password {
		return app.TxResult{}, fault.Wrong(nil, "This password does not open the wallet. Nothing was sent.")
	}
	b.note(strings.TrimSpace("confirm " + p.Title.String() + " " + fee))
	if err := b.wait(ctx); err != nil {
		return app.TxResult{}, err
	}
	return app.TxResult{Hash: "ab", Height: 12, Fee: p.Fee}, nil
}
