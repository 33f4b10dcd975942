package chain

import (
	"context"
	"errors"
	"math/big"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// ErrLogged is what [Log.Sending] returns for a hash that it has already.
var ErrLogged = errors.New("transaction is in the log already")

// State is how far a transaction is.
type State string

// The states of a transaction. Only Sending and Unknown may still change.
const (
	Sending State = "sending" // logged, perhaps broadcast
	Done    State = "done"    // in a block, did what it says
	Failed  State = "failed"  // in a block, did nothing; the fee was paid
	Refused State = "refused" // not accepted; nothing was paid
	Expired State = "expired" // was not included before its timeout height; nothing was paid
	Unknown State = "unknown" // nobody could tell yet
)

// Sent is a signed transaction about to be broadcast.
type Sent struct {
	ChainID  string
	Hash     string
	From     stratos.Address
	Sequence uint64
	Timeout  uint64 // last height that may include it
	Message  Message
	Memo     string
	Fee      stratos.Amount
	Time     time.Time
}

// Outcome is what became of it.
type Outcome struct {
	State  State
	Height int64     // 0 unless Done or Failed
	Time   time.Time // of the block; zero unless Done or Failed
	Fee    stratos.Amount
	Noz    *big.Int // bought ozone, or nil
	Reason string   // one sentence, unless Done
}

// Log keeps what was sent. [Client.Send] calls it; the wallet's history
// implements it.
type Log interface {
	// Sending stores s durably. Nothing is broadcast when it fails. For a
	// hash that is stored already the error is ErrLogged.
	Sending(ctx context.Context, s Sent) error
	// Settled stores the outcome for a hash given to Sending.
	Settled(ctx context.Context, hash string, o Outcome) error
}

// noLog forgets.
type noLog struct{}

func (noLog) Sending(context.Context, Sent) error            { return nil }
func (noLog) Settled(context.Context, string, Outcome) error { return nil }
