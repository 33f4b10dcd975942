package message

import (
	"fmt"
	"unicode/utf8"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// maxMemo is the most characters a memo may have on the chain.
const maxMemo = 256

// Message is something that one account asks of the chain. The types of this
// package implement it, nothing else does.
type Message interface {
	Type() string            // type URL
	Signer() stratos.Address // who signs and pays the fee
	Spends() stratos.Amount  // wei that leave the signer's balance, besides the fee
	Other() stratos.Address  // who receives, benefits or validates; zero for nobody
	Check() error            // what the user should change, if anything
	amino() string           // name under which the chain registers it
	fields() []field         // in ascending order
}

// Encode returns the protobuf of one message; for a [Batch] that of its first.
func Encode(m Message) []byte { return encode(Parts(m)[0].fields()) }

// Batch is several messages of one signer in one transaction: all of them are
// carried out, or none. Its type and other side are those of the first.
type Batch []Message

// Parts returns the messages of a transaction.
func Parts(m Message) []Message {
	if b, ok := m.(Batch); ok {
		return b
	}
	return []Message{m}
}

// Type returns the type URL of the first message.
func (b Batch) Type() string { return b[0].Type() }

// Signer returns who signs all of them.
func (b Batch) Signer() stratos.Address { return b[0].Signer() }

// Other returns the other side of the first message.
func (b Batch) Other() stratos.Address { return b[0].Other() }

// Spends returns what all of them spend.
func (b Batch) Spends() (sum stratos.Amount) {
	for _, m := range b {
		sum = sum.Add(m.Spends())
	}
	return sum
}

// Check makes sure that the messages can be in one transaction.
func (b Batch) Check() error {
	if len(b) == 0 {
		return fault.Wrong(nil, "There is nothing to send.")
	}
	for _, m := range b {
		if _, nested := m.(Batch); nested || m.Signer() != b.Signer() {
			return fmt.Errorf("batch: messages of several signers")
		}
		if err := m.Check(); err != nil {
			return err
		}
	}
	return nil
}

func (b Batch) amino() string   { return b[0].amino() }
func (b Batch) fields() []field { return b[0].fields() }

// earner is a message that brings its signer money.
type earner interface{ brings() stratos.Amount }

// Brings returns what a transaction is expected to bring its signer before it
// spends anything: rewards that are collected to be staked. It is zero for
// most.
func Brings(m Message) (sum stratos.Amount) {
	for _, part := range Parts(m) {
		if e, ok := part.(earner); ok {
			sum = sum.Add(e.brings())
		}
	}
	return sum
}

// CheckMemo tells what the user should change in a memo, if anything.
func CheckMemo(memo string) error {
	if !utf8.ValidString(memo) {
		return fault.Wrong(nil, "The memo contains characters that cannot be sent.")
	}
	if n := utf8.RuneCountInString(memo); n > maxMemo || len(memo) > maxMemo {
		return fault.Wrong(nil, "The memo is too long: the network takes %d characters, fewer with accents.", maxMemo)
	}
	return nil
}

func needsAmount(a stratos.Amount) error {
	if a.IsZero() {
		return fault.Wrong(nil, "The amount must be more than zero.")
	}
	return nil
}

func needsValidator(a stratos.Address) error {
	if a == (stratos.Address{}) {
		return fault.Wrong(nil, "Please choose a validator.")
	}
	return nil
}

func fits(what, value string, limit int) error {
	if !utf8.ValidString(value) {
		return fault.Wrong(nil, "The %s contains characters that cannot be sent.", what)
	}
	if len(value) > limit {
		return fault.Wrong(nil, "The %s is too long: the network takes %d characters, fewer with accents.", what, limit)
	}
	return nil
}
