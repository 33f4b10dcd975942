// Package gov tells what stakers are asked: proposals, how the votes stand,
// what an account voted, and the rules.
//
// It reads the v1 interface only, for the older one fails as soon as one
// proposal is not of the older kind.
package gov

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// State is how far a proposal is.
type State string

// States of a proposal.
const (
	Depositing State = "deposit" // waits for its deposit
	Voting     State = "voting"
	Passed     State = "passed"
	Rejected   State = "rejected"
	Failed     State = "failed" // passed, but could not be carried out
	Unknown    State = ""
)

var states = map[string]State{
	"PROPOSAL_STATUS_DEPOSIT_PERIOD": Depositing, "PROPOSAL_STATUS_VOTING_PERIOD": Voting, "PROPOSAL_STATUS_PASSED": Passed,
	"PROPOSAL_STATUS_REJECTED": Rejected, "PROPOSAL_STATUS_FAILED": Failed,
}

// Tally is how many wei of stake are behind each answer.
type Tally struct{ Yes, Abstain, No, Veto stratos.Amount }

// Parts returns each answer's part of the votes cast, between 0 and 1.
func (t Tally) Parts() map[message.Option]float64 {
	sum := t.Yes.Add(t.Abstain).Add(t.No).Add(t.Veto)
	parts := map[message.Option]float64{}
	for option, votes := range map[message.Option]stratos.Amount{message.Yes: t.Yes, message.Abstain: t.Abstain, message.No: t.No, message.Veto: t.Veto} {
		if !sum.IsZero() {
			parts[option], _ = new(big.Rat).SetFrac(votes.Wei(), sum.Wei()).Float64()
		}
	}
	return parts
}

// Turnout is which part of all stake has voted, between 0 and 1.
func (t Tally) Turnout(all stratos.Amount) float64 {
	if all.IsZero() {
		return 0
	}
	sum := t.Yes.Add(t.Abstain).Add(t.No).Add(t.Veto)
	part, _ := new(big.Rat).SetFrac(sum.Wei(), all.Wei()).Float64()
	return min(part, 1)
}

// Proposal is a question to all stakers.
type Proposal struct {
	ID       uint64
	Title    string
	Summary  string
	Metadata string // a link or a note of the proposer
	Proposer string // st1..., or "" on old chains
	Types    []string
	State    State
	Deposit  stratos.Amount
	Ends     time.Time // of the deposit period, or of the vote; zero when not known
	Tally    Tally     // as it stands, or the final one

	Submitted   time.Time
	DepositEnds time.Time // until then it must have its deposit
	VoteBegan   time.Time // zero before
}

type tallyJSON struct {
	Yes     string `json:"yes_count"`
	Abstain string `json:"abstain_count"`
	No      string `json:"no_count"`
	Veto    string `json:"no_with_veto_count"`
}

func (t tallyJSON) read() (Tally, error) {
	var out Tally
	var err error
	for text, amount := range map[*string]*stratos.Amount{&t.Yes: &out.Yes, &t.Abstain: &out.Abstain, &t.No: &out.No, &t.Veto: &out.Veto} {
		if *text == "" {
			continue
		}
		a, perr := stratos.ParseWei(*text)
		*amount, err = a, errors.Join(err, perr)
	}
	return out, err
}

type proposalJSON struct {
	ID       string `json:"id"`
	Messages []struct {
		Type string `json:"@type"`
	} `json:"messages"`
	Status     string      `json:"status"`
	Tally      *tallyJSON  `json:"final_tally_result"`
	Submitted  string      `json:"submit_time"`
	VoteBegan  string      `json:"voting_start_time"`
	DepositEnd string      `json:"deposit_end_time"`
	VotingEnd  string      `json:"voting_end_time"`
	Deposit    chain.Coins `json:"total_deposit"`
	Metadata   string      `json:"metadata"`
	Title      string      `json:"title"`
	Summary    string      `json:"summary"`
	Proposer   string      `json:"proposer"`
}

func (j proposalJSON) read() (Proposal, error) {
	id, err1 := strconv.ParseUint(j.ID, 10, 64)
	deposit, err2 := j.Deposit.Wei()
	p := Proposal{
		ID: id, Title: j.Title, Summary: j.Summary, Metadata: j.Metadata, Proposer: j.Proposer, State: states[j.Status], Deposit: deposit,
	}
	var err3 error
	if j.Tally != nil {
		p.Tally, err3 = j.Tally.read()
	}
	// Some are absent in some states.
	p.Ends, _ = time.Parse(time.RFC3339Nano, j.VotingEnd)
	p.DepositEnds, _ = time.Parse(time.RFC3339Nano, j.DepositEnd)
	p.Submitted, _ = time.Parse(time.RFC3339Nano, j.Submitted)
	p.VoteBegan, _ = time.Parse(time.RFC3339Nano, j.VoteBegan)
	if p.State == Depositing {
		p.Ends = p.DepositEnds
	}
	for _, m := range j.Messages {
		p.Types = append(p.Types, m.Type)
	}
	return p, errors.Join(err1, err2, err3)
}

type proposalsJSON struct {
	chain.Paged
	Proposals []proposalJSON `json:"proposals"`
}

// Proposals lists all proposals, the newest first. Those that are being voted
// on carry the tally of this moment.
func Proposals(ctx context.Context, g chain.Getter) ([]Proposal, error) {
	var list []Proposal
	query := url.Values{"pagination.reverse": {"true"}}
	err := chain.Pages(ctx, g, "/cosmos/gov/v1/proposals", query, func(page *proposalsJSON) error {
		for _, j := range page.Proposals {
			p, err := j.read()
			if err != nil {
				return err
			}
			list = append(list, p)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read proposals: %w", err)
	}
	for i := range list {
		if err := list[i].update(ctx, g); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Read reads one proposal. One that does not exist, or never got its deposit
// and was dropped, is a [chain.ErrNotFound].
func Read(ctx context.Context, g chain.Getter, id uint64) (Proposal, error) {
	var reply struct {
		Proposal proposalJSON `json:"proposal"`
	}
	if err := g.Get(ctx, path(id, ""), nil, &reply); err != nil {
		return Proposal{}, fmt.Errorf("read proposal: %w", err)
	}
	p, err := reply.Proposal.read()
	if err != nil {
		return Proposal{}, fmt.Errorf("read proposal: %w", err)
	}
	return p, p.update(ctx, g)
}

func path(id uint64, rest string) string {
	return "/cosmos/gov/v1/proposals/" + strconv.FormatUint(id, 10) + rest
}

// update reads the tally of a vote that is going on.
func (p *Proposal) update(ctx context.Context, g chain.Getter) error {
	if p.State != Voting {
		return nil
	}
	var reply struct {
		Tally tallyJSON `json:"tally"`
	}
	err := g.Get(ctx, path(p.ID, "/tally"), nil, &reply)
	if err == nil {
		p.Tally, err = reply.Tally.read()
	}
	if err != nil {
		return fmt.Errorf("read tally: %w", err)
	}
	return nil
}
