package oracle

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"testing"

	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/crypto/hd"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	bip39 "github.com/cosmos/go-bip39"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/ethsecp256k1"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// derived is the key at a path, as the SDK derives it.
func derived(t testing.TB, words, passphrase, path string) []byte {
	t.Helper()
	master, chain := hd.ComputeMastersFromSeed(bip39.NewSeed(words, passphrase))
	raw, err := hd.DerivePrivateKeyForPath(master, chain, path)
	ok(t, err)
	return raw
}

func (v *vectors) checkKeys(s *sdkSigner) {
	words := v.at("mnemonic").text()
	for _, k := range v.at("keys").list() {
		raw := derived(v.t, words, k.of("bip39_passphrase").text(), k.of("path").text())
		k.of("private_key_hex").is(hex.EncodeToString(raw))
		if k.of("algo").text() == "secp256k1" {
			v.checkCosmosKey(s, k, &secp256k1.PrivKey{Key: raw})
			continue
		}
		key, err := stratos.NewPrivateKey(raw)
		ok(v.t, err)
		public := key.Public()
		k.of("eth_address").is(key.Address().Hex())
		k.of("st").is(key.Address().String())
		k.of("stvaloper").is(key.Address().Validator())
		k.of("stpub_raw").is(public.String())
		v.checkPublic(s, k, &ethsecp256k1.PubKey{Key: public[:]})
		for index := range uint32(6) {
			if k.of("path").text() == keys.PathOf(index) {
				mine, err := keys.FromWords([]byte(words), []byte(k.of("bip39_passphrase").text()), index)
				ok(v.t, err)
				k.of("private_key_hex").is(hex.EncodeToString(mine.Bytes()))
			}
		}
	}
}

// checkPublic compares every form of a public key.
func (v *vectors) checkPublic(s *sdkSigner, k page, public cryptotypes.PubKey) {
	k.of("pubkey_compressed_hex").is(hex.EncodeToString(public.Bytes()))
	k.of("address_hex").is(hex.EncodeToString(public.Address()))
	asJSON, err := s.cdc.MarshalInterfaceJSON(public)
	ok(v.t, err)
	k.of("pubkey_json").like(asJSON)
	amino := codec.NewLegacyAmino()
	amino.RegisterInterface((*cryptotypes.PubKey)(nil), nil)
	amino.RegisterConcrete(&secp256k1.PubKey{}, secp256k1.PubKeyName, nil)
	ethsecp256k1.RegisterLegacyAminoCodec(amino)
	raw, err := amino.Marshal(public)
	ok(v.t, err)
	k.of("amino_pubkey_hex").is(hex.EncodeToString(raw))
	k.of("stpub_amino").is(stratos.EncodeBech32(stratos.PrefixPubKey, raw))
}

// checkCosmosKey is for a key that the chain accepts and this wallet does not
// make.
func (v *vectors) checkCosmosKey(s *sdkSigner, k page, key cryptotypes.PrivKey) {
	public := key.PubKey()
	v.checkPublic(s, k, public)
	k.of("st").is(sdk.AccAddress(public.Address()).String())
	k.of("stvaloper").is(sdk.ValAddress(public.Address()).String())
	k.of("stpub_raw").is(stratos.EncodeBech32(stratos.PrefixPubKey, public.Bytes()))
}

func (v *vectors) checkNodeKey() {
	k := v.at("p2p_key")
	raw := derived(v.t, v.at("mnemonic").text(), "", k.of("path").text())
	k.of("secp256k1_private_key_hex").is(hex.EncodeToString(raw))
	seed := sha256.Sum256(raw)
	k.of("ed25519_seed_hex").is(hex.EncodeToString(seed[:]))
	public := ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey)
	k.of("ed25519_pubkey_hex").is(hex.EncodeToString(public))
	k.of("stsds").is(stratos.NodeAddressOf(public).String())
	k.of("stsdspub").is(stratos.EncodeBech32(stratos.PrefixNodeKey, public))
}

func (v *vectors) checkKeyFile() {
	k := v.at("keystore")
	found, err := keys.Import(k.of("file").raw(), []byte(k.of("password").text()))
	ok(v.t, err)
	key, err := found.Key()
	ok(v.t, err)
	k.of("private_key_hex").is(hex.EncodeToString(key.Bytes()))
	k.of("file_name").is(found.Address.String() + ".json")
	var file struct{ Address, Name string }
	ok(v.t, json.Unmarshal(k.of("file").raw(), &file))
	if file.Name != found.Name || file.Address != hex.EncodeToString(found.Address[:]) {
		v.t.Errorf("the file is of %s %s, read as %s %s", file.Name, file.Address, found.Name, found.Address)
	}
	k.of("plaintext_msgpack_hex").is(hex.EncodeToString(nodeKeyText(found, key)))
}

