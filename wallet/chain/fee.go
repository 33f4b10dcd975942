package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// FeeLevel is how generous a fee is. The chain charges the whole gas limit at
// one price, gives nothing back and knows no queue that a higher price could
// jump. So the levels differ in how much room they leave: for a state that
// changes until the block is made, and for nodes that want more than the usual
// minimum.
type FeeLevel string

// Levels. Low is enough for most; when the state changes meanwhile it can run
// out of gas, and then the fee is lost. High also offers a quarter more than
// the minimum price.
const (
	Low    FeeLevel = "low"
	Normal FeeLevel = "normal"
	High   FeeLevel = "high"
)

// Levels lists the levels, the cheapest first.
func Levels() []FeeLevel { return []FeeLevel{Low, Normal, High} }

// level is what a level means in percent: of the gas that a trial run used,
// and of the network's minimum price.
type level struct{ gas, price uint64 }

var levels = map[FeeLevel]level{Low: {120, 100}, Normal: {130, 100}, High: {150, 125}}

// Fee is a gas limit and what it costs.
type Fee struct {
	Level  FeeLevel
	Gas    uint64         // limit
	Amount stratos.Amount // all of it is charged, whatever is used
}

// feeAt is the fee of a level for the gas that a trial run used.
func (c *Client) feeAt(name FeeLevel, used uint64) Fee {
	l := levels[name]
	gas := (used*l.gas + 99) / 100
	price := new(big.Int).Mul(c.gasPrice.Wei(), new(big.Int).SetUint64(l.price))
	wei := price.Mul(price, new(big.Int).SetUint64(gas))
	wei.Add(wei, big.NewInt(99)).Quo(wei, big.NewInt(100))
	return Fee{Level: name, Gas: gas, Amount: stratos.NewAmount(wei)}
}

// measured is the gas that messages used on a real chain, for nodes that offer
// no trial run; the largest of what was seen.
var measured = map[string]uint64{
	message.TypeSend: 95_000, message.TypePrepay: 105_000, message.TypeWithdraw: 82_000, message.TypeGift: 94_000,
	message.TypeDelegate: 136_000, message.TypeUndelegate: 210_000, message.TypeRedelegate: 258_000,
	message.TypeCancelUnstake: 210_000, message.TypeWithdrawReward: 128_000, message.TypeSetPayout: 68_000,
	message.TypePropose: 137_000, message.TypeVote: 69_000, message.TypeVoteWeighted: 80_000, message.TypeDeposit: 105_000,
	message.TypeCreateNode: 148_000, message.TypeUpdateNode: 76_000, message.TypeNodeDeposit: 100_000,
	message.TypeRemoveNode: 148_000,
}

// perSignature is the part of a transaction's gas that is there once.
const perSignature = 50_000

// estimate is the gas of a transaction by the table; 8 % more make it the 40 %
// of room that the table wants when a level adds its own.
func estimate(m Message) uint64 {
	sum := uint64(perSignature)
	for _, part := range message.Parts(m) {
		used, known := measured[part.Type()]
		if !known {
			used = 300_000
		}
		sum += used - perSignature
	}
	return sum * 108 / 100
}

// gasOf returns the gas that a transaction needs: of a trial run, or by the
// table when the node offers none.
func (c *Client) gasOf(ctx context.Context, public stratos.PublicKey, m Message, memo string) (uint64, error) {
	used, err := c.trial(ctx, public, m, memo)
	if errors.Is(err, errNoTrial) {
		return estimate(m), nil
	}
	return used, err
}

// errNoTrial means that the node refuses trial runs altogether.
var errNoTrial = errors.New("no trial runs")

// trialTries is how often a trial run is begun anew because another program of
// the account was faster.
const trialTries = 4

// trial returns the gas of a trial run for the account as it is now.
func (c *Client) trial(ctx context.Context, public stratos.PublicKey, m Message, memo string) (used uint64, err error) {
	for range trialTries {
		account, aerr := c.Account(ctx, m.Signer())
		if aerr != nil {
			return 0, aerr
		}
		used, err = c.simulate(ctx, &message.Envelope{
			Message: m, Memo: memo, Public: public, Account: account.Number, Sequence: account.Sequence, Fee: stratos.WeiAmount(1),
		})
		if !errors.Is(err, ErrSequence) {
			break
		}
	}
	return used, err
}

// simulate returns what a trial run used. It carries a fee of 1 wei; without
// one the chain leaves out part of the work and the estimate is too low. The
// signature is as long as a real one, but empty.
func (c *Client) simulate(ctx context.Context, e *message.Envelope) (uint64, error) {
	trial := e.Encode(make([]byte, message.SignatureSize))
	var reply struct {
		GasInfo struct {
			Used string `json:"gas_used"`
		} `json:"gas_info"`
	}
	err := c.rest.post(ctx, "/cosmos/tx/v1beta1/simulate", map[string][]byte{"tx_bytes": trial}, &reply)
	if noTrials(err) {
		return 0, fmt.Errorf("simulate: %w: %w", errNoTrial, err)
	}
	if err != nil {
		return 0, fmt.Errorf("simulate: %w", explainSimulation(err))
	}
	used, err := strconv.ParseUint(reply.GasInfo.Used, 10, 64)
	if err != nil || used == 0 || used > 1<<40 {
		return 0, fmt.Errorf("simulate: %q gas used", reply.GasInfo.Used)
	}
	return used, nil
}

// noTrials tells whether a node, or the proxy before it, does not offer trial
// runs, as opposed to one that failed.
func noTrials(err error) bool {
	api, ok := errors.AsType[*apiError](err)
	if !ok {
		return false
	}
	switch api.Status {
	case http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return true
	case http.StatusNotFound:
		return api.Code != grpcNotFound
	}
	return false
}
