package message

import "github.com/stratosdrive/stratosdrive/internal/stratos"

// Type URLs of payments.
const (
	TypeSend     = "/cosmos.bank.v1beta1.MsgSend"
	TypePrepay   = "/stratos.sds.v1.MsgPrepay"
	TypeWithdraw = "/stratos.pot.v1.MsgWithdraw"
	TypeGift     = "/stratos.pot.v1.MsgFoundationDeposit"
)

// Transfer sends Amount to another account.
type Transfer struct {
	From, To stratos.Address
	Amount   stratos.Amount
}

// Type returns the type URL.
func (Transfer) Type() string { return TypeSend }

// Signer returns the sender.
func (m Transfer) Signer() stratos.Address { return m.From }

// Spends returns the amount.
func (m Transfer) Spends() stratos.Amount { return m.Amount }

// Other returns the recipient.
func (m Transfer) Other() stratos.Address { return m.To }

// Check wants an amount.
func (m Transfer) Check() error { return needsAmount(m.Amount) }

func (Transfer) amino() string { return "cosmos-sdk/MsgSend" }

func (m Transfer) fields() []field {
	return []field{
		text(1, "from_address", m.From.String()), text(2, "to_address", m.To.String()), coins(3, "amount", m.Amount),
	}
}

// Prepay buys ozone, prepaid traffic, for the Beneficiary's account on the
// storage network. It cannot be undone.
type Prepay struct {
	Sender, Beneficiary stratos.Address
	Amount              stratos.Amount
}

// Type returns the type URL.
func (Prepay) Type() string { return TypePrepay }

// Signer returns the payer.
func (m Prepay) Signer() stratos.Address { return m.Sender }

// Spends returns the amount.
func (m Prepay) Spends() stratos.Amount { return m.Amount }

// Other returns the account that the ozone is for.
func (m Prepay) Other() stratos.Address { return m.Beneficiary }

// Check wants an amount.
func (m Prepay) Check() error { return needsAmount(m.Amount) }

func (Prepay) amino() string { return "sds/PrepayTx" }

func (m Prepay) fields() []field {
	return []field{
		text(1, "sender", m.Sender.String()), text(2, "beneficiary", m.Beneficiary.String()), coins(3, "amount", m.Amount),
	}
}

// Withdraw moves a mature proof-of-traffic reward of Wallet to Target.
type Withdraw struct {
	Wallet, Target stratos.Address
	Amount         stratos.Amount
}

// Type returns the type URL.
func (Withdraw) Type() string { return TypeWithdraw }

// Signer returns the wallet that earned the reward.
func (m Withdraw) Signer() stratos.Address { return m.Wallet }

// Spends returns zero: the reward is not in the balance yet.
func (Withdraw) Spends() stratos.Amount { return stratos.Amount{} }

// Other returns the account that receives the reward.
func (m Withdraw) Other() stratos.Address { return m.Target }

// Check wants an amount.
func (m Withdraw) Check() error { return needsAmount(m.Amount) }

func (Withdraw) amino() string { return "pot/WithdrawTx" }

func (m Withdraw) fields() []field {
	return []field{
		coins(1, "amount", m.Amount), text(2, "wallet_address", m.Wallet.String()), text(3, "target_address", m.Target.String()),
	}
}

// Gift gives Amount to the mining pool, out of which node owners are paid. It
// cannot be undone.
type Gift struct {
	From   stratos.Address
	Amount stratos.Amount
}

// Type returns the type URL.
func (Gift) Type() string { return TypeGift }

// Signer returns the giver.
func (m Gift) Signer() stratos.Address { return m.From }

// Spends returns the amount.
func (m Gift) Spends() stratos.Amount { return m.Amount }

// Other returns nobody.
func (Gift) Other() stratos.Address { return stratos.Address{} }

// Check wants an amount.
func (m Gift) Check() error { return needsAmount(m.Amount) }

func (Gift) amino() string { return "pot/FoundationDepositTx" }

func (m Gift) fields() []field {
	return []field{coins(1, "amount", m.Amount), text(2, "from", m.From.String())}
}
