package chain

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// modeDirect is SIGN_MODE_DIRECT.
const modeDirect = 1

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

// body is the TxBody.
func (u *unsigned) body() []byte {
	return message(packed(1, u.message.Type(), u.message.encode()), text(2, u.memo), number(3, u.timeout))
}

// authInfo is the AuthInfo: who signs how, and the fee.
func (u *unsigned) authInfo() []byte {
	single := nested(1, number(1, modeDirect))
	signer := nested(1, packed(1, stratos.PubKeyType, raw(1, u.public[:])), nested(2, single), number(3, u.sequence))
	return message(signer, nested(2, coin(1, u.fee), number(2, u.gas)))
}

// signBytes is the SignDoc of SIGN_MODE_DIRECT.
func (u *unsigned) signBytes(chainID string) []byte {
	return message(raw(1, u.body()), raw(2, u.authInfo()), text(3, chainID), number(4, u.account))
}

// encode is the TxRaw with the given signature.
func (u *unsigned) encode(signature []byte) []byte {
	return message(raw(1, u.body()), raw(2, u.authInfo()), raw(3, signature))
}

// sign makes the transaction. The nonce follows RFC 6979, so equal content
// has an equal hash.
func (u *unsigned) sign(chainID string, key stratos.PrivateKey) *signedTx {
	bytes := u.encode(key.Sign(u.signBytes(chainID)))
	return &signedTx{unsigned: *u, raw: bytes, hash: hashOf(bytes)}
}

func hashOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}
