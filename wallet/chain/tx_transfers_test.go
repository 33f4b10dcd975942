package chain

import (
	"encoding/json"
	"os"
	"testing"
)

// Of every transaction of the vectors the payments are read, and the key that
// signed is the one that belongs to who pays.
func TestTransfersOfVectors(t *testing.T) {
	raw, err := os.ReadFile("testdata/chain-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Txs []struct {
			Name string
			JSON txJSON `json:"tx_json"`
		}
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, one := range v.Txs {
		var tx Tx
		if err := tx.fill(&one.JSON); err != nil {
			t.Fatal(err)
		}
		for _, p := range tx.Transfers() {
			seen++
			if len(tx.Signers) != 1 || tx.Signers[0].Address() != p.From || p.Amount.IsZero() || p.To == p.From {
				t.Errorf("%s: %+v signed by %v", one.Name, p, tx.Signers)
			}
		}
		tx.Code = 5
		if len(tx.Transfers()) != 0 {
			t.Errorf("%s failed and pays", one.Name)
		}
	}
	if seen == 0 {
		t.Error("no payment in the vectors")
	}
}

// What a node may send instead of a payment is none.
func TestNoTransfers(t *testing.T) {
	for _, fields := range []string{
		`{}`, `[]`, `{"from_address":"st1x","to_address":"st1y"}`,
		`{"from_address":"st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k","to_address":"elsewhere","amount":[{"denom":"wei","amount":"1"}]}`,
	} {
		tx := Tx{Messages: []TxMessage{{Type: TypeSend, Fields: json.RawMessage(fields)}}}
		if got := tx.Transfers(); len(got) != 0 {
			t.Errorf("%s is a payment: %+v", fields, got)
		}
	}
	other := `{"from_address":"st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k","to_address":"st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k","amount":[{"denom":"atom","amount":"7"}]}`
	tx := Tx{Messages: []TxMessage{{Type: TypeSend, Fields: json.RawMessage(other)}}}
	if got := tx.Transfers(); len(got) != 1 || !got[0].Amount.IsZero() {
		t.Errorf("other money counts: %+v", got)
	}
	if keys := signers([]signerJSON{{}}); len(keys) != 0 {
		t.Errorf("nobody signed: %v", keys)
	}
}
