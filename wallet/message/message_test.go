package message

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func TestChecks(t *testing.T) {
	a, b := stratos.Address{1}, stratos.Address{2}
	one := stratos.WeiAmount(1)
	long := strings.Repeat("x", 300)
	for name, c := range map[string]struct {
		message Message
		words   string
	}{
		"no amount":            {Transfer{From: a, To: b}, "more than zero"},
		"no validator":         {Delegate{Delegator: a, Amount: one}, "choose a validator"},
		"same validator":       {Redelegate{a, b, b, one}, "another validator"},
		"no unbonding":         {CancelUnstake{Delegator: a, Validator: b, Amount: one}, "on its way back"},
		"nobody to pay":        {SetPayout{Delegator: a}, "address that rewards"},
		"no answer":            {Vote{a, 1, 9}, "vote with yes"},
		"no proposal":          {Vote{a, 0, Yes}, "choose a proposal"},
		"parts too small":      {WeightedVote{a, 1, []Share{{Yes, 1}}}, "add up to 100"},
		"part twice":           {WeightedVote{a, 1, []Share{{Yes, 5000}, {Yes, 5000}}}, "once"},
		"part overflows":       {WeightedVote{a, 1, []Share{{Yes, 1 << 31}, {No, 1<<31 + 10_000}}}, "once"},
		"no title":             {Propose{Proposer: a, Summary: "s", Metadata: "m"}, "needs a title"},
		"long title":           {Propose{a, long, "s", "m", one}, "title is too long"},
		"title not text":       {Propose{a, "\xff", "s", "m", one}, "cannot be sent"},
		"foreign key":          {CreateNode{Owner: a, Node: stratos.NodeAddress{1}, Deposit: one}, "do not belong"},
		"no kind":              {UpdateNode{Owner: a, Node: stratos.NodeAddress{1}, Description: Description{Moniker: "x"}}, "storage, database"},
		"no name":              {UpdateNode{Owner: a, Node: stratos.NodeAddress{1}, Kinds: Storage}, "a name"},
		"no node":              {RemoveNode{Owner: a}, "choose a node"},
		"nothing":              {Batch{}, "nothing to send"},
		"bad message in batch": {Batch{Transfer{a, b, one}, Transfer{From: a, To: b}}, "more than zero"},
	} {
		err := c.message.Check()
		if fault.ExitCode(err) != int(fault.WrongUse) || !strings.Contains(fault.Sentence(err), c.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, b := range []Batch{{Transfer{a, b, one}, Transfer{b, a, one}}, {Batch{Transfer{a, b, one}}}} {
		if b.Check() == nil {
			t.Errorf("a batch of several signers, or of batches: %v", b)
		}
	}
}

func TestBatchAddsUp(t *testing.T) {
	a, v := stratos.Address{1}, stratos.Address{2}
	b := Batch{WithdrawReward{a, v, stratos.WeiAmount(5)}, Delegate{a, v, stratos.WeiAmount(5)}, Delegate{a, v, stratos.WeiAmount(2)}}
	if err := b.Check(); err != nil {
		t.Fatal(err)
	}
	if b.Spends().String() != "7" || Brings(b).String() != "5" || b.Signer() != a || b.Type() != TypeWithdrawReward {
		t.Errorf("spends %s, brings %s", b.Spends(), Brings(b))
	}
}

func TestOptionsByName(t *testing.T) {
	for _, o := range []Option{Yes, Abstain, No, Veto} {
		if got, err := ParseOption(o.String()); err != nil || got != o {
			t.Errorf("%v: %v, %v", o, got, err)
		}
	}
	if _, err := ParseOption("maybe"); err == nil {
		t.Error("maybe was accepted")
	}
}

// Amino JSON keeps empty fields where the chain's own types do, and no others.
func TestAminoKeepsWhatTheChainKeeps(t *testing.T) {
	e := Envelope{ChainID: "c-1", Mode: Amino, Message: Batch{
		UpdateNode{Owner: stratos.Address{1}, Beneficiary: stratos.Address{2}, Node: stratos.NodeAddress{3}, Description: Description{Moniker: "<n>"}, Kinds: Storage},
		Propose{Proposer: stratos.Address{1}, Title: "t", Summary: "s", Metadata: "m"},
	}}
	var doc struct {
		Msgs []struct {
			Type  string
			Value map[string]json.RawMessage
		}
	}
	if err := json.Unmarshal(e.SignBytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if got := string(doc.Msgs[0].Value["description"]); doc.Msgs[0].Type != "register/UpdateResourceNodeTx" ||
		got != `{"details":"","identity":"","moniker":"\u003cn\u003e","security_contact":"","website":""}` {
		t.Errorf("%s: %s", doc.Msgs[0].Type, got)
	}
	if got := string(doc.Msgs[1].Value["initial_deposit"]); got != "[]" {
		t.Errorf("deposit of nothing: %s", got)
	}
	if strings.Contains(string(e.SignBytes()), "timeout_height") {
		t.Error("a timeout of zero is written")
	}
}
