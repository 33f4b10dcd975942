package message

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Type URLs of governance.
const (
	TypeVote         = "/cosmos.gov.v1.MsgVote"
	TypeVoteWeighted = "/cosmos.gov.v1.MsgVoteWeighted"
	TypeDeposit      = "/cosmos.gov.v1.MsgDeposit"
	TypePropose      = "/cosmos.gov.v1.MsgSubmitProposal"
)

// Option is an answer to a proposal, with the numbers of the chain.
type Option uint32

// Options.
const (
	Yes     Option = 1
	Abstain Option = 2
	No      Option = 3
	Veto    Option = 4 // no, and the deposit should be burned
)

var optionNames = map[Option]string{Yes: "yes", Abstain: "abstain", No: "no", Veto: "veto"}

// String returns "yes", "abstain", "no" or "veto", and "" for anything else.
func (o Option) String() string { return optionNames[o] }

// ParseOption reads what [Option.String] writes.
func ParseOption(word string) (Option, error) {
	for o, name := range optionNames {
		if name == word {
			return o, nil
		}
	}
	return 0, fault.Wrong(nil, "Please vote with yes, no, veto or abstain.")
}

// Vote answers a proposal. The last vote before the end counts.
type Vote struct {
	Voter    stratos.Address
	Proposal uint64
	Option   Option
}

// Type returns the type URL.
func (Vote) Type() string { return TypeVote }

// Signer returns the voter.
func (m Vote) Signer() stratos.Address { return m.Voter }

// Spends returns zero.
func (Vote) Spends() stratos.Amount { return stratos.Amount{} }

// Other returns nobody.
func (Vote) Other() stratos.Address { return stratos.Address{} }

// Check wants a proposal and an answer.
func (m Vote) Check() error {
	if m.Option.String() == "" {
		return fault.Wrong(nil, "Please vote with yes, no, veto or abstain.")
	}
	return needsProposal(m.Proposal)
}

func (Vote) amino() string { return "cosmos-sdk/v1/MsgVote" }

func (m Vote) fields() []field {
	return []field{whole(1, "proposal_id", m.Proposal), text(2, "voter", m.Voter.String()), small(3, "option", uint32(m.Option))}
}

// Share is a part of a vote in hundredths of a percent.
type Share struct {
	Option      Option
	BasisPoints uint32
}

// WeightedVote splits a vote; the parts add up to 10,000 basis points.
type WeightedVote struct {
	Voter    stratos.Address
	Proposal uint64
	Shares   []Share
}

// Type returns the type URL.
func (WeightedVote) Type() string { return TypeVoteWeighted }

// Signer returns the voter.
func (m WeightedVote) Signer() stratos.Address { return m.Voter }

// Spends returns zero.
func (WeightedVote) Spends() stratos.Amount { return stratos.Amount{} }

// Other returns nobody.
func (WeightedVote) Other() stratos.Address { return stratos.Address{} }

// Check wants a proposal, and different answers that add up to the whole.
func (m WeightedVote) Check() error {
	sum, seen := uint32(0), map[Option]bool{}
	for _, s := range m.Shares {
		if s.Option.String() == "" || seen[s.Option] || s.BasisPoints == 0 || s.BasisPoints > 10_000 {
			return fault.Wrong(nil, "Please give each part of the vote once, with yes, no, veto or abstain.")
		}
		seen[s.Option] = true
		sum += s.BasisPoints
	}
	if sum != 10_000 {
		return fault.Wrong(nil, "The parts of the vote must add up to 100 percent.")
	}
	return needsProposal(m.Proposal)
}

func (WeightedVote) amino() string { return "cosmos-sdk/v1/MsgVoteWeighted" }

func (m WeightedVote) fields() []field {
	options := make([][]field, len(m.Shares))
	for i, s := range m.Shares {
		weight := fmt.Sprintf("%d.%04d00000000000000", s.BasisPoints/10_000, s.BasisPoints%10_000)
		options[i] = []field{small(1, "option", uint32(s.Option)), text(2, "weight", weight)}
	}
	return []field{whole(1, "proposal_id", m.Proposal), text(2, "voter", m.Voter.String()), children(3, "options", options)}
}

// Deposit adds to the deposit of a proposal, so that it comes to a vote. It is
// given back unless the proposal is vetoed or never gets enough.
type Deposit struct {
	Depositor stratos.Address
	Proposal  uint64
	Amount    stratos.Amount
}

// Type returns the type URL.
func (Deposit) Type() string { return TypeDeposit }

// Signer returns the depositor.
func (m Deposit) Signer() stratos.Address { return m.Depositor }

// Spends returns the amount.
func (m Deposit) Spends() stratos.Amount { return m.Amount }

// Other returns nobody.
func (Deposit) Other() stratos.Address { return stratos.Address{} }

// Check wants a proposal and an amount.
func (m Deposit) Check() error {
	if err := needsAmount(m.Amount); err != nil {
		return err
	}
	return needsProposal(m.Proposal)
}

func (Deposit) amino() string { return "cosmos-sdk/v1/MsgDeposit" }

func (m Deposit) fields() []field {
	return []field{whole(1, "proposal_id", m.Proposal), text(2, "depositor", m.Depositor.String()), coins(3, "amount", m.Amount)}
}

// Limits of a proposal's texts, of the chain's gov module.
const (
	maxTitle   = 255
	maxSummary = 10_200
)

// Propose asks all stakers a question: a proposal of text that changes nothing
// by itself. Metadata is a link or a short note; it must not be empty, for the
// chain wants it of proposals without messages.
type Propose struct {
	Proposer                 stratos.Address
	Title, Summary, Metadata string
	Deposit                  stratos.Amount // may be zero; others can deposit
}

// Type returns the type URL.
func (Propose) Type() string { return TypePropose }

// Signer returns the proposer.
func (m Propose) Signer() stratos.Address { return m.Proposer }

// Spends returns the deposit.
func (m Propose) Spends() stratos.Amount { return m.Deposit }

// Other returns nobody.
func (Propose) Other() stratos.Address { return stratos.Address{} }

// Check wants texts of the right length.
func (m Propose) Check() error {
	if m.Title == "" || m.Summary == "" || m.Metadata == "" {
		return fault.Wrong(nil, "A proposal needs a title, a summary and a link or note.")
	}
	if err := fits("title", m.Title, maxTitle); err != nil {
		return err
	}
	if err := fits("link", m.Metadata, maxTitle); err != nil {
		return err
	}
	return fits("summary", m.Summary, maxSummary)
}

func (Propose) amino() string { return "cosmos-sdk/v1/MsgSubmitProposal" }

func (m Propose) fields() []field {
	return []field{
		coins(2, "initial_deposit", m.Deposit), text(3, "proposer", m.Proposer.String()), text(4, "metadata", m.Metadata),
		text(5, "title", m.Title), text(6, "summary", m.Summary),
	}
}

func needsProposal(id uint64) error {
	if id == 0 {
		return fault.Wrong(nil, "Please choose a proposal.")
	}
	return nil
}
