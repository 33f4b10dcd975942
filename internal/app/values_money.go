package app

import (
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// TxPreview is a transaction that was simulated and not sent. It says in plain
// words what will happen.
type TxPreview struct {
	Title    fault.Words    `json:"title"` // "Stake 10 STOS with Alpha", also the text of the button
	Lines    []PreviewLine  `json:"lines"`
	Fee      stratos.Amount `json:"fee"`
	Fees     []FeeChoice    `json:"fees"`
	Left     stratos.Amount `json:"left"` // spendable afterwards
	Warnings []fault.Words  `json:"warnings,omitempty"`

	preview chain.Preview // what Confirm signs
}

// PreviewLine is one fact of a preview, such as "To" and an address.
type PreviewLine struct {
	Label string      `json:"label"` // in English; its translations are known to be needed
	Value fault.Words `json:"value"`
}

// FeeChoice is one of the fees that a sender may choose.
type FeeChoice struct {
	Name string         `json:"name"` // "low", "normal", "high"
	Fee  stratos.Amount `json:"fee"`
}

// Staking is what a wallet has staked, as a whole.
type Staking struct {
	Staked     stratos.Amount `json:"staked"`
	Rewards    stratos.Amount `json:"rewards"`   // may be claimed now
	Unbonding  stratos.Amount `json:"unbonding"` // on its way back
	APR        float64        `json:"apr"`       // percent a year as the chain pays now, before commission; 0 = not known
	APRWords   fault.Words    `json:"apr_words"` // what the figure stands for, or why there is none; a sentence
	Period     time.Duration  `json:"unbonding_period_ns"`
	PaidTo     string         `json:"paid_to"` // st1..., where rewards go
	Validators []Validator    `json:"validators"`
	Returns    []Unbonding    `json:"returns"`
	Moves      []Move         `json:"moves"` // stakes that were moved lately

	maxEntries int // returns from one validator, and moves between two, at a time
}

// Validator is one whom STOS can be staked with.
type Validator struct {
	Address    string         `json:"address"` // stvaloper1...
	Name       string         `json:"name"`
	Website    string         `json:"website,omitempty"`
	Details    string         `json:"details,omitempty"`
	Commission float64        `json:"commission"` // percent of the rewards
	Uptime     float64        `json:"uptime"`     // percent of the last blocks; -1 = not known
	Power      float64        `json:"power"`      // percent of all votes
	Active     bool           `json:"active"`
	Jailed     bool           `json:"jailed"`
	Pays       float64        `json:"pays"`    // percent a year after its commission; 0 = nothing, or not known
	Staked     stratos.Amount `json:"staked"`  // by this wallet
	Rewards    stratos.Amount `json:"rewards"` // of this wallet
}

// Move is a stake that was moved. Until Done nothing can be moved on from the
// validator To.
type Move struct {
	From     string         `json:"from"` // stvaloper1...
	FromName string         `json:"from_name"`
	To       string         `json:"to"`
	ToName   string         `json:"to_name"`
	Amount   stratos.Amount `json:"amount"`
	Done     time.Time      `json:"done"`
}

// Unbonding is a stake on its way back to the wallet.
type Unbonding struct {
	Validator string         `json:"validator"` // stvaloper1...
	Name      string         `json:"name"`
	Amount    stratos.Amount `json:"amount"`
	Done      time.Time      `json:"done"`
	Height    int64          `json:"height"` // names it when it is cancelled
}

// StakeKind is something that can be done with a stake.
type StakeKind string

// What can be done with a stake.
const (
	StakeDelegate   StakeKind = "delegate"
	StakeUndelegate StakeKind = "undelegate"
	StakeRedelegate StakeKind = "redelegate" // from Validator to To
	StakeCancel     StakeKind = "cancel"     // takes an unbonding back, named by Height
	StakeClaim      StakeKind = "claim"      // rewards of Validator, of all when it is empty
	StakeCompound   StakeKind = "compound"   // claims and stakes what came
	StakePayTo      StakeKind = "pay-to"     // rewards go to the address To from now on
)

// StakeOrder is what a user wants to do with a stake.
type StakeOrder struct {
	Kind      StakeKind
	Validator string // stvaloper1...
	To        string
	Amount    string // as typed; "max" for all of it
	Height    int64
}

// Contact is an entry of the address book.
type Contact struct {
	Name     string    `json:"name"`
	Address  string    `json:"address"` // st1...
	Hex      string    `json:"hex"`     // 0x...
	Memo     string    `json:"memo,omitempty"`
	Exchange bool      `json:"exchange"` // wants a memo with every payment
	Used     time.Time `json:"used"`     // last payment to it
}

// HistoryQuery chooses entries of the history.
type HistoryQuery struct {
	Text   string // words to look for; "" finds all
	Kind   string // of [HistoryEntry.Kind]; "" finds all
	From   time.Time
	Until  time.Time
	Offset int
	Limit  int // 0 = 50
}

// HistoryPage is a part of the history, the newest first.
type HistoryPage struct {
	Entries  []HistoryEntry `json:"entries"`
	Total    int            `json:"total"`
	Complete bool           `json:"complete"` // the network was read to its beginning
	Problem  string         `json:"problem,omitempty"`
}

// OzoneMarket is what ozone costs at this moment.
type OzoneMarket struct {
	PerSTOS string       `json:"per_stos"` // noz that one STOS buys, decimal
	Left    string       `json:"left"`     // noz that can still be sold, decimal
	Total   string       `json:"total"`    // noz, decimal
	Curve   []OzonePoint `json:"curve"`
}

// OzonePoint is what an amount would buy at once.
type OzonePoint struct {
	Amount stratos.Amount `json:"amount"`
	Noz    string         `json:"noz"` // decimal
}
