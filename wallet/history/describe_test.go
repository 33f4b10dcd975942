package history

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// recorded loads a transaction that a real daemon ran.
func recorded(t testing.TB, name string) *chain.Tx {
	t.Helper()
	raw, err := os.ReadFile("testdata/chain-vectors.json")
	ok(t, err)
	var v struct {
		Recorded map[string]struct {
			TxHash   string
			Code     uint32
			Messages []json.RawMessage
			Memo     string
			Fee      struct{ Amount []coin }
			Events   []struct {
				Type       string
				Attributes map[string]string
			}
		} `json:"recorded_txs"`
	}
	ok(t, json.Unmarshal(raw, &v))
	r, found := v.Recorded[name]
	if !found {
		t.Fatalf("no recorded transaction %s", name)
	}
	tx := &chain.Tx{Hash: r.TxHash, Height: 1, Code: r.Code, Memo: r.Memo, Fee: sum(r.Fee.Amount)}
	for _, m := range r.Messages {
		var head struct {
			Type string `json:"@type"`
		}
		ok(t, json.Unmarshal(m, &head))
		tx.Messages = append(tx.Messages, chain.TxMessage{Type: head.Type, Fields: m})
	}
	for _, e := range r.Events {
		event := chain.Event{Type: e.Type}
		for key, value := range e.Attributes {
			event.Attributes = append(event.Attributes, chain.Attribute{Key: key, Value: value})
		}
		tx.Events = append(tx.Events, event)
	}
	return tx
}

func TestRecordedTransactionsInPlainWords(t *testing.T) {
	const val1 = "stvaloper1erqv6gyvfdy6g7l03rmdefkj9yy4dznqe06f3t"
	const rn1 = "stsds1kchgvlaz7va0uck466ckgtsky825xvrc5r590k"
	a, b := alice(t), bob(t)
	owner := address(t, "st1s2apcy0q9wnra2pppehe2sdsavmteddk0xpnkj")
	for _, c := range []struct {
		name   string
		self   stratos.Address
		kind   Kind
		dir    Direction
		amount string // wei
		other  string
		pays   bool
	}{
		{"send", a, Sent, Out, "1000000000000000000", b.String(), true},
		{"send", b, Received, In, "1000000000000000000", a.String(), false},
		{"multisend", a, Sent, Out, "2000000000000000000", "", true},
		{"multisend", b, Received, In, "1000000000000000000", a.String(), false},
		{"delegate", a, Staked, Out, "1001000000000000000000", val1, true},
		{"undelegate", a, Unstaked, None, "10000000000000000000", val1, true},
		{"redelegate", a, MovedStake, None, "10000000000000000000", "stvaloper12nkjkz9sl3lfrx5xf72uawev23nx3vwtt487cq", true},
		{"withdraw_rewards", a, StakeReward, In, "26433501512274", val1, true},
		{"set_withdraw", a, SetRewardAddress, None, "0", b.String(), true},
		{"submit_proposal", a, Proposed, Out, "100000000000000000000", "", true},
		{"vote", a, Voted, None, "0", "", true},
		{"weighted_vote", b, Voted, None, "0", "", true},
		{"prepay", a, BoughtOzone, Out, "1000000000000000000", a.String(), true},
		{"prepay_other", b, GotOzone, None, "2000000000000000000", a.String(), false},
		{"foundation", b, PoolGift, Out, "1000000000000000000000", "", true},
		{"create_resource_node", b, NodeDeposit, Out, "5000000000000000000", rn1, true},
		{"update_resource_node_deposit", b, NodeDeposit, Out, "1000000000000000000", rn1, true},
		{"update_resource_node", b, NodeChanged, None, "0", rn1, true},
		{"volume_report_1", owner, NetworkReport, None, "0", "", true},
		{"pot_withdraw", a, NodeReward, None, "1000000000000000000", b.String(), true},
		{"pot_withdraw", b, Received, In, "1000000000000000000", a.String(), false},
		{"update_effective_is_file_upload", owner, NetworkReport, None, "0", "", true},
	} {
		e := Describe(recorded(t, c.name), c.self)
		if e.Kind != c.kind || e.Direction != c.dir || e.Amount.String() != c.amount || e.Counterparty != c.other || e.Fee.IsZero() == c.pays {
			t.Errorf("%s for %s: %+v", c.name, c.self, e)
		}
		if e.Kind.Words() == Other.Words() {
			t.Errorf("%s has no words", e.Kind)
		}
	}
	if e := Describe(recorded(t, "prepay"), a); e.Noz == nil || e.Noz.String() != "999900009999" {
		t.Errorf("prepay bought %v", e.Noz)
	}
	two := Describe(recorded(t, "withdraw_all"), a)
	if one := Describe(recorded(t, "withdraw_rewards"), a); two.Kind != StakeReward || two.Amount.Cmp(eventAmount(recorded(t, "withdraw_all"), "coin_received", "amount", "receiver", a)) != 0 {
		t.Errorf("two rewards: %v and %v", one.Amount, two.Amount)
	}
	if e := Describe(recorded(t, "send_too_much"), a); e.State != chain.Failed {
		t.Errorf("failed: %+v", e)
	}
}

