package history

import (
	"math/big"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Entry is one transaction as one account sees it.
type Entry struct {
	Time         time.Time // of the block, or of sending while it is in none
	Kind         Kind
	Direction    Direction
	Amount       stratos.Amount // wei, without the fee; zero where none moves
	Counterparty string         // st1... or stvaloper1..., or ""
	Fee          stratos.Amount // wei paid by this account
	Hash         string         // upper-case hex
	State        chain.State
	Height       int64    // 0 while in no block
	Memo         string   // of the sender; may be anything
	Noz          *big.Int // ozone bought, or nil
	Reason       string   // why it was not done; a sentence, or ""
	Type         string   // type URL of its first message
}

// Direction tells whether Amount came in or went out.
type Direction string

// Directions.
const (
	In   Direction = "in"
	Out  Direction = "out"
	None Direction = ""
)

// Kind is what a transaction is about.
type Kind string

// Kinds. They are stored; never rename one.
const (
	Sent             Kind = "sent"
	Received         Kind = "received"
	ToSelf           Kind = "to_self"
	BoughtOzone      Kind = "bought_ozone"
	GotOzone         Kind = "got_ozone"
	Staked           Kind = "staked"
	Unstaked         Kind = "unstaked"
	MovedStake       Kind = "moved_stake"
	KeptStake        Kind = "kept_stake"
	StakeReward      Kind = "stake_reward"
	SetRewardAddress Kind = "set_reward_address"
	Voted            Kind = "voted"
	Proposed         Kind = "proposed"
	ProposalDeposit  Kind = "proposal_deposit"
	NodeReward       Kind = "node_reward"
	NodeDeposit      Kind = "node_deposit"
	NodeChanged      Kind = "node_changed"
	NodeRemoved      Kind = "node_removed"
	PoolGift         Kind = "pool_gift"
	NetworkReport    Kind = "network_report"
	Other            Kind = "other"
)

// words of every kind.
var words = map[Kind]string{
	Sent:             "Sent",
	Received:         "Received",
	ToSelf:           "Sent to yourself",
	BoughtOzone:      "Bought ozone",
	GotOzone:         "Ozone bought for you",
	Staked:           "Staked",
	Unstaked:         "Unstaked",
	MovedStake:       "Moved stake",
	KeptStake:        "Unstaking cancelled",
	StakeReward:      "Collected staking reward",
	SetRewardAddress: "Changed reward address",
	Voted:            "Voted",
	Proposed:         "Made a proposal",
	ProposalDeposit:  "Deposit for a proposal",
	NodeReward:       "Withdrew node reward",
	NodeDeposit:      "Deposit for a node",
	NodeChanged:      "Changed a node",
	NodeRemoved:      "Removed a node",
	PoolGift:         "Gift to the mining pool",
	NetworkReport:    "Report of a network node",
	Other:            "Other transaction",
}

// Words returns the kind in plain English.
func (k Kind) Words() string {
	if w, known := words[k]; known {
		return w
	}
	return words[Other]
}

// ofMessage describes a message that this wallet wrote.
func ofMessage(m chain.Message) Entry {
	e := Entry{Amount: m.Spends(), Counterparty: m.Other().String(), Direction: Out, Type: m.Type(), Kind: Other}
	switch m := m.(type) {
	case chain.Transfer:
		e.Kind = Sent
		if m.From == m.To {
			e.Kind, e.Direction = ToSelf, None
		}
	case chain.Prepay:
		e.Kind = BoughtOzone
	case chain.Withdraw:
		e.Kind, e.Direction, e.Amount = NodeReward, In, m.Amount
		if m.Wallet != m.Target {
			e.Direction = None
		}
	}
	return e
}
