package history

import (
	"math/big"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// ofMessage describes what this wallet is about to send, by the rules that
// describe it later when it is in a block.
func ofMessage(m chain.Message, fee stratos.Amount) Entry {
	parts := message.Parts(m)
	e := Entry{Type: parts[0].Type(), Fee: fee, Signed: true, Messages: len(parts)}
	s := summary{}
	for _, one := range parts {
		s.add(ownPart(one))
	}
	s.into(&e)
	change := new(big.Int).Neg(m.Spends().Wei())
	e.Change = change.Sub(change, fee.Wei())
	return e
}

func ownPart(m message.Message) part {
	r, _ := ruleOf(m.Type())
	p := part{kind: r.kind, direction: r.direction, other: counterparty(m), amount: m.Spends(), signed: true}
	if p.kind == "" {
		p.kind = Other
	}
	switch m := m.(type) {
	case message.Transfer:
		if m.From == m.To {
			p.kind, p.direction = ToSelf, None
		}
	case message.Withdraw:
		p.amount = m.Amount
		if m.Wallet == m.Target {
			p.direction = In
		}
	case message.WithdrawReward:
		p.amount = m.Expected
	case message.Undelegate:
		p.amount = m.Amount
	case message.Redelegate:
		p.amount = m.Amount
	case message.CancelUnstake:
		p.amount = m.Amount
	}
	return p
}

// counterparty names the other side in the form that people know.
func counterparty(m message.Message) string {
	switch m := m.(type) {
	case message.CreateNode:
		return m.Node.String()
	case message.UpdateNode:
		return m.Node.String()
	case message.AddNodeDeposit:
		return m.Node.String()
	case message.RemoveNode:
		return m.Node.String()
	case message.Delegate, message.Undelegate, message.Redelegate, message.CancelUnstake, message.WithdrawReward:
		return m.Other().Validator()
	}
	if m.Other() == (stratos.Address{}) {
		return ""
	}
	return m.Other().String()
}
