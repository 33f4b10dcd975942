package chain

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	signingv1beta1 "cosmossdk.io/api/cosmos/tx/signing/v1beta1"
	txv1beta1 "cosmossdk.io/api/cosmos/tx/v1beta1"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/types/known/anypb"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// signatureSize is what [stratos.PrivateKey.Sign] returns.
const signatureSize = 65

// unsigned is everything a signature covers, except the chain id.
type unsigned struct {
	message  Message
	memo     string
	timeout  uint64 // last height that may include it; 0 for none
	public   stratos.PublicKey
	account  uint64
	sequence uint64
	gas      uint64
	fee      stratos.Amount
}

// signedTx is a transaction ready to be broadcast.
type signedTx struct {
	unsigned
	raw  []byte
	hash string // upper-case hex of SHA-256, as the chain names it
}

func (u *unsigned) body() ([]byte, error) {
	packed, err := pack(u.message)
	if err != nil {
		return nil, err
	}
	return marshal(&txv1beta1.TxBody{Messages: []*anypb.Any{packed}, Memo: u.memo, TimeoutHeight: u.timeout})
}

func (u *unsigned) authInfo() ([]byte, error) {
	mode := &txv1beta1.ModeInfo_Single{Mode: signingv1beta1.SignMode_SIGN_MODE_DIRECT}
	return marshal(&txv1beta1.AuthInfo{
		SignerInfos: []*txv1beta1.SignerInfo{{
			PublicKey: packPublicKey(u.public),
			ModeInfo:  &txv1beta1.ModeInfo{Sum: &txv1beta1.ModeInfo_Single_{Single: mode}},
			Sequence:  u.sequence,
		}},
		Fee: &txv1beta1.Fee{Amount: coins(u.fee), GasLimit: u.gas},
	})
}

func packPublicKey(p stratos.PublicKey) *anypb.Any {
	value := protowire.AppendTag(nil, 1, protowire.BytesType)
	return &anypb.Any{TypeUrl: stratos.PubKeyType, Value: protowire.AppendBytes(value, p[:])}
}

// signBytes is the SignDoc of SIGN_MODE_DIRECT.
func (u *unsigned) signBytes(chainID string) ([]byte, error) {
	body, err := u.body()
	if err != nil {
		return nil, err
	}
	auth, err := u.authInfo()
	if err != nil {
		return nil, err
	}
	return marshal(&txv1beta1.SignDoc{BodyBytes: body, AuthInfoBytes: auth, ChainId: chainID, AccountNumber: u.account})
}

// sign makes the transaction. The nonce follows RFC 6979, so equal content
// has an equal hash.
func (u *unsigned) sign(chainID string, key stratos.PrivateKey) (*signedTx, error) {
	doc, err := u.signBytes(chainID)
	if err != nil {
		return nil, err
	}
	raw, err := u.encode(key.Sign(doc))
	if err != nil {
		return nil, err
	}
	return &signedTx{unsigned: *u, raw: raw, hash: hashOf(raw)}, nil
}

// encode is the TxRaw with the given signature.
func (u *unsigned) encode(signature []byte) ([]byte, error) {
	body, err := u.body()
	if err != nil {
		return nil, err
	}
	auth, err := u.authInfo()
	if err != nil {
		return nil, err
	}
	return marshal(&txv1beta1.TxRaw{BodyBytes: body, AuthInfoBytes: auth, Signatures: [][]byte{signature}})
}

func hashOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}
