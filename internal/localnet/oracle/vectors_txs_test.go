package oracle

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"regexp"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// laterMembers are what this SDK shows of a body and the real chain does not.
var laterMembers = regexp.MustCompile(`"unordered":false,"timeout_timestamp":null,`)

var signModes = map[string]message.Mode{"SIGN_MODE_DIRECT": message.Direct, "SIGN_MODE_LEGACY_AMINO_JSON": message.Amino}

// key is the private key of the vectors with this place.
func (v *vectors) key(index int) stratos.PrivateKey {
	raw, err := hex.DecodeString(v.at("keys").list()[index].of("private_key_hex").text())
	ok(v.t, err)
	key, err := stratos.NewPrivateKey(raw)
	ok(v.t, err)
	return key
}

// checkTransactions makes the signed transactions again, byte by byte, and
// reads them as the SDK does.
func (v *vectors) checkTransactions(s *sdkSigner) {
	key := v.key(0)
	for _, p := range v.at("txs").list() {
		name, content := p.of("name").text(), p.of("tx_json")
		body, fee := content.of("body"), content.of("auth_info").of("fee")
		e := message.Envelope{
			ChainID: p.of("chain_id").text(), Account: p.of("account_number").number(), Sequence: p.of("sequence").number(),
			Message: wish(body.of("messages").list()[0]), Memo: body.of("memo").text(), Public: key.Public(),
			Gas: fee.of("gas_limit").number(), Fee: reader{fee}.wei("amount"), Mode: signModes[p.of("sign_mode").text()],
		}
		if e.Message == nil || e.Message.Check() != nil {
			v.t.Errorf("%s cannot be sent", name)
			continue
		}
		p.of("sign_bytes_hex").is(hex.EncodeToString(e.SignBytes()))
		if p.has("sign_bytes_utf8") {
			p.of("sign_bytes_utf8").is(string(e.SignBytes()))
		}
		p.of("sign_hash_keccak256_hex").is(hex.EncodeToString(stratos.Keccak256(e.SignBytes())))
		signature := key.Sign(e.SignBytes())
		p.of("signature_hex").is(hex.EncodeToString(signature))
		p.of("signature_base64").is(base64.StdEncoding.EncodeToString(signature))
		raw, hash := e.Sign(key)
		p.of("tx_bytes_hex").is(hex.EncodeToString(raw))
		p.of("tx_bytes_base64").is(base64.StdEncoding.EncodeToString(raw))
		p.of("tx_hash").is(hash)
		tx, err := s.config.TxDecoder()(raw)
		ok(v.t, err)
		asJSON, err := s.config.TxJSONEncoder()(tx)
		ok(v.t, err)
		content.like(laterMembers.ReplaceAll(asJSON, nil))
	}
}

// checkVariants verifies what the chain took and what it refused of one
// signature.
func (v *vectors) checkVariants() {
	first, public := v.at("txs").list()[0], v.key(0).Public()
	signed, err := hex.DecodeString(first.of("sign_bytes_hex").text())
	ok(v.t, err)
	p := v.at("signature_variants")
	p.of("of").is("first MsgSend DIRECT vector")
	for name, want := range map[string]bool{"accepted_64_bytes": true, "accepted_any_last_byte": true, "rejected_high_s_64_bytes": false} {
		signature, err := hex.DecodeString(p.of(name).text())
		ok(v.t, err)
		if got := public.Verify(signed, signature); got != want {
			v.t.Errorf("%s: %v", name, got)
		}
	}
}

// rebuilt are the recorded transactions that are made again, by what made them:
// the wallet, or the SDK for those that no wallet sends.
type rebuilt map[string]string

// checkRecorded makes every recorded transaction again: its hash is that of the
// bytes, so equal hashes are equal transactions, signature included.
func (v *vectors) checkRecorded(s *sdkSigner) rebuilt {
	made := rebuilt{}
	for name, r := range v.at("recorded_txs").members() {
		by := v.rebuild(s, r)
		if by == "" {
			v.t.Errorf("%s: no transaction with hash %s was found", name, r.of("txhash").text())
		}
		made[name] = by
	}
	return made
}

// maxAccount is past the last account number of the recorded net.
const maxAccount = 40

func (v *vectors) rebuild(s *sdkSigner, r page) (by string) {
	hash, signer := r.of("txhash").text(), r.of("signer_infos").list()[0]
	if signer.of("public_key").of("@type").text() != stratos.PubKeyType {
		return v.stranger(s, r, signer)
	}
	key := v.signerOf(signer)
	if e, known := v.envelope(r, signer, key); known {
		for e.Account = range uint64(maxAccount) {
			if _, got := e.Sign(key); got == hash {
				return "wallet"
			}
		}
	}
	return v.bySDK(s, r, signer, key)
}

