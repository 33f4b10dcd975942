package app

import (
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// OwnNode is a resource node whose owner the wallet is.
type OwnNode struct {
	Address   string         `json:"address"` // stsds1...
	Name      string         `json:"name"`
	Website   string         `json:"website,omitempty"`
	Contact   string         `json:"contact,omitempty"`
	Details   string         `json:"details,omitempty"`
	State     string         `json:"state"` // "active", "waiting", "suspended", "unbonding", "gone"
	Work      []string       `json:"work"`  // "storage", "database", "computation"
	Deposit   stratos.Amount `json:"deposit"`
	Effective stratos.Amount `json:"effective"` // of the deposit, what counts
	PaidTo    string         `json:"paid_to"`   // st1..., gets the rewards
	Created   time.Time      `json:"created"`

	Back          time.Time `json:"back,omitzero"`            // when the deposit of one that was given up returns; zero when not known
	BackIfRemoved time.Time `json:"back_if_removed,omitzero"` // when it would return if it were given up now
}

// NodeRewards is what traffic of nodes earned for a wallet.
type NodeRewards struct {
	Mature      stratos.Amount `json:"mature"`               // may be withdrawn
	Immature    stratos.Amount `json:"immature"`             // matures by itself
	Slashed     stratos.Amount `json:"slashed"`              // is taken off before it matures
	Matures     []Ripening     `json:"matures"`              // the first of what is immature
	MatureAll   time.Time      `json:"mature_all,omitzero"`  // about when all of it is mature; zero when nobody can tell
	LastReport  time.Time      `json:"last_report,omitzero"` // of traffic on the network
	LastTraffic string         `json:"last_traffic_noz"`     // of the wallet's nodes in that report, decimal
}

// Ripening is a reward that becomes mature with the first report of an epoch.
type Ripening struct {
	Epoch  int64          `json:"epoch"`
	Amount stratos.Amount `json:"amount"`
	At     time.Time      `json:"at,omitzero"` // about when; zero when nobody can tell
}

// NodeKind is something that can be done with a node.
type NodeKind string

// What can be done with a node.
const (
	NodeRegister NodeKind = "register"
	NodeUpdate   NodeKind = "update"
	NodeDeposit  NodeKind = "deposit" // adds Amount
	NodeRemove   NodeKind = "remove"
)

// NodeOrder is what an owner wants to do with a node.
type NodeOrder struct {
	Kind   NodeKind
	Node   string // its address or name, or its public key for NodeRegister
	Amount string // deposit, as typed
	About  NodeAbout
}

// NodeAbout is what a node says about itself, and who gets its rewards. What is
// nil stays as it is; in a new node it is empty, or the wallet.
type NodeAbout struct{ Name, Website, Contact, Details, PaidTo *string }

// NodeRules are the network's rules for nodes.
type NodeRules struct {
	Open       bool           `json:"open"` // new nodes can be registered
	MinDeposit stratos.Amount `json:"min_deposit"`
	Waiting    time.Duration  `json:"waiting_ns"` // until a deposit is back
	MinAge     time.Duration  `json:"min_age_ns"` // of a node, before that time begins
}
