package chain

import (
	"fmt"
	"unicode/utf8"

	bankv1beta1 "cosmossdk.io/api/cosmos/bank/v1beta1"
	basev1beta1 "cosmossdk.io/api/cosmos/base/v1beta1"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"

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
	encode() ([]byte, error) // protobuf, fields in ascending order
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

func (m Transfer) encode() ([]byte, error) {
	return marshal(&bankv1beta1.MsgSend{FromAddress: m.From.String(), ToAddress: m.To.String(), Amount: coins(m.Amount)})
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

func (m Prepay) encode() ([]byte, error) {
	out := appendString(nil, 1, m.Sender.String())
	out = appendString(out, 2, m.Beneficiary.String())
	return appendCoin(out, 3, m.Amount)
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

func (m Withdraw) encode() ([]byte, error) {
	out, err := appendCoin(nil, 1, m.Amount)
	if err != nil {
		return nil, err
	}
	out = appendString(out, 2, m.Wallet.String())
	return appendString(out, 3, m.Target.String()), nil
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

// coins is the amount as the chain's list of coins.
func coins(a stratos.Amount) []*basev1beta1.Coin {
	return []*basev1beta1.Coin{{Denom: stratos.Wei, Amount: a.String()}}
}

func appendString(out []byte, field protowire.Number, value string) []byte {
	return protowire.AppendString(protowire.AppendTag(out, field, protowire.BytesType), value)
}

func appendCoin(out []byte, field protowire.Number, a stratos.Amount) ([]byte, error) {
	coin, err := marshal(coins(a)[0])
	if err != nil {
		return nil, err
	}
	return protowire.AppendBytes(protowire.AppendTag(out, field, protowire.BytesType), coin), nil
}

// marshal encodes with fields in a fixed order, so that equal content has
// equal bytes and an equal hash.
func marshal(m proto.Message) ([]byte, error) {
	raw, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", m.ProtoReflect().Descriptor().Name(), err)
	}
	return raw, nil
}

// pack wraps m for a transaction body.
func pack(m Message) (*anypb.Any, error) {
	value, err := m.encode()
	if err != nil {
		return nil, err
	}
	return &anypb.Any{TypeUrl: m.Type(), Value: value}, nil
}
