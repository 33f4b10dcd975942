package app

import (
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Item names one thing of a chain: a kind of "block", "tx", "account",
// "validator", "node", "proposal", "report" or "file", and its id; "latest" is
// the newest block or report.
type Item struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// ItemView is what anybody may know of a thing on the chain, in plain words.
type ItemView struct {
	Item
	Words  string      `json:"words"`            // what it is, in plain English
	Failed bool        `json:"failed,omitempty"` // a transaction that was not done
	Facts  []Fact      `json:"facts"`
	Groups []FactGroup `json:"groups"` // more facts, each with a head
	Lines  []ChainLine `json:"lines"`  // transactions that belong to it, the newest first
	Total  int         `json:"total"`  // of them; more than are listed here
	Before *Item       `json:"before,omitempty"`
	Next   *Item       `json:"next,omitempty"`
	Public string      `json:"public,omitempty"` // the same in the public explorer of the network

	// Problem says in a sentence why the lines are not complete.
	Problem string `json:"problem,omitempty"`
}

// Fact is one thing that is said of an item. One of the values is there.
type Fact struct {
	Name    string          `json:"name"` // in plain English: "From", "Fee", "Epoch"
	Text    string          `json:"text,omitempty"`
	Words   bool            `json:"-"` // Text is plain English, not a name or number
	Amount  *stratos.Amount `json:"amount,omitempty"`
	Noz     string          `json:"noz,omitempty"` // ozone, decimal
	Time    *time.Time      `json:"time,omitempty"`
	Count   *int64          `json:"count,omitempty"`
	Percent *float64        `json:"percent,omitempty"`
	Item    *Item           `json:"item,omitempty"` // where it leads
}

// FactGroup is facts that belong together.
type FactGroup struct {
	Words string `json:"words"`          // in plain English
	Type  string `json:"type,omitempty"` // type URL of a message
	Facts []Fact `json:"facts"`
}

// ChainLine is a thing of the chain in one line.
type ChainLine struct {
	Item
	Words  string          `json:"words"` // plain English, or the title of a proposal
	Title  bool            `json:"-"`     // Words were written by somebody
	Time   time.Time       `json:"time,omitzero"`
	From   string          `json:"from,omitempty"` // address or name of who did it
	To     string          `json:"to,omitempty"`
	Amount *stratos.Amount `json:"amount,omitempty"`
	Noz    string          `json:"noz,omitempty"`
	Count  int             `json:"count,omitempty"` // of transactions in a block
	Failed bool            `json:"failed,omitempty"`
}
