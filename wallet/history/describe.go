package history

import (
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Describe tells what a transaction in a block was for account self. A type
// that nobody knows is an [Other]; it never hides the rest, and what it did to
// the balance is told by the events.
func Describe(t *chain.Tx, self stratos.Address) Entry {
	e := Entry{
		Time: t.Time, Kind: Other, Hash: t.Hash, Height: t.Height, Memo: t.Memo, State: chain.Done, Messages: len(t.Messages),
	}
	if t.Code != 0 {
		e.State = chain.Failed
	}
	s := summary{part: part{signed: len(t.Messages) == 0}} // nobody knows; a fee is better shown than hidden
	for _, m := range t.Messages {
		s.add(partOf(t, m, self))
	}
	if len(t.Messages) > 0 {
		e.Type = t.Messages[0].Type
	}
	s.into(&e)
	if e.Signed && paysFee(t, self) {
		e.Fee = t.Fee
	}
	if e.Kind == BoughtOzone || e.Kind == GotOzone {
		e.Noz = t.PurchasedNoz()
	}
	e.settle(t, self)
	return e
}

// part is what one message means for an account.
type part struct {
	kind      Kind
	direction Direction
	other     string
	amount    stratos.Amount
	signed    bool // by the account, which paid the fee
	whole     bool // amount is of the whole transaction
}

// summary makes one line of all messages: the first names it, equal ones add
// to its amount.
type summary struct {
	part
	count      int
	rewardOnly bool // all so far collect rewards
	staked     stratos.Amount
}

func (s *summary) add(p part) {
	s.count++
	if s.count == 1 {
		s.part, s.rewardOnly = p, p.kind == StakeReward
		return
	}
	switch {
	case p.kind == s.kind && p.direction == s.direction:
		if !p.whole {
			s.amount = s.amount.Add(p.amount)
		}
		if p.other != s.other {
			s.other = "" // several
		}
	case p.kind == Staked && (s.rewardOnly || s.kind == Compounded):
		s.kind, s.direction, s.whole = Compounded, Out, false
		s.staked = s.staked.Add(p.amount)
		s.amount, s.rewardOnly = s.staked, false
	}
}

func (s *summary) into(e *Entry) {
	if s.count > 0 {
		e.Kind, e.Direction, e.Counterparty, e.Amount = s.kind, s.direction, s.other, s.amount
	}
	e.Signed = s.signed
}

func partOf(t *chain.Tx, m chain.TxMessage, self stratos.Address) part {
	switch m.Type {
	case "/cosmos.bank.v1beta1.MsgMultiSend":
		return multiSend(m, self)
	case "/stratos.evm.v1.MsgEthereumTx":
		return ethereum(t, m, self)
	}
	r, known := ruleOf(m.Type)
	if !known {
		return stranger(t, self, Other)
	}
	fields := read(m)
	signer, other := fields.text(r.signer), fields.text(r.other)
	switch {
	case signer == self.String(), r.signer == "" && signedBy(t, self):
		return r.own(t, fields, other, self)
	case other == self.String() && r.guest != "":
		return part{kind: r.guest, direction: guestDirection(r.guest), other: signer, amount: fields.amount(r.amount)}
	}
	return stranger(t, self, r.kind)
}

// own is a message that self signed.
func (r rule) own(t *chain.Tx, fields object, other string, self stratos.Address) part {
	p := part{kind: r.kind, direction: r.direction, other: other, amount: fields.amount(r.amount), signed: true}
	if r.event != "" {
		p.amount, p.whole = eventAmount(t, r.event, "amount", "delegator", self), true
	}
	if other == self.String() {
		switch r.kind {
		case Sent:
			p.kind, p.direction = ToSelf, None
		case NodeReward:
			p.direction = In
		}
	}
	return p
}

func guestDirection(k Kind) Direction {
	if k == Received {
		return In
	}
	return None
}

// stranger is a message that self neither signed nor is named in: what it
// brought is told by the events.
func stranger(t *chain.Tx, self stratos.Address, otherwise Kind) part {
	got := eventAmount(t, "coin_received", "amount", "receiver", self)
	p := part{kind: otherwise, whole: true, signed: signedBy(t, self)}
	if !got.IsZero() && !p.signed {
		p.kind, p.direction, p.amount = Received, In, got
	}
	return p
}

func multiSend(m chain.TxMessage, self stratos.Address) part {
	fields := read(m)
	spent, payer := fields.coinsOf("inputs", self)
	got, _ := fields.coinsOf("outputs", self)
	if left, ok := spent.Sub(got); ok && !spent.IsZero() {
		return part{kind: Sent, direction: Out, amount: left, signed: true}
	}
	return part{kind: Received, direction: In, amount: got, other: payer}
}

// ethereum is a transaction of an EVM wallet of the same account: a payment
// when it carries no data, else the call or the making of a contract.
func ethereum(t *chain.Tx, m chain.TxMessage, self stratos.Address) part {
	data := read(m).child("data")
	to, err := stratos.ParseAddress(data.text("to"))
	p := part{kind: Contract, signed: signedBy(t, self), amount: data.amountText("value")}
	if err == nil {
		p.other = to.String()
	}
	plain := err == nil && data.text("data") == ""
	switch {
	case plain && p.signed && to == self:
		p.kind = ToSelf
	case plain && p.signed:
		p.kind, p.direction = Sent, Out
	case p.signed:
		p.direction = outIf(p.amount)
	case err == nil && to == self:
		p.kind, p.direction, p.other = Received, In, sender(t)
	default:
		return stranger(t, self, Contract)
	}
	return p
}

func outIf(amount stratos.Amount) Direction {
	if amount.IsZero() {
		return None
	}
	return Out
}
