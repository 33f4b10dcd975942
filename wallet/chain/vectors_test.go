package chain

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"strconv"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

type vectors struct {
	Keys []struct {
		Private string `json:"private_key_hex"`
	}
	Txs []struct {
		Name          string
		AccountNumber uint64 `json:"account_number"`
		Sequence      uint64
		ChainID       string `json:"chain_id"`
		SignMode      string `json:"sign_mode"`
		SignBytes     string `json:"sign_bytes_hex"`
		Signature     string `json:"signature_hex"`
		TxBytes       string `json:"tx_bytes_hex"`
		TxHash        string `json:"tx_hash"`
		TxJSON        struct {
			Body struct {
				Messages []map[string]any
				Memo     string
			}
			AuthInfo struct {
				Fee struct {
					Amount   []coinJSON
					GasLimit string `json:"gas_limit"`
				}
			} `json:"auth_info"`
		} `json:"tx_json"`
	}
	Recorded  map[string]recorded `json:"recorded_txs"`
	CheckTx   []chainError        `json:"checktx_errors"`
	DeliverTx []chainError        `json:"delivertx_errors"`
}

type chainError struct {
	Case, Codespace string
	Code            uint32
	RawLog          string `json:"raw_log"`
	Contains        string `json:"raw_log_contains"`
}

// recorded is a transaction that a real daemon ran, in the short form of the
// vectors.
type recorded struct {
	Height    string
	TxHash    string
	Code      uint32
	Codespace string
	GasWanted string `json:"gas_wanted"`
	GasUsed   string `json:"gas_used"`
	RawLog    string `json:"raw_log"`
	Messages  []json.RawMessage
	Memo      string
	Fee       json.RawMessage
	Events    []struct {
		Type       string
		Attributes map[string]string
	}
}

// response rebuilds the gateway's answer.
func (r recorded) response(t testing.TB) txResponse {
	t.Helper()
	tx, err := json.Marshal(map[string]any{
		"@type": "/cosmos.tx.v1beta1.Tx",
		"body":  map[string]any{"messages": r.Messages, "memo": r.Memo}, "auth_info": map[string]any{"fee": r.Fee},
	})
	if err != nil {
		t.Fatal(err)
	}
	out := txResponse{
		Height: r.Height, Hash: r.TxHash, Code: r.Code, Codespace: r.Codespace, RawLog: r.RawLog,
		GasWanted: r.GasWanted, GasUsed: r.GasUsed, Timestamp: "2024-12-20T10:00:00Z", Tx: tx,
	}
	for _, e := range r.Events {
		event := Event{Type: e.Type}
		for key, value := range e.Attributes {
			event.Attributes = append(event.Attributes, Attribute{key, value})
		}
		out.Events = append(out.Events, event)
	}
	return out
}

func loadVectors(t testing.TB) vectors {
	t.Helper()
	raw, err := os.ReadFile("testdata/chain-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func vectorKey(t testing.TB, index int) stratos.PrivateKey {
	t.Helper()
	raw, err := hex.DecodeString(loadVectors(t).Keys[index].Private)
	if err != nil {
		t.Fatal(err)
	}
	key, err := stratos.NewPrivateKey(raw)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func must[T any](t testing.TB, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// messageOf builds a message from its proto JSON.
func messageOf(t *testing.T, fields map[string]any) Message {
	t.Helper()
	address := func(name string) stratos.Address {
		a, err := stratos.ParseAddress(fields[name].(string))
		return must(t, a, err)
	}
	coin := fields["amount"].([]any)[0].(map[string]any)
	amount, err := stratos.ParseWei(coin["amount"].(string))
	must(t, amount, err)
	switch fields["@type"] {
	case TypeSend:
		return Transfer{From: address("from_address"), To: address("to_address"), Amount: amount}
	case TypePrepay:
		return Prepay{Sender: address("sender"), Beneficiary: address("beneficiary"), Amount: amount}
	case TypeWithdraw:
		return Withdraw{Wallet: address("wallet_address"), Target: address("target_address"), Amount: amount}
	}
	t.Fatalf("no message %v", fields["@type"])
	return nil
}

var modes = map[string]message.Mode{"SIGN_MODE_DIRECT": message.Direct, "SIGN_MODE_LEGACY_AMINO_JSON": message.Amino}

func TestTransactionVectors(t *testing.T) {
	tested := 0
	for _, v := range loadVectors(t).Txs {
		tested++
		key := vectorKey(t, 0)
		gas, err := strconv.ParseUint(v.TxJSON.AuthInfo.Fee.GasLimit, 10, 64)
		must(t, gas, err)
		fee, err := stratos.ParseWei(v.TxJSON.AuthInfo.Fee.Amount[0].Amount)
		u := message.Envelope{
			ChainID: v.ChainID, Message: messageOf(t, v.TxJSON.Body.Messages[0]), Memo: v.TxJSON.Body.Memo, Public: key.Public(),
			Account: v.AccountNumber, Sequence: v.Sequence, Gas: gas, Fee: must(t, fee, err), Mode: modes[v.SignMode],
		}
		if got := hex.EncodeToString(u.SignBytes()); got != v.SignBytes {
			t.Errorf("%s: sign bytes\n%s, want\n%s", v.Name, got, v.SignBytes)
		}
		tx := sign(u, key)
		if got := hex.EncodeToString(tx.raw); got != v.TxBytes {
			t.Errorf("%s: transaction\n%s, want\n%s", v.Name, got, v.TxBytes)
		}
		if tx.hash != v.TxHash {
			t.Errorf("%s: hash %s, want %s", v.Name, tx.hash, v.TxHash)
		}
	}
	if tested != 8 {
		t.Errorf("%d vectors tested, want 8", tested)
	}
}

func TestRecordedTransactions(t *testing.T) {
	noz := map[string]string{"prepay": "999900009999"}
	for name, r := range loadVectors(t).Recorded {
		response := r.response(t)
		tx, err := response.tx()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if tx.Hash != r.TxHash || strconv.FormatInt(tx.Height, 10) != r.Height || tx.Code != r.Code ||
			strconv.FormatUint(tx.GasUsed, 10) != r.GasUsed || len(tx.Messages) != len(r.Messages) || tx.Memo != r.Memo || tx.Fee.IsZero() {
			t.Errorf("%s: read as %+v", name, tx)
		}
		bought := tx.PurchasedNoz()
		if want := noz[name]; want != "" && (bought == nil || bought.String() != want) {
			t.Errorf("%s: bought %v noz, want %s", name, bought, want)
		}
		if isPrepay := tx.Messages[0].Type == TypePrepay; isPrepay != (bought != nil) {
			t.Errorf("%s: bought %v", name, bought)
		}
		outcome, err := outcomeOf(tx)
		if (err == nil) != (r.Code == 0) || (outcome.State == Done) != (r.Code == 0) {
			t.Errorf("%s: %+v, %v", name, outcome, err)
		}
	}
}