// nodeKeyText is what a key file of a node holds: four texts by name.
func nodeKeyText(found *keys.Imported, key stratos.PrivateKey) []byte {
	text := []byte{0x84}
	for _, part := range []struct {
		name  string
		value []byte
	}{
		{"HdPath", []byte(keys.PathOf(found.Index))}, {"Mnemonic", found.Words}, {"Passphrase", found.Passphrase}, {"PrivKey", key.Bytes()},
	} {
		text = append(append(text, 0xa0|byte(len(part.name))), part.name...)
		text = append(append(text, 0xc4, byte(len(part.value))), part.value...)
	}
	return text
}

func (v *vectors) checkPrefixes() {
	raw, err := hex.DecodeString(v.at("keys").list()[0].of("address_hex").text())
	ok(v.t, err)
	for prefix, want := range v.at("same_20_bytes_under_every_prefix").members() {
		want.is(stratos.EncodeBech32(prefix, raw))
		if back, err := stratos.DecodeBech32(prefix, want.text()); err != nil || hex.EncodeToString(back) != hex.EncodeToString(raw) {
			v.t.Errorf("%s: %x, %v", want.text(), back, err)
		}
		if _, err := stratos.ParseAddress(want.text()); (err == nil) != (prefix == stratos.PrefixAccount) {
			v.t.Errorf("%s as an account: %v", want.text(), err)
		}
	}
}

// rlp encodes texts of bytes, and lists of them, as Ethereum does.
func rlp(item any) []byte {
	head := func(short byte, body []byte) []byte {
		if len(body) < 56 {
			return append([]byte{short + byte(len(body))}, body...)
		}
		size := big.NewInt(int64(len(body))).Bytes()
		return append(append([]byte{short + 55 + byte(len(size))}, size...), body...)
	}
	switch v := item.(type) {
	case []byte:
		if len(v) == 1 && v[0] < 0x80 {
			return v
		}
		return head(0x80, v)
	case uint64:
		return rlp(new(big.Int).SetUint64(v).Bytes())
	case *big.Int:
		return rlp(v.Bytes())
	}
	var body []byte
	for _, part := range item.([]any) {
		body = append(body, rlp(part)...)
	}
	return head(0xc0, body)
}

const gwei = uint64(1_000_000_000)

// ethereum is a payment of an Ethereum wallet with the same key: what is
// signed, and the transaction.
func ethereum(key stratos.PrivateKey, kind, chain, nonce, gas uint64, to stratos.Address, value *big.Int) (signed, tx []byte) {
	fields := []any{nonce, gwei, gas, to[:], value, []byte{}}
	if kind == 2 {
		fields = []any{chain, nonce, gwei, 2 * gwei, gas, to[:], value, []byte{}, []any{}}
		signed = append([]byte{2}, rlp(fields)...)
	} else {
		signed = rlp(append(fields[:6:6], chain, uint64(0), uint64(0)))
	}
	signature := key.Sign(signed)
	r, s, v := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:64]), uint64(signature[64])
	if kind == 2 {
		return signed, append([]byte{2}, rlp(append(fields, v, r, s))...)
	}
	return signed, rlp(append(fields, 2*chain+35+v, r, s))
}

func hexOf(raw []byte) string { return "0x" + hex.EncodeToString(raw) }

// checkEthereum makes the transactions of an Ethereum wallet again: the same
// key and the same account.
func (v *vectors) checkEthereum() {
	key := v.key(0)
	for _, e := range v.at("eth").list() {
		to, err := stratos.ParseAddress(e.of("to").text())
		ok(v.t, err)
		value, _ := new(big.Int).SetString(e.of("value").text(), 10)
		signed, tx := ethereum(key, e.of("type").number(), e.of("chain_id").number(), e.of("nonce").number(), e.of("gas").number(), to, value)
		e.of("sign_hash").is(hexOf(stratos.Keccak256(signed)))
		e.of("raw").is(hexOf(tx))
		e.of("hash").is(hexOf(stratos.Keccak256(tx)))
	}
}