func TestEthereumTransfers(t *testing.T) {
	a, b := alice(t), bob(t)
	fields := json.RawMessage(`{"data":{"@type":"/stratos.evm.v1.DynamicFeeTx","to":"` + b.Hex() + `","value":"1000000000000000000"},"hash":"0x1","from":""}`)
	tx := &chain.Tx{
		Height: 5, Messages: []chain.TxMessage{{Type: "/stratos.evm.v1.MsgEthereumTx", Fields: fields}}, Fee: stratos.WeiAmount(9),
		Events: []chain.Event{{Type: "message", Attributes: []chain.Attribute{{Key: "sender", Value: a.String()}}}},
	}
	if e := Describe(tx, a); e.Kind != Sent || e.Direction != Out || e.Counterparty != b.String() || e.Amount.Cmp(stos(t, "1")) != 0 || e.Fee.IsZero() {
		t.Errorf("sender sees %+v", e)
	}
	if e := Describe(tx, b); e.Kind != Received || e.Direction != In || e.Counterparty != a.String() || !e.Fee.IsZero() {
		t.Errorf("recipient sees %+v", e)
	}
}

// A message type of tomorrow does not hide the entry.
func TestUnknownMessage(t *testing.T) {
	tx := &chain.Tx{Height: 5, Hash: "X", Messages: []chain.TxMessage{{Type: "/new.v9.MsgMagic", Fields: json.RawMessage(`[1]`)}}, Fee: stratos.WeiAmount(9)}
	tx.Events = []chain.Event{
		{Type: "message", Attributes: []chain.Attribute{{Key: "sender", Value: bob(t).String()}}},
		{Type: "coin_received", Attributes: []chain.Attribute{{Key: "receiver", Value: alice(t).String()}, {Key: "amount", Value: "5ibc/ABC,12wei"}}},
	}
	if e := Describe(tx, alice(t)); e.Kind != Received || e.Amount.String() != "12" || e.Type != "/new.v9.MsgMagic" || !e.Fee.IsZero() {
		t.Errorf("recipient sees %+v", e)
	}
	if e := Describe(tx, bob(t)); e.Kind != Other || e.Kind.Words() != "Other transaction" || e.Fee.IsZero() {
		t.Errorf("sender sees %+v", e)
	}
}

func TestOwnMessages(t *testing.T) {
	a, b, amount := alice(t), bob(t), stos(t, "2")
	for _, c := range []struct {
		message chain.Message
		kind    Kind
		dir     Direction
	}{
		{chain.Transfer{From: a, To: b, Amount: amount}, Sent, Out},
		{chain.Transfer{From: a, To: a, Amount: amount}, ToSelf, None},
		{chain.Prepay{Sender: a, Beneficiary: b, Amount: amount}, BoughtOzone, Out},
		{chain.Withdraw{Wallet: a, Target: a, Amount: amount}, NodeReward, In},
		{chain.Withdraw{Wallet: a, Target: b, Amount: amount}, NodeReward, None},
	} {
		if e := ofMessage(c.message, stratos.WeiAmount(1)); e.Kind != c.kind || e.Direction != c.dir || e.Amount.Cmp(amount) != 0 || e.Type != c.message.Type() {
			t.Errorf("%T: %+v", c.message, e)
		}
	}
}

func FuzzDescribe(f *testing.F) {
	for url := range rules {
		f.Add(url, []byte(`{"from_address":"st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx","amount":[{"denom":"wei","amount":"1"}]}`))
	}
	f.Add("/cosmos.bank.v1beta1.MsgMultiSend", []byte(`{"inputs":[{"address":"st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx","coins":[{"denom":"wei","amount":"2"}]}]}`))
	f.Add("/stratos.evm.v1.MsgEthereumTx", []byte(`{"data":{"to":"0x9118B77029188C8CCdA60F305ADE93288aaF7b00","value":"1"}}`))
	self := alice(f)
	f.Fuzz(func(t *testing.T, typeURL string, fields []byte) {
		e := Describe(&chain.Tx{Height: 1, Messages: []chain.TxMessage{{Type: typeURL, Fields: fields}}}, self)
		if e.Kind.Words() == "" || e.Amount.Wei().Sign() < 0 {
			t.Fatalf("%+v", e)
		}
	})
}
