package message

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Mode is how a transaction is signed.
type Mode uint64

// Modes, with the numbers of the chain. Programs sign Direct; Amino is for
// devices that show nothing else.
const (
	Direct Mode = 1
	Amino  Mode = 127
)

// SignatureSize is what [stratos.PrivateKey.Sign] returns.
const SignatureSize = 65

// Envelope is everything that the signature of a transaction covers.
type Envelope struct {
	ChainID  string
	Account  uint64 // number of the signer's account
	Sequence uint64
	Message  Message // or a Batch
	Memo     string
	Timeout  uint64 // last height that may include it; 0 for none
	Public   stratos.PublicKey
	Gas      uint64 // limit
	Fee      stratos.Amount
	Mode     Mode // 0 means Direct
}

// mode is the mode with its default.
func (e *Envelope) mode() Mode {
	if e.Mode == 0 {
		return Direct
	}
	return e.Mode
}

// body is the TxBody.
func (e *Envelope) body() []byte {
	var messages []byte
	for _, m := range Parts(e.Message) {
		messages = append(messages, packed(1, m.Type(), encode(m.fields()))...)
	}
	return join(messages, raw(2, []byte(e.Memo)), varint(3, e.Timeout))
}

// authInfo is the AuthInfo: who signs how, and the fee.
func (e *Envelope) authInfo() []byte {
	single := nested(1, varint(1, uint64(e.mode())))
	signer := nested(1, packed(1, stratos.PubKeyType, raw(1, e.Public[:])), nested(2, single), varint(3, e.Sequence))
	return join(signer, nested(2, protoCoin(1, e.Fee), varint(2, e.Gas)))
}

// SignBytes returns what is signed: the SignDoc of SIGN_MODE_DIRECT, or the
// amino JSON.
func (e *Envelope) SignBytes() []byte {
	if e.mode() == Amino {
		return e.aminoBytes()
	}
	return join(raw(1, e.body()), raw(2, e.authInfo()), raw(3, []byte(e.ChainID)), varint(4, e.Account))
}

func (e *Envelope) aminoBytes() []byte {
	var messages []any
	for _, m := range Parts(e.Message) {
		messages = append(messages, map[string]any{"type": m.amino(), "value": object(m.fields())})
	}
	doc := map[string]any{
		"account_number": strconv.FormatUint(e.Account, 10),
		"chain_id":       e.ChainID,
		"fee":            map[string]any{"amount": []jsonCoin{{e.Fee.String(), stratos.Wei}}, "gas": strconv.FormatUint(e.Gas, 10)},
		"memo":           e.Memo,
		"msgs":           messages,
		"sequence":       strconv.FormatUint(e.Sequence, 10),
	}
	if e.Timeout != 0 {
		doc["timeout_height"] = strconv.FormatUint(e.Timeout, 10)
	}
	return sorted(doc)
}

// Encode returns the TxRaw with a signature of SignBytes.
func (e *Envelope) Encode(signature []byte) []byte {
	return join(raw(1, e.body()), raw(2, e.authInfo()), raw(3, signature))
}

// Sign returns the transaction and its hash. The nonce follows RFC 6979, so
// equal content has an equal hash.
func (e *Envelope) Sign(key stratos.PrivateKey) (tx []byte, hash string) {
	tx = e.Encode(key.Sign(e.SignBytes()))
	return tx, Hash(tx)
}

// Hash names a transaction as the chain does: upper-case hex of SHA-256.
func Hash(tx []byte) string {
	sum := sha256.Sum256(tx)
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}
