package history

import (
	"math/big"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Entry is one transaction as one account sees it, or one payment of the chain
// itself.
type Entry struct {
	Time         time.Time // of the block, or of sending while it is in none
	Kind         Kind
	Direction    Direction
	Amount       stratos.Amount // wei, without the fee; zero where none moves
	Counterparty string         // st1..., stvaloper1... or stsds1..., or ""
	Fee          stratos.Amount // wei paid by this account
	Hash         string         // upper-case hex; "block/HEIGHT/KIND" for a payment of the chain
	State        chain.State
	Height       int64    // 0 while in no block
	Memo         string   // of the sender; may be anything
	Noz          *big.Int // ozone bought, or nil
	Reason       string   // why it was not done; a sentence, or ""
	Type         string   // type URL of its first message; "" for a payment of the chain

	Reward   stratos.Amount // staking reward that was paid along with it, besides Amount
	Change   *big.Int       // of the balance, in wei, with fee and reward; nil when not known
	Signed   bool           // by this account
	Messages int            // in the transaction; more than one is shown as such
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
	StakeReturned    Kind = "stake_returned"
	StakeReward      Kind = "stake_reward"
	Compounded       Kind = "compounded"
	SetRewardAddress Kind = "set_reward_address"
	Voted            Kind = "voted"
	Proposed         Kind = "proposed"
	ProposalDeposit  Kind = "proposal_deposit"
	DepositReturned  Kind = "deposit_returned"
	NodeReward       Kind = "node_reward"
	NodeDeposit      Kind = "node_deposit"
	NodeChanged      Kind = "node_changed"
	NodeRemoved      Kind = "node_removed"
	NodeReturned     Kind = "node_returned"
	NodeVote         Kind = "node_vote"
	PoolGift         Kind = "pool_gift"
	NetworkReport    Kind = "network_report"
	ValidatorChanged Kind = "validator_changed"
	Rights           Kind = "rights"
	ActedFor         Kind = "acted_for"
	OtherChain       Kind = "other_chain"
	Contract         Kind = "contract"
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
	StakeReturned:    "Stake came back",
	StakeReward:      "Collected staking reward",
	Compounded:       "Staked the reward",
	SetRewardAddress: "Changed reward address",
	Voted:            "Voted",
	Proposed:         "Made a proposal",
	ProposalDeposit:  "Deposit for a proposal",
	DepositReturned:  "Deposit for a proposal came back",
	NodeReward:       "Withdrew node reward",
	NodeDeposit:      "Deposit for a node",
	NodeChanged:      "Changed a node",
	NodeRemoved:      "Removed a node",
	NodeReturned:     "Deposit for a node came back",
	NodeVote:         "Voted on a meta node",
	PoolGift:         "Gift to the mining pool",
	NetworkReport:    "Report of a network node",
	ValidatorChanged: "Changed a validator",
	Rights:           "Changed rights of other accounts",
	ActedFor:         "Done with the rights of another account",
	OtherChain:       "Sent to another chain",
	Contract:         "Called a contract",
	Other:            "Other transaction",
}

// Words returns the kind in plain English.
func (k Kind) Words() string {
	if w, known := words[k]; known {
		return w
	}
	return words[Other]
}

// Words says what an entry is about in plain English. A type that nobody knows
// is shown as unknown, with its name.
func (e Entry) Words() string {
	if e.Kind != Other || e.Type == "" {
		return e.Kind.Words()
	}
	name := e.Type[strings.LastIndexAny(e.Type, "./")+1:]
	return "Unknown transaction: " + name
}