// signerOf finds the private key of a recorded public key.
func (v *vectors) signerOf(signer page) stratos.PrivateKey {
	want := signer.of("public_key").of("key").text()
	for i := range v.at("keys").list() {
		key := v.key(i)
		if public := key.Public(); base64.StdEncoding.EncodeToString(public[:]) == want {
			return key
		}
	}
	v.t.Fatalf("nobody has the key %s", want)
	return stratos.PrivateKey{}
}

// envelope is a recorded transaction in the wallet's words; known is false when
// the wallet has no words for it.
func (v *vectors) envelope(r, signer page, key stratos.PrivateKey) (e message.Envelope, known bool) {
	var batch message.Batch
	for _, p := range r.of("messages").list() {
		m := wish(p)
		if m == nil {
			return e, false
		}
		batch = append(batch, m)
	}
	ok(v.t, batch.Check())
	fee := r.of("fee")
	fee.of("payer").is("")
	fee.of("granter").is("")
	return message.Envelope{
		ChainID: "stratos-local-1", Sequence: signer.of("sequence").number(), Message: batch, Memo: r.of("memo").text(), Public: key.Public(),
		Gas: fee.of("gas_limit").number(), Fee: reader{fee}.wei("amount"), Mode: signModes[signer.of("mode_info").of("single").of("mode").text()],
	}, true
}

// bySDK tries the forms that no wallet sends: other messages, a signature of 64
// bytes, a tip.
func (v *vectors) bySDK(s *sdkSigner, r, signer page, key stratos.PrivateKey) string {
	hash := r.of("txhash").text()
	//lint:ignore SA1019 the real chain took a transaction with one
	for _, tip := range []*txtypes.Tip{nil, {Amount: sdk.Coins{sdk.NewInt64Coin(stratos.Wei, 1)}, Tipper: key.Address().String()}} {
		body, auth := v.parts(s, r, signer, tip)
		for number := range uint64(maxAccount) {
			doc, err := (&txtypes.SignDoc{BodyBytes: body, AuthInfoBytes: auth, ChainId: "stratos-local-1", AccountNumber: number}).Marshal()
			ok(v.t, err)
			signature := key.Sign(doc)
			for _, size := range []int{65, 64} {
				raw, err := (&txtypes.TxRaw{BodyBytes: body, AuthInfoBytes: auth, Signatures: [][]byte{signature[:size]}}).Marshal()
				ok(v.t, err)
				if message.Hash(raw) == hash {
					return "SDK"
				}
			}
		}
	}
	return ""
}

// parts are the encoded body and AuthInfo of a recorded transaction.
//
//lint:ignore SA1019 one of them has a tip
func (v *vectors) parts(s *sdkSigner, r, signer page, tip *txtypes.Tip) (body, auth []byte) {
	b := &txtypes.TxBody{Memo: r.of("memo").text()}
	for _, m := range r.of("messages").list() {
		var msg sdk.Msg
		ok(v.t, s.cdc.UnmarshalInterfaceJSON(m.raw(), &msg))
		packed, err := codectypes.NewAnyWithValue(msg)
		ok(v.t, err)
		b.Messages = append(b.Messages, packed)
	}
	info, fee := &txtypes.SignerInfo{}, &txtypes.Fee{}
	ok(v.t, s.cdc.UnmarshalJSON(signer.raw(), info))
	ok(v.t, s.cdc.UnmarshalJSON(r.of("fee").raw(), fee))
	body, err := b.Marshal()
	ok(v.t, err)
	auth, err = (&txtypes.AuthInfo{SignerInfos: []*txtypes.SignerInfo{info}, Fee: fee, Tip: tip}).Marshal()
	ok(v.t, err)
	return body, auth
}

// stranger is a transaction of a plain Cosmos key, which nobody here has: its
// signer must be who the message says.
func (v *vectors) stranger(s *sdkSigner, r, signer page) string {
	info := &txtypes.SignerInfo{}
	ok(v.t, s.cdc.UnmarshalJSON(signer.raw(), info))
	public, has := info.PublicKey.GetCachedValue().(cryptotypes.PubKey)
	from := reader{r.of("messages").list()[0]}.account("from_address")
	if !has || info.ModeInfo.GetSingle().Mode != signing.SignMode_SIGN_MODE_DIRECT || !bytes.Equal(public.Address(), from[:]) {
		return ""
	}
	r.of("messages").raw()
	r.of("fee").raw()
	return "nobody"
}
