package app

import (
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Proposal is a question that stakers vote on.
type Proposal struct {
	ID       uint64   `json:"id"`
	Title    string   `json:"title"`
	Summary  string   `json:"summary"`
	Link     string   `json:"link,omitempty"` // or a note of the proposer
	Proposer string   `json:"proposer,omitempty"`
	Does     []string `json:"does"` // what it carries out when it passes; empty for words only

	State     string    `json:"state"` // "deposit", "voting", "passed", "rejected", "failed"
	Submitted time.Time `json:"submitted,omitzero"`
	VoteBegan time.Time `json:"vote_began,omitzero"`
	Ends      time.Time `json:"ends"` // of the state it is in

	Yes     float64 `json:"yes"` // percent of the votes cast
	No      float64 `json:"no"`
	Veto    float64 `json:"veto"`
	Abstain float64 `json:"abstain"`
	Turnout float64 `json:"turnout"` // percent of all stake that voted
	Quorum  float64 `json:"quorum"`  // percent of all stake that must vote

	MyVote    string         `json:"my_vote,omitempty"` // "yes", "no", "veto", "abstain", or parts such as "yes=60,no=40"
	MyDeposit stratos.Amount `json:"my_deposit"`
	Deposit   stratos.Amount `json:"deposit"`
	Required  stratos.Amount `json:"required"`        // deposit that opens the vote
	Refund    fault.Words    `json:"refund,omitzero"` // what becomes of the deposit, in a sentence
}
