package history

import (
	"math/big"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// settle works out what the transaction did to the balance, from its events:
// rewards that the chain pays along with a stake are told nowhere else.
func (e *Entry) settle(t *chain.Tx, self stratos.Address) {
	if e.State == chain.Failed && e.Direction == In {
		e.Direction = None // nothing came
	}
	got := eventAmount(t, "coin_received", "amount", "receiver", self)
	spent := eventAmount(t, "coin_spent", "amount", "spender", self)
	if _, enough := got.Sub(e.Amount); e.Kind == StakeReward && !enough {
		e.Direction = None // it is paid to another account
	}
	switch {
	case got.IsZero() && spent.IsZero():
		e.Change = e.byMessage()
	default:
		e.Change = new(big.Int).Sub(got.Wei(), spent.Wei())
		if e.Signed && !feeInEvents(t) {
			e.Change.Sub(e.Change, e.Fee.Wei())
		}
	}
	e.Reward = e.rewardIn(t, self, got)
	if e.State == chain.Done && e.unsaid() {
		e.guess()
	}
}

// unsaid tells whether only the events say what moved.
func (e *Entry) unsaid() bool {
	switch e.Kind {
	case Other, ActedFor:
		return e.Direction == None
	case Sent, Received:
		return e.Amount.IsZero()
	}
	return false
}

// byMessage is the change where no event names the account: EVM transfers of
// some nodes, and failures.
func (e *Entry) byMessage() *big.Int {
	change := new(big.Int).Neg(e.Fee.Wei())
	if e.State != chain.Done {
		return change
	}
	switch e.Direction {
	case In:
		change.Add(change, e.Amount.Wei())
	case Out:
		change.Sub(change, e.Amount.Wei())
	}
	return change
}

// rewardIn is the staking reward that came along with something else, when it
// is paid to this account.
func (e *Entry) rewardIn(t *chain.Tx, self stratos.Address, got stratos.Amount) stratos.Amount {
	switch e.Kind {
	case Staked, Unstaked, MovedStake, KeptStake, Compounded:
	default:
		return stratos.Amount{}
	}
	if !e.Signed {
		return stratos.Amount{}
	}
	reward := eventAmount(t, "withdraw_rewards", "amount", "delegator", self)
	if _, enough := got.Sub(reward); !enough {
		return stratos.Amount{} // another account gets the rewards
	}
	return reward
}

// guess gives a transaction the amount and direction of its change besides the
// fee.
func (e *Entry) guess() {
	moved := new(big.Int).Add(e.Change, e.Fee.Wei())
	switch moved.Sign() {
	case 1:
		e.Direction = In
	case -1:
		e.Direction = Out
		moved.Neg(moved)
	}
	e.Amount = stratos.NewAmount(moved)
}

// feeInEvents tells whether the fee is among the coins that the events say
// were spent. Nodes tell it in an event of the transaction itself; the short
// form of some records leaves that part out.
func feeInEvents(t *chain.Tx) bool {
	for _, e := range t.Events {
		if e.Type == "tx" && e.Get("fee") != "" {
			return true
		}
	}
	return false
}
