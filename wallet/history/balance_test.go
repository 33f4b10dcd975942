package history

import (
	"encoding/json"
	"math/big"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// What real transactions did to the balance, with the fee, and the rewards
// that came along.
func TestChangeOfTheBalance(t *testing.T) {
	a, b := alice(t), bob(t)
	for _, c := range []struct {
		name         string
		self         stratos.Address
		besides, fee string // change without the fee, and the fee
		reward       string
	}{
		{"send", a, "-1000000000000000000", "95379000000000", "0"},
		{"send", b, "1000000000000000000", "0", "0"},
		{"multisend", a, "-2000000000000000000", "92423000000000", "0"},
		{"delegate", a, "-1001000000000000000000", "155916000000000", "0"},
		{"undelegate", a, "13344270250311", "252753000000000", "13344270250311"},
		{"redelegate", a, "21454896954096", "314295000000000", "21454896954096"},
		{"withdraw_rewards", a, "26433501512274", "145759000000000", "0"},
		{"send_too_much", a, "0", "200000000000000", "0"},
		{"pot_withdraw", a, "0", "200000000000000", "0"},
		{"pot_withdraw", b, "1000000000000000000", "0", "0"},
		{"create_resource_node", b, "-5000000000000000000", "300000000000000", "0"},
	} {
		e := Describe(recorded(t, c.name), c.self)
		want, _ := new(big.Int).SetString(c.besides, 10)
		fee, _ := new(big.Int).SetString(c.fee, 10)
		if want.Sub(want, fee); e.Change.Cmp(want) != 0 || e.Fee.String() != c.fee || e.Reward.String() != c.reward {
			t.Errorf("%s for %s: change %v, want %v; fee %s, reward %s", c.name, c.self, e.Change, want, e.Fee, e.Reward)
		}
	}
}

func event(typ string, pairs ...string) chain.Event {
	e := chain.Event{Type: typ}
	for i := 0; i < len(pairs); i += 2 {
		e.Attributes = append(e.Attributes, chain.Attribute{Key: pairs[i], Value: pairs[i+1]})
	}
	return e
}

func txOf(t testing.TB, typeURL string, fields map[string]any) *chain.Tx {
	t.Helper()
	raw, err := json.Marshal(fields)
	ok(t, err)
	return &chain.Tx{Hash: "AA", Height: 5, Fee: stratos.WeiAmount(9), Messages: []chain.TxMessage{{Type: typeURL, Fields: raw}}}
}

// Nodes tell the fee in the events; it must not be counted twice, and not at
// all when somebody else paid it.
func TestFeeIsCountedOnce(t *testing.T) {
	a, b := alice(t).String(), bob(t).String()
	coins := []map[string]string{{"denom": "wei", "amount": "100"}}
	tx := txOf(t, message.TypeSend, map[string]any{"from_address": a, "to_address": b, "amount": coins})
	tx.Events = []chain.Event{
		event("coin_spent", "spender", a, "amount", "9wei"), event("message", "sender", a), event("tx", "fee", "9wei", "fee_payer", a),
		event("coin_spent", "spender", a, "amount", "100wei"), event("coin_received", "receiver", b, "amount", "100wei"),
	}
	if e := Describe(tx, alice(t)); e.Change.Int64() != -109 || e.Fee.String() != "9" {
		t.Errorf("own fee: %+v", e)
	}
	tx.Events[0], tx.Events[2] = event("coin_spent", "spender", b, "amount", "9wei"), event("tx", "fee", "9wei", "fee_payer", b)
	if e := Describe(tx, alice(t)); e.Change.Int64() != -100 || !e.Fee.IsZero() {
		t.Errorf("a friend's fee: %+v", e)
	}
}

// Rewards that are paid to another account are not this one's.
func TestRewardsPaidElsewhere(t *testing.T) {
	a, b, v := alice(t), bob(t), bob(t).Validator()
	tx := txOf(t, message.TypeUndelegate, map[string]any{"delegator_address": a.String(), "validator_address": v, "amount": map[string]string{"denom": "wei", "amount": "50"}})
	tx.Events = []chain.Event{
		event("message", "sender", a.String()), event("coin_received", "receiver", b.String(), "amount", "7wei"),
		event("withdraw_rewards", "amount", "7wei", "validator", v, "delegator", a.String()),
	}
	if e := Describe(tx, a); e.Kind != Unstaked || !e.Reward.IsZero() || e.Change.Int64() != -9 {
		t.Errorf("delegator: %+v", e)
	}
	if e := Describe(tx, b); e.Kind != Received || e.Amount.String() != "7" || e.Change.Int64() != 7 {
		t.Errorf("who is paid: %+v", e)
	}
	claim := txOf(t, message.TypeWithdrawReward, map[string]any{"delegator_address": a.String(), "validator_address": v})
	claim.Events = tx.Events
	if e := Describe(claim, a); e.Kind != StakeReward || e.Direction != None || e.Change.Int64() != -9 {
		t.Errorf("claim: %+v", e)
	}
}

func TestCompoundIsOneLine(t *testing.T) {
	a, v := alice(t), bob(t).Validator()
	tx := txOf(t, message.TypeWithdrawReward, map[string]any{"delegator_address": a.String(), "validator_address": v})
	stake := txOf(t, message.TypeDelegate, map[string]any{"delegator_address": a.String(), "validator_address": v, "amount": map[string]string{"denom": "wei", "amount": "40"}})
	tx.Messages = append(tx.Messages, stake.Messages...)
	tx.Events = []chain.Event{
		event("message", "sender", a.String()), event("coin_received", "receiver", a.String(), "amount", "40wei"),
		event("withdraw_rewards", "amount", "40wei", "validator", v, "delegator", a.String()),
		event("coin_received", "receiver", a.String(), "amount", "1wei"),
		event("withdraw_rewards", "amount", "1wei", "validator", v, "delegator", a.String()),
		event("coin_spent", "spender", a.String(), "amount", "40wei"),
	}
	if e := Describe(tx, a); e.Kind != Compounded || e.Direction != Out || e.Amount.String() != "40" || e.Reward.String() != "41" || e.Change.Int64() != -8 || e.Messages != 2 {
		t.Errorf("%+v", e)
	}
	own := ofMessage(message.Batch{
		message.WithdrawReward{Delegator: a, Validator: bob(t), Expected: stratos.WeiAmount(40)},
		message.Delegate{Delegator: a, Validator: bob(t), Amount: stratos.WeiAmount(40)},
	}, stratos.WeiAmount(9))
	if own.Kind != Compounded || own.Amount.String() != "40" || own.Messages != 2 || own.Counterparty != v {
		t.Errorf("own %+v", own)
	}
}

// What a message of tomorrow did to the balance is shown even when nobody
// knows what it was.
func TestUnknownTellsItsMoney(t *testing.T) {
	a := alice(t)
	tx := txOf(t, "/new.v9.MsgMagic", map[string]any{"who": a.String()})
	tx.Events = []chain.Event{
		event("message", "sender", a.String()), event("tx", "fee", "9wei", "fee_payer", a.String()),
		event("coin_spent", "spender", a.String(), "amount", "9wei"), event("coin_spent", "spender", a.String(), "amount", "30wei,5ibc/X"),
	}
	if e := Describe(tx, a); e.Kind != Other || e.Direction != Out || e.Amount.String() != "30" || e.Change.Int64() != -39 {
		t.Errorf("%+v", e)
	}
}

// Transactions from before v0.12 have another field order and version.
func TestOlderNodeMessages(t *testing.T) {
	b := bob(t).String()
	for name, kind := range map[string]Kind{
		"MsgCreateResourceNode": NodeDeposit, "MsgUpdateResourceNode": NodeChanged, "MsgCreateMetaNode": NodeDeposit, "MsgUpdateMetaNode": NodeChanged,
	} {
		tx := txOf(t, "/stratos.register.v1_1."+name, map[string]any{
			"network_address": "stsds1kchgvlaz7va0uck466ckgtsky825xvrc5r590k", "owner_address": b, "value": map[string]string{"denom": "wei", "amount": "5"},
			"description": map[string]string{"moniker": "x"}, "node_type": 4, "beneficiary_address": b,
		})
		if e := Describe(tx, bob(t)); e.Kind != kind || e.Fee.IsZero() || e.Change.Sign() >= 0 {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// Both kinds of EVM transactions, with the values of the published vectors.
func TestEthereumVectors(t *testing.T) {
	a, b := alice(t), bob(t)
	for _, data := range []map[string]any{
		{"@type": "/stratos.evm.v1.LegacyTx", "nonce": "0", "gas_price": "1000000000", "gas": "21000", "to": b.Hex(), "value": "1000000000000000000", "data": nil, "v": "ECQ=", "r": "", "s": ""},
		{"@type": "/stratos.evm.v1.DynamicFeeTx", "chain_id": "2048", "nonce": "1", "gas_tip_cap": "0", "gas_fee_cap": "2000000000", "gas": "21000", "to": b.Hex(), "value": "1000000000000000000", "data": nil, "accesses": []any{}},
	} {
		tx := txOf(t, "/stratos.evm.v1.MsgEthereumTx", map[string]any{"data": data, "hash": "0x1", "from": ""})
		tx.Events = []chain.Event{event("message", "sender", a.String())}
		if e := Describe(tx, a); e.Kind != Sent || e.Amount.String() != "1000000000000000000" || e.Change.String() != "-1000000000000000009" || e.Counterparty != b.String() {
			t.Errorf("%v: %+v", data["@type"], e)
		}
		if e := Describe(tx, b); e.Kind != Received || e.Change.String() != "1000000000000000000" || e.Counterparty != a.String() {
			t.Errorf("%v: %+v", data["@type"], e)
		}
		data["data"] = "qFnLuw=="
		call := txOf(t, "/stratos.evm.v1.MsgEthereumTx", map[string]any{"data": data})
		call.Events = tx.Events
		if e := Describe(call, a); e.Kind != Contract || e.Direction != Out {
			t.Errorf("call: %+v", e)
		}
	}
}

// What another account does with granted rights moves this one's money: the
// events tell how much, for both.
func TestRightsOfOtherAccounts(t *testing.T) {
	a, b := alice(t), bob(t)
	inner := map[string]any{"@type": message.TypeSend, "from_address": a.String(), "to_address": b.String()}
	tx := txOf(t, "/cosmos.authz.v1beta1.MsgExec", map[string]any{"grantee": b.String(), "msgs": []any{inner}})
	tx.Events = []chain.Event{
		event("coin_spent", "spender", b.String(), "amount", "9wei"), event("message", "sender", b.String()),
		event("tx", "fee", "9wei", "fee_payer", b.String()),
		event("coin_spent", "spender", a.String(), "amount", "100wei"), event("coin_received", "receiver", b.String(), "amount", "100wei"),
	}
	if e := Describe(tx, a); e.Kind != ActedFor || e.Direction != Out || e.Amount.String() != "100" || e.Change.Int64() != -100 || !e.Fee.IsZero() {
		t.Errorf("whose rights they are: %+v", e)
	}
	if e := Describe(tx, b); e.Kind != ActedFor || e.Direction != In || e.Amount.String() != "100" || e.Change.Int64() != 91 || e.Fee.String() != "9" {
		t.Errorf("who used them: %+v", e)
	}
}

func TestUnknownTypesAreShownAsSuch(t *testing.T) {
	tx := txOf(t, "/far.future.v9.MsgTeleport", map[string]any{})
	tx.Events = []chain.Event{event("message", "sender", alice(t).String())}
	if e := Describe(tx, alice(t)); e.Words() != "Unknown transaction: MsgTeleport" || e.Change.Int64() != -9 {
		t.Errorf("%q, %+v", e.Words(), e)
	}
	for typeURL, r := range rules {
		if r.kind == Other || words[r.kind] == "" {
			t.Errorf("%s has no words", typeURL)
		}
	}
}
