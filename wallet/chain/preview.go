package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Preview is a transaction as it should be shown before it is sent.
type Preview struct {
	Message   Message
	Memo      string
	Gas       uint64         // limit
	Fee       stratos.Amount // all of it is charged, whatever is used
	Spendable stratos.Amount // before
	Left      stratos.Amount // of Spendable after it
}

// Cost returns what leaves the account: amount and fee.
func (p Preview) Cost() stratos.Amount { return p.Message.Spends().Add(p.Fee) }

// Preview checks and simulates a transaction and tells its fee. Nothing is
// signed. The public key must be that of the message's signer. Errors wrap
// [ErrFunds], [ErrUnused], [ErrWrongChain], [ErrUnreachable] or what the
// chain would refuse it for.
func (c *Client) Preview(ctx context.Context, public stratos.PublicKey, m Message, memo string) (Preview, error) {
	if err := checkOrder(public, m, memo); err != nil {
		return Preview{}, err
	}
	if err := c.CheckChain(ctx); err != nil {
		return Preview{}, err
	}
	balance, err := c.Balance(ctx, m.Signer())
	if err != nil {
		return Preview{}, err
	}
	if _, ok := balance.Spendable.Sub(m.Spends()); !ok {
		return Preview{}, short(m.Spends(), stratos.Amount{}, balance)
	}
	gas, err := c.trial(ctx, public, m, memo)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Message: m, Memo: memo, Gas: gas, Fee: c.feeFor(gas), Spendable: balance.Spendable}
	left, ok := balance.Spendable.Sub(p.Cost())
	if !ok {
		return Preview{}, short(m.Spends(), p.Fee, balance)
	}
	p.Left = left
	return p, nil
}

// trialTries is how often a trial run is begun anew because another program of
// the account was faster.
const trialTries = 4

// trial returns the gas limit of a trial run for the account as it is now.
func (c *Client) trial(ctx context.Context, public stratos.PublicKey, m Message, memo string) (gas uint64, err error) {
	for range trialTries {
		account, aerr := c.Account(ctx, m.Signer())
		if aerr != nil {
			return 0, aerr
		}
		gas, err = c.simulate(ctx, &unsigned{
			message: m, memo: memo, public: public, account: account.Number, sequence: account.Sequence, fee: stratos.WeiAmount(1),
		})
		if !errors.Is(err, ErrSequence) {
			break
		}
	}
	return gas, err
}

func checkOrder(public stratos.PublicKey, m Message, memo string) error {
	if public.Address() != m.Signer() {
		return fmt.Errorf("preview: the key is of %s, the sender is %s", public.Address(), m.Signer())
	}
	if err := m.check(); err != nil {
		return err
	}
	return checkMemo(memo)
}

// short says how much is missing.
func short(amount, fee stratos.Amount, b Balance) error {
	need := amount.Add(fee).Format(stratos.STOS)
	if !fee.IsZero() {
		need += " STOS with the fee"
	} else {
		need += " STOS and a fee"
	}
	return fault.Say(ErrFunds, "There is not enough STOS in this account: this needs %s, and %s STOS can be spent. Nothing was sent.",
		need, b.Spendable.Format(stratos.STOS))
}

// feeFor is the fee of a gas limit at the network's price.
func (c *Client) feeFor(gas uint64) stratos.Amount {
	return stratos.NewAmount(new(big.Int).Mul(new(big.Int).SetUint64(gas), c.gasPrice.Wei()))
}

// simulate returns the gas limit: 1.3 times what a trial run used, because
// some messages vary with the state. The trial run carries a fee of 1 wei;
// without one the chain leaves out part of the work and the estimate is too
// low. The signature is as long as a real one, but empty.
func (c *Client) simulate(ctx context.Context, u *unsigned) (uint64, error) {
	trial := u.encode(make([]byte, signatureSize))
	var reply struct {
		GasInfo struct {
			Used string `json:"gas_used"`
		} `json:"gas_info"`
	}
	if err := c.rest.post(ctx, "/cosmos/tx/v1beta1/simulate", map[string][]byte{"tx_bytes": trial}, &reply); err != nil {
		return 0, fmt.Errorf("simulate: %w", explainSimulation(err))
	}
	used, err := strconv.ParseUint(reply.GasInfo.Used, 10, 64)
	if err != nil || used == 0 || used > 1<<40 {
		return 0, fmt.Errorf("simulate: %q gas used", reply.GasInfo.Used)
	}
	return (used*13 + 9) / 10, nil
}
