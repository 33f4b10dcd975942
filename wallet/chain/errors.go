package chain

import (
	"errors"
	"fmt"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Errors that callers decide on; all come with a sentence for people.
var (
	ErrPlain       = errors.New("plain http to another machine")
	ErrUnreachable = errors.New("chain does not answer")
	ErrWrongChain  = errors.New("wrong chain id")
	ErrBehind      = errors.New("node is behind the chain")
	ErrNotFound    = errors.New("not found on the chain")
	ErrUnused      = errors.New("account does not exist on the chain yet")
	ErrFunds       = errors.New("insufficient funds")
	ErrFee         = errors.New("fee too low")
	ErrGas         = errors.New("out of gas")
	ErrSequence    = errors.New("wrong sequence")
	ErrInPool      = errors.New("already in the pool")
	ErrTimedOut    = errors.New("timeout height passed")
	ErrMemo        = errors.New("memo too large")
	ErrSignature   = errors.New("signature not accepted")
	ErrRecipient   = errors.New("recipient not allowed")
	ErrOzoneLimit  = errors.New("not enough ozone left on the network")
	ErrNoReward    = errors.New("no such reward")
	ErrRefused     = errors.New("refused by the chain")
	ErrUnknown     = errors.New("outcome unknown")
	ErrNoIndex     = errors.New("node keeps no index of transactions")
)

// TxError is a transaction that the chain refused or failed. It wraps the
// error of this package that its codespace and code stand for.
type TxError struct {
	Codespace string
	Code      uint32
	RawLog    string // of the node, for the log file
	Charged   bool   // it is in a block, so its fee was paid
	cause     error
}

// Error is for the log.
func (e *TxError) Error() string {
	return fmt.Sprintf("%s %d: %s", e.Codespace, e.Code, e.RawLog)
}

// Unwrap returns the cause.
func (e *TxError) Unwrap() error { return e.cause }

// reason is what a code means. Log narrows it to raw logs that contain it.
type reason struct {
	codespace string
	code      uint32
	log       string
	cause     error
	sentence  fault.Words
}

// reasons is searched from the top; the same code may stand for several things.
var reasons = []reason{
	{"sdk", 2, "", ErrRefused, fault.Tell("The network could not read the transaction. Please update the program.")},
	{"sdk", 4, "not allowed to receive funds", ErrRecipient, fault.Tell("This address belongs to the network itself and cannot receive money.")},
	{"sdk", 4, "", ErrSignature, fault.Tell("The network did not accept the signature. Please check that the right network is chosen.")},
	{"sdk", 5, "", ErrFunds, fault.Tell("There is not enough STOS in this account.")},
	{"sdk", 7, "", ErrRefused, fault.Tell("The network does not know this kind of address.")},
	{"sdk", 9, "", ErrUnused, fault.Tell("This account has never received anything. Send some STOS to it first.")},
	{"sdk", 10, "", ErrRefused, fault.Tell("The network does not accept this amount.")},
	{"sdk", 11, "", ErrGas, fault.Tell("The transaction needed more gas than was estimated. Please send it again with a higher fee.")},
	{"sdk", 12, "", ErrMemo, fault.Tell("The memo is too long.")},
	{"sdk", 13, "", ErrFee, fault.Tell("The network wants a higher fee. Please raise the fee in the settings.")},
	{"sdk", 19, "", ErrInPool, fault.Tell("This transaction was already sent.")},
	{"sdk", 20, "", ErrRefused, fault.Tell("The network is too busy at the moment. Please try again in a minute.")},
	{"sdk", 21, "", ErrRefused, fault.Tell("The transaction is too large.")},
	{"sdk", 30, "", ErrTimedOut, fault.Tell("The transaction came too late for the block it was meant for.")},
	{"sdk", 32, "", ErrSequence, fault.Tell("Another transaction of this account was faster.")},
	{"sds", 8, "", ErrRefused, fault.Tell("The chain does not know this file.")},
	{"sds", 10, "insufficient funds", ErrFunds, fault.Tell("There is not enough STOS in this account.")},
	{"sds", 10, "not enough remaining ozone limit", ErrOzoneLimit, fault.Tell("The network has not that much ozone left to sell. Try a smaller amount.")},
	{"sds", 10, "", ErrRefused, fault.Tell("The network could not sell ozone.")},
	{"pot", 29, "insufficient mature total", ErrNoReward, fault.Tell("There is not that much reward ready to be withdrawn.")},
	{"pot", 29, "", ErrRefused, fault.Tell("The network could not pay out the reward.")},
	{"staking", 3, "", ErrRefused, fault.Tell("There is no such validator.")},
	{"staking", 19, "", ErrRefused, fault.Tell("Nothing is staked with this validator.")},
	{"staking", 29, "", ErrRefused, fault.Tell("Please choose another validator than the present one.")},
	{"staking", 32, "", ErrRefused, fault.Tell("This stake is still being moved; it can be moved again when that is over.")},
	{"distribution", 5, "", ErrNoReward, fault.Tell("There is no reward to collect.")},
	{"gov", 3, "", ErrRefused, fault.Tell("This proposal is not open for votes.")},
	{"register", 55, "", ErrRefused, fault.Tell("The deposit of the node could not be changed.")},
}

// simulated maps words in a failed simulation, whose answer carries no code.
var simulated = []reason{
	{"sds", 10, "not enough remaining ozone limit", nil, fault.Words{}},
	{"sdk", 4, "is not allowed to receive funds", nil, fault.Words{}},
	{"sdk", 32, "account sequence mismatch", nil, fault.Words{}},
	{"pot", 29, "insufficient mature total", nil, fault.Words{}},
	{"staking", 3, "validator does not exist", nil, fault.Words{}},
	{"staking", 19, "no delegation for (address, validator) tuple", nil, fault.Words{}},
	{"staking", 29, "cannot redelegate to the same validator", nil, fault.Words{}},
	{"staking", 32, "redelegation to this validator already in progress", nil, fault.Words{}},
	{"distribution", 5, "no delegation distribution info", nil, fault.Words{}},
	{"gov", 3, "inactive proposal", nil, fault.Words{}},
	{"sdk", 9, "unknown address", nil, fault.Words{}},
	{"sdk", 12, "memo too large", nil, fault.Words{}},
	{"sdk", 5, "insufficient funds", nil, fault.Words{}},
	{"sdk", 13, "insufficient fee", nil, fault.Words{}},
	{"sdk", 11, "out of gas", nil, fault.Words{}},
	{"register", 55, "failed to update deposit", nil, fault.Words{}},
}

func lookUp(codespace string, code uint32, log string) reason {
	if r, found := phrased(codespace, log); found && codespace != "" {
		return r
	}
	for _, r := range reasons {
		if r.codespace == codespace && r.code == code && strings.Contains(log, r.log) {
			return r
		}
	}
	return reason{cause: ErrRefused, sentence: fault.Tell("The network refused the transaction.")}
}

// refused explains a transaction that was not taken into the pool.
func refused(codespace string, code uint32, log string) error {
	r := lookUp(codespace, code, log)
	if least, known := leastFee(log); known && r.cause == ErrFee {
		r.sentence = fault.Tell("The network wants a fee of at least %s for this. Please choose a higher fee, or raise the gas price in the settings.", fault.STOS{Amount: least})
	}
	return fault.Say(&TxError{Codespace: codespace, Code: code, RawLog: log, cause: r.cause}, "%s Nothing was sent.", r.sentence)
}

// leastFee reads what a node wants of a fee that is too low.
func leastFee(log string) (least stratos.Amount, known bool) {
	_, rest, found := strings.Cut(log, "required: ")
	digits, _, unit := strings.Cut(rest, stratos.Wei)
	least, err := stratos.ParseWei(digits)
	return least, found && unit && err == nil
}

// failed explains a transaction that failed in a block: the fee is gone.
func failed(codespace string, code uint32, log string, fee stratos.Amount) error {
	r := lookUp(codespace, code, log)
	return fault.Say(&TxError{Codespace: codespace, Code: code, RawLog: log, Charged: true, cause: r.cause},
		"%s Only the fee of %s was paid.", r.sentence, fault.STOS{Amount: fee})
}

// WhyFailed says in a sentence why a transaction in a block was not done, and
// nothing for one that was.
func WhyFailed(t *Tx) fault.Words {
	if t.Code == 0 {
		return fault.Words{}
	}
	return lookUp(t.Codespace, t.Code, t.RawLog).sentence
}

// explainSimulation turns the text of a failed simulation into a refusal.
func explainSimulation(err error) error {
	api, ok := errors.AsType[*apiError](err)
	if !ok {
		return err
	}
	if api.Code == 0 || elsewhere(api) {
		return asUnreachable(err) // a proxy, not the chain
	}
	for _, s := range simulated {
		if strings.Contains(api.Message, s.log) {
			return refused(s.codespace, s.code, api.Message)
		}
	}
	if r, found := phrased("", api.Message); found {
		return fault.Say(fmt.Errorf("%w: %w", r.cause, err), "%s Nothing was sent.", r.sentence)
	}
	return fault.Say(fmt.Errorf("%w: %w", ErrRefused, err), "The network refused the transaction in a trial run. Nothing was sent.")
}

// Answered tells whether err is the gateway's own answer to a query: it was
// reached, understood the question and has nothing for it.
func Answered(err error) bool {
	api, ok := errors.AsType[*apiError](err)
	return ok && api.Code != 0 && !elsewhere(api)
}
