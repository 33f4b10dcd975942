package chain

import "github.com/stratosdrive/stratosdrive/wallet/message"

// What can be sent is defined in package message; the commonest have their
// names here, too.
type (
	// Message is something an account asks of the chain.
	Message = message.Message
	// Transfer sends an amount to another account.
	Transfer = message.Transfer
	// Prepay buys ozone.
	Prepay = message.Prepay
	// Withdraw moves a mature proof-of-traffic reward.
	Withdraw = message.Withdraw
)

// Type URLs of these messages.
const (
	TypeSend     = message.TypeSend
	TypePrepay   = message.TypePrepay
	TypeWithdraw = message.TypeWithdraw
)
