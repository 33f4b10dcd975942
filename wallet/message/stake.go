package message

import (
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Type URLs of staking.
const (
	TypeDelegate       = "/cosmos.staking.v1beta1.MsgDelegate"
	TypeUndelegate     = "/cosmos.staking.v1beta1.MsgUndelegate"
	TypeRedelegate     = "/cosmos.staking.v1beta1.MsgBeginRedelegate"
	TypeCancelUnstake  = "/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation"
	TypeWithdrawReward = "/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward"
	TypeSetPayout      = "/cosmos.distribution.v1beta1.MsgSetWithdrawAddress"
)

// Delegate stakes Amount with a validator. The chain pays out the reward that
// is due there, too.
type Delegate struct {
	Delegator, Validator stratos.Address
	Amount               stratos.Amount
}

// Type returns the type URL.
func (Delegate) Type() string { return TypeDelegate }

// Signer returns the delegator.
func (m Delegate) Signer() stratos.Address { return m.Delegator }

// Spends returns the amount.
func (m Delegate) Spends() stratos.Amount { return m.Amount }

// Other returns the validator.
func (m Delegate) Other() stratos.Address { return m.Validator }

// Check wants a validator and an amount.
func (m Delegate) Check() error { return stakeCheck(m.Validator, m.Amount) }

func (Delegate) amino() string { return "cosmos-sdk/MsgDelegate" }

func (m Delegate) fields() []field { return stakeFields(m.Delegator, m.Validator, m.Amount) }

// Undelegate takes Amount back from a validator. It arrives after the chain's
// unbonding period; until then it earns nothing and can still be slashed.
type Undelegate struct {
	Delegator, Validator stratos.Address
	Amount               stratos.Amount
}

// Type returns the type URL.
func (Undelegate) Type() string { return TypeUndelegate }

// Signer returns the delegator.
func (m Undelegate) Signer() stratos.Address { return m.Delegator }

// Spends returns zero.
func (Undelegate) Spends() stratos.Amount { return stratos.Amount{} }

// Other returns the validator.
func (m Undelegate) Other() stratos.Address { return m.Validator }

// Check wants a validator and an amount.
func (m Undelegate) Check() error { return stakeCheck(m.Validator, m.Amount) }

func (Undelegate) amino() string { return "cosmos-sdk/MsgUndelegate" }

func (m Undelegate) fields() []field { return stakeFields(m.Delegator, m.Validator, m.Amount) }

// Redelegate moves Amount from one validator to another at once. It cannot be
// moved on before the unbonding period is over.
type Redelegate struct {
	Delegator, From, To stratos.Address
	Amount              stratos.Amount
}

// Type returns the type URL.
func (Redelegate) Type() string { return TypeRedelegate }

// Signer returns the delegator.
func (m Redelegate) Signer() stratos.Address { return m.Delegator }

// Spends returns zero.
func (Redelegate) Spends() stratos.Amount { return stratos.Amount{} }

// Other returns the new validator.
func (m Redelegate) Other() stratos.Address { return m.To }

// Check wants two validators and an amount.
func (m Redelegate) Check() error {
	if m.From == m.To && m.From != (stratos.Address{}) {
		return fault.Wrong(nil, "Please choose another validator than the present one.")
	}
	if err := needsValidator(m.From); err != nil {
		return err
	}
	return stakeCheck(m.To, m.Amount)
}

func (Redelegate) amino() string { return "cosmos-sdk/MsgBeginRedelegate" }

func (m Redelegate) fields() []field {
	return []field{
		text(1, "delegator_address", m.Delegator.String()), text(2, "validator_src_address", m.From.Validator()),
		text(3, "validator_dst_address", m.To.Validator()), coin(4, "amount", m.Amount),
	}
}

// CancelUnstake stakes Amount of an unbonding again, with the validator that it
// was taken from. Height, of the block with the [Undelegate], names it.
type CancelUnstake struct {
	Delegator, Validator stratos.Address
	Amount               stratos.Amount
	Height               int64
}

// Type returns the type URL.
func (CancelUnstake) Type() string { return TypeCancelUnstake }

// Signer returns the delegator.
func (m CancelUnstake) Signer() stratos.Address { return m.Delegator }

// Spends returns zero: the amount is not in the balance yet.
func (CancelUnstake) Spends() stratos.Amount { return stratos.Amount{} }

// Other returns the validator.
func (m CancelUnstake) Other() stratos.Address { return m.Validator }

// Check wants a validator, an amount and a height.
func (m CancelUnstake) Check() error {
	if m.Height <= 0 {
		return fault.Wrong(nil, "Please choose the stake on its way back that should stay.")
	}
	return stakeCheck(m.Validator, m.Amount)
}

func (CancelUnstake) amino() string { return "cosmos-sdk/MsgCancelUnbondingDelegation" }

func (m CancelUnstake) fields() []field {
	return append(stakeFields(m.Delegator, m.Validator, m.Amount), whole(4, "creation_height", uint64(m.Height)))
}

// WithdrawReward collects the staking reward that is due with one validator.
type WithdrawReward struct {
	Delegator, Validator stratos.Address
	Expected             stratos.Amount // what it should bring; not part of the message
}

// Type returns the type URL.
func (WithdrawReward) Type() string { return TypeWithdrawReward }

// Signer returns the delegator.
func (m WithdrawReward) Signer() stratos.Address { return m.Delegator }

// Spends returns zero.
func (WithdrawReward) Spends() stratos.Amount { return stratos.Amount{} }

// Other returns the validator.
func (m WithdrawReward) Other() stratos.Address { return m.Validator }

// Check wants a validator.
func (m WithdrawReward) Check() error { return needsValidator(m.Validator) }

func (m WithdrawReward) brings() stratos.Amount { return m.Expected }

func (WithdrawReward) amino() string { return "cosmos-sdk/MsgWithdrawDelegationReward" }

func (m WithdrawReward) fields() []field {
	return []field{text(1, "delegator_address", m.Delegator.String()), text(2, "validator_address", m.Validator.Validator())}
}

// SetPayout has staking rewards paid to another account from now on.
type SetPayout struct{ Delegator, To stratos.Address }

// Type returns the type URL.
func (SetPayout) Type() string { return TypeSetPayout }

// Signer returns the delegator.
func (m SetPayout) Signer() stratos.Address { return m.Delegator }

// Spends returns zero.
func (SetPayout) Spends() stratos.Amount { return stratos.Amount{} }

// Other returns the account that will be paid.
func (m SetPayout) Other() stratos.Address { return m.To }

// Check wants an account.
func (m SetPayout) Check() error {
	if m.To == (stratos.Address{}) {
		return fault.Wrong(nil, "Please give the address that rewards are paid to.")
	}
	return nil
}

func (SetPayout) amino() string { return "cosmos-sdk/MsgModifyWithdrawAddress" }

func (m SetPayout) fields() []field {
	return []field{text(1, "delegator_address", m.Delegator.String()), text(2, "withdraw_address", m.To.String())}
}

func stakeCheck(validator stratos.Address, amount stratos.Amount) error {
	if err := needsValidator(validator); err != nil {
		return err
	}
	return needsAmount(amount)
}

func stakeFields(delegator, validator stratos.Address, amount stratos.Amount) []field {
	return []field{
		text(1, "delegator_address", delegator.String()), text(2, "validator_address", validator.Validator()), coin(3, "amount", amount),
	}
}
