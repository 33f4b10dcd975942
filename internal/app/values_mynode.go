package app

import (
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/nodelog"
)

// MyNode is a resource node that its owner watches. It holds no secret.
type MyNode struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`  // as its owner calls it, or the chain, or its address
	Named    bool      `json:"named"` // its owner gave it the name
	Monitor  string    `json:"monitor"`
	Address  string    `json:"address,omitempty"` // stsds1...; empty until it was heard
	Practice bool      `json:"practice"`          // of the practice network: nobody enters its token
	Added    time.Time `json:"added"`

	State      string    `json:"state"` // online, offline, silent, refusing; empty: not heard yet
	StateSince time.Time `json:"state_since,omitzero"`
	Online     time.Time `json:"online_since,omitzero"` // since when the network counts it as there
	Heard      time.Time `json:"heard,omitzero"`        // its last answer
	Trouble    string    `json:"trouble,omitempty"`     // why nothing is heard, a sentence

	InPerSecond  int64     `json:"in_per_second"` // bytes, by the newest sample
	OutPerSecond int64     `json:"out_per_second"`
	HourIn       int64     `json:"hour_in"` // bytes of the last hour
	HourOut      int64     `json:"hour_out"`
	In           int64     `json:"in"` // bytes since Begun
	Out          int64     `json:"out"`
	Begun        time.Time `json:"begun,omitzero"` // of what is remembered
	Disk         int64     `json:"disk"`           // bytes that slices take
	Tier         *int      `json:"tier,omitempty"` // class, 0 to 3; absent where nobody tells
	Version      string    `json:"version"`        // of its program; empty: no monitor tells it

	Chain  *NodeOnChain `json:"chain,omitempty"` // nil: not known yet
	Hours  []NodeFlow   `json:"hours"`           // of the last two days, the oldest first, none left out
	Days   []NodeFlow   `json:"days"`            // of the last thirty days
	Events []NodeEvent  `json:"events"`          // the newest first
	Epochs []NodeEpoch  `json:"epochs"`          // the newest first
}

// NodeFlow is the traffic of an hour or a day, in bytes.
type NodeFlow struct {
	At  time.Time `json:"at"` // when it begins
	In  int64     `json:"in"`
	Out int64     `json:"out"`
}

// NodeEvent is something that happened to a node.
type NodeEvent struct {
	At   time.Time `json:"at"`
	What string    `json:"what"` // offline, silent, refusing, back or restarted
}

// NodeOnChain is what the chain says of a node, and of the wallet that its
// rewards go to, which other nodes may pay as well.
type NodeOnChain struct {
	At       time.Time      `json:"at"`    // when it was asked
	State    string         `json:"state"` // active, waiting, suspended, unbonding, gone; unknown: this chain does not know it
	PaidTo   string         `json:"paid_to,omitempty"`
	Deposit  stratos.Amount `json:"deposit"`
	Mature   stratos.Amount `json:"mature"` // of that wallet
	Immature stratos.Amount `json:"immature"`
}

// RateMeasured is the [NodeEpoch.Basis] of a rate that epochs before showed.
const RateMeasured = string(nodelog.Measured)

// NodeEpoch is what an epoch brought: by the node's own traffic, and by the
// chain.
type NodeEpoch struct {
	Epoch    int64          `json:"epoch"`
	At       time.Time      `json:"at"`       // of its report
	Traffic  int64          `json:"traffic"`  // bytes that the monitor told
	Whole    bool           `json:"whole"`    // it was heard all the time; else Expected is not known
	Noz      string         `json:"noz"`      // what Traffic stands for; empty where nobody knows
	Basis    string         `json:"basis"`    // how that is known: told (by the network), measured (by the epochs before); empty: it is not, and nothing is expected
	Volume   string         `json:"volume"`   // noz that the report counts for the wallet
	All      string         `json:"all"`      // noz that the report counts for all
	Pool     stratos.Amount `json:"pool"`     // for all storage nodes
	Expected stratos.Amount `json:"expected"` // Pool times Noz by All
	Due      stratos.Amount `json:"due"`      // Pool times Volume by All: what the wallet should get by the report
	Real     stratos.Amount `json:"real"`     // of the wallet
	Known    bool           `json:"known"`    // Real is; the chain forgets what is mature
}
