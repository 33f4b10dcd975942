package localnet

import (
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"cosmossdk.io/math"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/ethsecp256k1"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

func (u *up) ozone(wallet string) string {
	u.t.Helper()
	var r struct{ Result wire.OzoneResult }
	postJSON(u.t, u.network.Gateways[0].RPC, map[string]any{
		"id": 1, "method": wire.MethodGetOzone, "params": []any{wire.OzoneParams{Wallet: wallet}},
	}, &r)
	return r.Result.Ozone
}

// prepay buys ozone for the wallet of key with one STOS of its own.
func (u *up) prepay(key stratos.PrivateKey) {
	u.t.Helper()
	address := key.Address().String()
	var raw map[string]map[string]any
	getJSON(u.t, u.network.REST+"/cosmos/auth/v1beta1/accounts/"+address, &raw)
	text, err := json.Marshal(raw["account"])
	if err != nil {
		u.t.Fatal(err)
	}
	number, sequence := findNumber(text, "account_number"), findNumber(text, "sequence")
	tx := signPrepay(u.t, key, number, sequence)
	var answer struct {
		Result struct {
			Code int
			Log  string
		}
	}
	postJSON(u.t, u.network.RPC, map[string]any{
		"jsonrpc": "2.0", "id": 1, "method": "broadcast_tx_sync", "params": map[string]string{"tx": base64.StdEncoding.EncodeToString(tx)},
	}, &answer)
	if answer.Result.Code != 0 {
		u.t.Fatalf("prepay: %+v", answer)
	}
}

// findNumber finds a member "name":"123" at any depth.
func findNumber(text []byte, name string) uint64 {
	_, rest, _ := strings.Cut(string(text), `"`+name+`":"`)
	digits, _, _ := strings.Cut(rest, `"`)
	n, _ := strconv.ParseUint(digits, 10, 64)
	return n
}

func signPrepay(t *testing.T, key stratos.PrivateKey, number, sequence uint64) []byte {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	wei := func(n int64) sdk.Coins {
		return sdk.NewCoins(sdk.NewCoin(stratos.Wei, math.NewInt(n).Mul(math.NewInt(1e9))))
	}
	address, public := key.Address().String(), key.Public()
	message, err := codectypes.NewAnyWithValue(&sds.MsgPrepay{Sender: address, Beneficiary: address, Amount: wei(1e9)})
	must(err)
	packed, err := codectypes.NewAnyWithValue(&ethsecp256k1.PubKey{Key: public[:]})
	must(err)
	body := txtypes.TxBody{Messages: []*codectypes.Any{message}}
	auth := txtypes.AuthInfo{
		SignerInfos: []*txtypes.SignerInfo{{
			PublicKey: packed, Sequence: sequence,
			ModeInfo: &txtypes.ModeInfo{Sum: &txtypes.ModeInfo_Single_{
				Single: &txtypes.ModeInfo_Single{Mode: signing.SignMode_SIGN_MODE_DIRECT},
			}},
		}},
		Fee: &txtypes.Fee{Amount: wei(300_000), GasLimit: 300_000},
	}
	bodyBytes, err := body.Marshal()
	must(err)
	authBytes, err := auth.Marshal()
	must(err)
	doc := txtypes.SignDoc{BodyBytes: bodyBytes, AuthInfoBytes: authBytes, ChainId: "stratos-local-1", AccountNumber: number}
	signed, err := doc.Marshal()
	must(err)
	raw, err := (&txtypes.TxRaw{BodyBytes: bodyBytes, AuthInfoBytes: authBytes, Signatures: [][]byte{key.Sign(signed)}}).Marshal()
	must(err)
	return raw
}

func (u *up) awaitOzone(wallet string) string {
	u.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if oz := u.ozone(wallet); oz != "0" {
			n, ok := new(big.Int).SetString(oz, 10)
			if !ok || n.Cmp(big.NewInt(9e11)) < 0 || n.Cmp(big.NewInt(11e11)) > 0 {
				u.t.Errorf("one STOS bought %s noz", oz)
			}
			return oz
		}
	}
	u.t.Fatal("the bought ozone does not come")
	return ""
}
