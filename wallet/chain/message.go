package chain

import (
	"unicode/utf8"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Type URLs of the messages that this package writes.
const (
	TypeSend     = "/cosmos.bank.v1beta1.MsgSend"
	TypePrepay   = "/stratos.sds.v1.MsgPrepay"
	TypeWithdraw = "/stratos.pot.v1.MsgWithdraw"
)

// maxMemo is the most characters a memo may have on the chain.
const maxMemo = 256

// Message is something an account asks of the chain: [Transfer], [Prepay] or
// [Withdraw].
type Message interface {
	Type() string            // type URL
	Signer() stratos.Address // who signs and pays the fee
	Spends() stratos.Amount  // what leaves the signer's balance besides the fee
	Other() stratos.Address  // who receives or benefits
	encode() []byte          // protobuf, fields in ascending order
	check() error            // what the user should change, if anything
}

// Transfer sends Amount to another account.
type Transfer struct {
	From, To stratos.Address
	Amount   stratos.Amount
}

// Prepay buys ozone, prepaid traffic, for the Beneficiary's account on the
// storage network. It cannot be undone.
type Prepay struct {
	Sender, Beneficiary stratos.Address
	Amount              stratos.Amount
}

// Withdraw moves a mature proof-of-traffic reward of Wallet to Target.
type Withdraw struct {
	Wallet, Target stratos.Address
	Amount         stratos.Amount
}

// Type returns the type URL.
func (Transfer) Type() string { return TypeSend }

// Signer returns the sender.
func (m Transfer) Signer() stratos.Address { return m.From }

// Spends returns the amount.
func (m Transfer) Spends() stratos.Amount { return m.Amount }

// Other returns the recipient.
func (m Transfer) Other() stratos.Address { return m.To }

func (m Transfer) check() error { return needsAmount(m.Amount) }

func (m Transfer) encode() []byte {
	return message(text(1, m.From.String()), text(2, m.To.String()), coin(3, m.Amount))
}

// Type returns the type URL.
func (Prepay) Type() string { return TypePrepay }

// Signer returns the payer.
func (m Prepay) Signer() stratos.Address { return m.Sender }

// Spends returns the amount.
func (m Prepay) Spends() stratos.Amount { return m.Amount }

// Other returns the account that the ozone is for.
func (m Prepay) Other() stratos.Address { return m.Beneficiary }

func (m Prepay) check() error { return needsAmount(m.Amount) }

func (m Prepay) encode() []byte {
	return message(text(1, m.Sender.String()), text(2, m.Beneficiary.String()), coin(3, m.Amount))
}

// Type returns the type URL.
func (Withdraw) Type() string { return TypeWithdraw }

// Signer returns the wallet that earned the reward.
func (m Withdraw) Signer() stratos.Address { return m.Wallet }

// Spends returns zero: the reward is not in the balance yet.
func (Withdraw) Spends() stratos.Amount { return stratos.Amount{} }

// Other returns the account that receives the reward.
func (m Withdraw) Other() stratos.Address { return m.Target }

func (m Withdraw) check() error { return needsAmount(m.Amount) }

func (m Withdraw) encode() []byte {
	return message(coin(1, m.Amount), text(2, m.Wallet.String()), text(3, m.Target.String()))
}

func needsAmount(a stratos.Amount) error {
	if a.IsZero() {
		return fault.Wrong(nil, "The amount must be more than zero.")
	}
	return nil
}

func checkMemo(memo string) error {
	if !utf8.ValidString(memo) {
		return fault.Wrong(nil, "The memo contains characters that cannot be sent.")
	}
	if n := utf8.RuneCountInString(memo); n > maxMemo || len(memo) > maxMemo {
		return fault.Wrong(nil, "The memo is too long: the network takes %d characters, fewer with accents.", maxMemo)
	}
	return nil
}
