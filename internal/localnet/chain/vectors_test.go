package chain

import (
	"encoding/hex"
	"strings"
	"testing"

	"cosmossdk.io/log"
	txsigning "cosmossdk.io/x/tx/signing"
	dbm "github.com/cosmos/cosmos-db"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
)

// Every transaction of the vectors that this chain knows is read, and its
// signature is verified in the way of the ante handler.
func TestVectorTransactions(t *testing.T) {
	var vectors struct {
		Txs []struct {
			Name     string `json:"name"`
			ChainID  string `json:"chain_id"`
			Number   uint64 `json:"account_number"`
			Sequence uint64 `json:"sequence"`
			Raw      string `json:"tx_bytes_hex"`
			Mode     string `json:"sign_mode"`
		} `json:"txs"`
	}
	readVectors(t, &vectors)
	a, err := newApp(dbm.NewMemDB(), keys{}, Periods{}, sdk.ConsAddress(make([]byte, 20)), log.NewNopLogger())
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, v := range vectors.Txs {
		raw, err := hex.DecodeString(v.Raw)
		if err != nil {
			t.Fatal(err)
		}
		tx, err := a.txConfig.TxDecoder()(raw)
		if err != nil {
			t.Fatalf("%s: %v", v.Name, err)
		}
		signatures, err := tx.(authsigning.SigVerifiableTx).GetSignaturesV2()
		if err != nil {
			t.Fatal(err)
		}
		one := signatures[0]
		data := txsigning.SignerData{
			Address: sdk.AccAddress(one.PubKey.Address()).String(), ChainID: v.ChainID,
			AccountNumber: v.Number, Sequence: v.Sequence,
		}
		adapted := tx.(authsigning.V2AdaptableTx).GetSigningTxData()
		err = authsigning.VerifySignature(t.Context(), one.PubKey, data, one.Data, a.txConfig.SignModeHandler(), adapted)
		if err != nil {
			t.Errorf("%s %s: %v", v.Name, v.Mode, err)
		}
		data.AccountNumber++
		if authsigning.VerifySignature(t.Context(), one.PubKey, data, one.Data, a.txConfig.SignModeHandler(), adapted) == nil {
			t.Errorf("%s %s: verified with another account number", v.Name, v.Mode)
		}
		if mode := one.Data.(*signing.SingleSignatureData).SignMode.String(); mode != v.Mode {
			t.Errorf("%s: mode %s", v.Name, mode)
		}
		checked++
	}
	if checked < 6 {
		t.Errorf("only %d transactions checked", checked)
	}
}

// A text of coins is read as the real chain's command line reads it, and so is
// the amount in the question for a price.
func TestVectorCoins(t *testing.T) {
	var vectors struct {
		Coins map[string]string `json:"parse_coins_cli"`
	}
	readVectors(t, &vectors)
	c := common(t)
	for text, want := range vectors.Coins {
		coins, err := sdk.ParseCoinsNormalized(text)
		if message, refused := strings.CutPrefix(want, "ERR "); refused {
			if err == nil || !strings.HasPrefix(err.Error(), strings.SplitAfter(message, ":")[0]) {
				t.Errorf("%q: %v, on the real chain %s", text, err, message)
			}
			continue
		}
		if err != nil || coins.String() != want {
			t.Errorf("%q is %s, %v, on the real chain %s", text, coins, err, want)
		}
	}
	var wei, stos struct{ Noz string }
	c.get(t, "/stratos/sds/v1/sim_prepay/1500000000000000000wei", &wei)
	c.get(t, "/stratos/sds/v1/sim_prepay/1.5stos", &stos)
	if wei.Noz != stos.Noz || len(stos.Noz) < 10 {
		t.Errorf("1.5 STOS buy %s noz, the same in wei %s", stos.Noz, wei.Noz)
	}
}
