package history

import (
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// rule says what a message type is and which of its fields name the signer,
// the other side and the amount. Guest is the kind for the other side.
type rule struct {
	kind                  Kind
	direction             Direction
	signer, other, amount string
	guest                 Kind
	event                 string // take the amount from these events instead
}

// rules by type URL; versions of a message share a rule, see ruleOf.
var rules = map[string]rule{
	"/cosmos.bank.v1beta1.MsgSend":                                {Sent, Out, "from_address", "to_address", "amount", Received, ""},
	"/stratos.sds.v1.MsgPrepay":                                   {BoughtOzone, Out, "sender", "beneficiary", "amount", GotOzone, ""},
	"/stratos.sds.v1.MsgFileUpload":                               {NetworkReport, None, "from", "", "", "", ""},
	"/stratos.pot.v1.MsgWithdraw":                                 {NodeReward, None, "wallet_address", "target_address", "amount", Received, ""},
	"/stratos.pot.v1.MsgFoundationDeposit":                        {PoolGift, Out, "from", "", "amount", "", ""},
	"/stratos.pot.v1.MsgVolumeReport":                             {NetworkReport, None, "reporter_owner", "", "", "", ""},
	"/cosmos.staking.v1beta1.MsgDelegate":                         {Staked, Out, "delegator_address", "validator_address", "amount", "", ""},
	"/cosmos.staking.v1beta1.MsgUndelegate":                       {Unstaked, None, "delegator_address", "validator_address", "amount", "", ""},
	"/cosmos.staking.v1beta1.MsgBeginRedelegate":                  {MovedStake, None, "delegator_address", "validator_dst_address", "amount", "", ""},
	"/cosmos.staking.v1beta1.MsgCancelUnbondingDelegation":        {KeptStake, None, "delegator_address", "validator_address", "amount", "", ""},
	"/cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward":     {StakeReward, In, "delegator_address", "validator_address", "", "", "withdraw_rewards"},
	"/cosmos.distribution.v1beta1.MsgWithdrawValidatorCommission": {StakeReward, In, "", "validator_address", "", "", "withdraw_commission"},
	"/cosmos.distribution.v1beta1.MsgSetWithdrawAddress":          {SetRewardAddress, None, "delegator_address", "withdraw_address", "", "", ""},
	"/cosmos.gov.v1.MsgVote":                                      {Voted, None, "voter", "", "", "", ""},
	"/cosmos.gov.v1.MsgVoteWeighted":                              {Voted, None, "voter", "", "", "", ""},
	"/cosmos.gov.v1.MsgDeposit":                                   {ProposalDeposit, Out, "depositor", "", "amount", "", ""},
	"/cosmos.gov.v1.MsgSubmitProposal":                            {Proposed, Out, "proposer", "", "initial_deposit", "", ""},
	"/stratos.register.v1.MsgCreateResourceNode":                  {NodeDeposit, Out, "owner_address", "", "value", "", ""},
	"/stratos.register.v1.MsgCreateMetaNode":                      {NodeDeposit, Out, "owner_address", "", "value", "", ""},
	"/stratos.register.v1.MsgUpdateResourceNodeDeposit":           {NodeDeposit, Out, "owner_address", "", "deposit_delta", "", ""},
	"/stratos.register.v1.MsgUpdateMetaNodeDeposit":               {NodeDeposit, Out, "owner_address", "", "deposit_delta", "", ""},
	"/stratos.register.v1.MsgUpdateResourceNode":                  {NodeChanged, None, "owner_address", "", "", "", ""},
	"/stratos.register.v1.MsgUpdateMetaNode":                      {NodeChanged, None, "owner_address", "", "", "", ""},
	"/stratos.register.v1.MsgRemoveResourceNode":                  {NodeRemoved, None, "owner_address", "", "", "", ""},
	"/stratos.register.v1.MsgRemoveMetaNode":                      {NodeRemoved, None, "owner_address", "", "", "", ""},
}

// ruleOf finds the rule of a type, also for older versions of it that a
// history may contain.
func ruleOf(typeURL string) (rule, bool) {
	typeURL = strings.Replace(typeURL, ".register.v1_1.", ".register.v1.", 1)
	typeURL = strings.Replace(typeURL, ".gov.v1beta1.", ".gov.v1.", 1)
	r, known := rules[typeURL]
	return r, known
}

// Describe tells what a transaction in a block was for account self. A type
// that nobody knows is an [Other]; it never hides the rest.
func Describe(t *chain.Tx, self stratos.Address) Entry {
	e := Entry{Time: t.Time, Kind: Other, Hash: t.Hash, Height: t.Height, Memo: t.Memo, State: chain.Done}
	if t.Code != 0 {
		e.State = chain.Failed
	}
	signed := len(t.Messages) == 0 // nobody knows; a fee is better shown than hidden
	for i, m := range t.Messages {
		p := partOf(t, m, self)
		if i == 0 {
			e.Type, e.Kind, e.Direction, e.Counterparty, e.Amount = m.Type, p.kind, p.direction, p.other, p.amount
			signed = p.signed
			continue
		}
		if p.kind == e.Kind && p.direction == e.Direction && !p.whole {
			e.Amount = e.Amount.Add(p.amount)
		}
	}
	if signed {
		e.Fee = t.Fee
	}
	if e.Kind == BoughtOzone || e.Kind == GotOzone {
		e.Noz = t.PurchasedNoz()
	}
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
	switch self.String() {
	case signer:
		return r.own(t, fields, other, self)
	case other:
		if r.guest != "" {
			return part{kind: r.guest, direction: guestDirection(r.guest), other: signer, amount: fields.amount(r.amount)}
		}
	}
	if r.signer == "" && t.Height > 0 { // signed by the account's validator
		return r.own(t, fields, other, self)
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

// ethereum is a transfer made by an EVM wallet of the same account.
func ethereum(t *chain.Tx, m chain.TxMessage, self stratos.Address) part {
	data := read(m).child("data")
	to, err := stratos.ParseAddress(data.text("to"))
	p := part{kind: Other, signed: signedBy(t, self), amount: data.amountText("value")}
	switch {
	case err != nil: // it makes or calls a contract
	case p.signed && to == self:
		p.kind, p.other = ToSelf, to.String()
	case p.signed:
		p.kind, p.direction, p.other = Sent, Out, to.String()
	case to == self:
		p.kind, p.direction, p.other = Received, In, sender(t)
	}
	return p
}
