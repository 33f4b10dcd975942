package chain

import (
	"bytes"
	"testing"

	bankv1beta1 "cosmossdk.io/api/cosmos/bank/v1beta1"
	basev1beta1 "cosmossdk.io/api/cosmos/base/v1beta1"
	signingv1beta1 "cosmossdk.io/api/cosmos/tx/signing/v1beta1"
	txv1beta1 "cosmossdk.io/api/cosmos/tx/v1beta1"
	sdsv1 "github.com/stratosnet/stratos-chain/api/stratos/sds/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func coins(a stratos.Amount) []*basev1beta1.Coin {
	return []*basev1beta1.Coin{{Denom: stratos.Wei, Amount: a.String()}}
}

func txBodyOf(p Preview) *txv1beta1.TxBody {
	return &txv1beta1.TxBody{Messages: []*anypb.Any{{TypeUrl: p.Message.Type(), Value: p.Message.encode()}}}
}

func authOf(p Preview) *txv1beta1.AuthInfo {
	return &txv1beta1.AuthInfo{Fee: &txv1beta1.Fee{Amount: coins(p.Fee), GasLimit: p.Gas}}
}

// oracle encodes with generated types.
func oracle(t *rapid.T, m proto.Message) []byte {
	out, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func drawMessage(t *rapid.T, from, to stratos.Address) (Message, []byte) {
	amount := stratos.WeiAmount(rapid.Uint64().Draw(t, "amount"))
	switch rapid.IntRange(0, 1).Draw(t, "type") {
	case 0:
		return Prepay{from, to, amount}, oracle(t, &sdsv1.MsgPrepay{Sender: from.String(), Beneficiary: to.String(), Amount: coins(amount)})
	default:
		return Transfer{from, to, amount}, oracle(t, &bankv1beta1.MsgSend{FromAddress: from.String(), ToAddress: to.String(), Amount: coins(amount)})
	}
}

// The bytes written by hand are those of the generated types, for random
// transactions.
func TestAgainstGeneratedTypes(t *testing.T) {
	key, other := vectorKey(t, 0), vectorKey(t, 1)
	rapid.Check(t, func(t *rapid.T) {
		m, value := drawMessage(t, key.Address(), other.Address())
		u := unsigned{
			message: m, public: key.Public(), memo: rapid.StringN(0, 30, 256).Draw(t, "memo"),
			timeout: rapid.Uint64().Draw(t, "timeout"), account: rapid.Uint64().Draw(t, "account"),
			sequence: rapid.Uint64().Draw(t, "sequence"), gas: rapid.Uint64().Draw(t, "gas"),
			fee: stratos.WeiAmount(rapid.Uint64().Draw(t, "fee")),
		}
		chainID := rapid.StringMatching(`[a-z]{1,10}-[0-9]{1,3}`).Draw(t, "chain")
		body := oracle(t, &txv1beta1.TxBody{Messages: []*anypb.Any{{TypeUrl: m.Type(), Value: value}}, Memo: u.memo, TimeoutHeight: u.timeout})
		public := append([]byte{0x0a, 33}, u.public[:]...)
		mode := &txv1beta1.ModeInfo_Single{Mode: signingv1beta1.SignMode_SIGN_MODE_DIRECT}
		auth := oracle(t, &txv1beta1.AuthInfo{
			SignerInfos: []*txv1beta1.SignerInfo{{
				PublicKey: &anypb.Any{TypeUrl: stratos.PubKeyType, Value: public},
				ModeInfo:  &txv1beta1.ModeInfo{Sum: &txv1beta1.ModeInfo_Single_{Single: mode}}, Sequence: u.sequence,
			}},
			Fee: &txv1beta1.Fee{Amount: coins(u.fee), GasLimit: u.gas},
		})
		doc := oracle(t, &txv1beta1.SignDoc{BodyBytes: body, AuthInfoBytes: auth, ChainId: chainID, AccountNumber: u.account})
		if got := u.signBytes(chainID); !bytes.Equal(got, doc) {
			t.Fatalf("sign bytes\n%x, want\n%x", got, doc)
		}
		tx := u.sign(chainID, key)
		want := oracle(t, &txv1beta1.TxRaw{BodyBytes: body, AuthInfoBytes: auth, Signatures: [][]byte{key.Sign(doc)}})
		if !bytes.Equal(tx.raw, want) || tx.hash != hashOf(want) {
			t.Fatalf("transaction\n%x, want\n%x", tx.raw, want)
		}
	})
}
