// Package ethsecp256k1 is the key type of the chain in the form that a Cosmos
// SDK application wants. The arithmetic is that of package stratos.
package ethsecp256k1

import (
	"crypto/subtle"
	"encoding/hex"

	cmtcrypto "github.com/cometbft/cometbft/crypto"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// KeyType is the name of the algorithm, as key stores write it.
const KeyType = "eth_secp256k1"

var (
	_ cryptotypes.PubKey  = (*PubKey)(nil)
	_ cryptotypes.PrivKey = (*PrivKey)(nil)
)

// Address returns the account of the key: the last 20 bytes of the Keccak-256
// hash of the point. It is nil when the bytes are not a point.
func (k *PubKey) Address() cryptotypes.Address {
	public, err := stratos.ParsePublicKey(k.Key)
	if err != nil {
		return nil
	}
	address := public.Address()
	return cmtcrypto.Address(address[:])
}

// Bytes returns the compressed point.
func (k *PubKey) Bytes() []byte { return k.Key }

// VerifySignature tells whether signature, 64 or 65 bytes with low s, is one
// over the Keccak-256 hash of message.
func (k *PubKey) VerifySignature(message, signature []byte) bool {
	public, err := stratos.ParsePublicKey(k.Key)
	return err == nil && public.Verify(message, signature)
}

// Equals tells whether other is the same key of the same type.
func (k *PubKey) Equals(other cryptotypes.PubKey) bool {
	return k.Type() == other.Type() && subtle.ConstantTimeCompare(k.Key, other.Bytes()) == 1
}

// Type returns [KeyType].
func (k *PubKey) Type() string { return KeyType }

// String shows the compressed point in hexadecimal.
func (k *PubKey) String() string { return "EthSecp256k1PubKey{" + hex.EncodeToString(k.Key) + "}" }

// Bytes returns the secret scalar itself.
func (k *PrivKey) Bytes() []byte { return k.Key }

// Sign returns r, s and v over the Keccak-256 hash of message.
func (k *PrivKey) Sign(message []byte) ([]byte, error) {
	key, err := stratos.NewPrivateKey(k.Key)
	if err != nil {
		return nil, err
	}
	defer key.Wipe()
	return key.Sign(message), nil
}

// PubKey returns the public half. It panics when the bytes are not a scalar of
// the curve, as the interface leaves no other way to refuse them.
func (k *PrivKey) PubKey() cryptotypes.PubKey {
	key, err := stratos.NewPrivateKey(k.Key)
	if err != nil {
		panic(err)
	}
	defer key.Wipe()
	public := key.Public()
	return &PubKey{Key: public[:]}
}

// Equals tells whether other is the same key of the same type.
func (k *PrivKey) Equals(other cryptotypes.LedgerPrivKey) bool {
	return k.Type() == other.Type() && subtle.ConstantTimeCompare(k.Key, other.Bytes()) == 1
}

// Type returns [KeyType].
func (k *PrivKey) Type() string { return KeyType }

// String never shows the secret.
func (k *PrivKey) String() string { return "EthSecp256k1PrivKey{hidden}" }

// RegisterInterfaces makes accounts and transactions that hold such keys
// readable.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*cryptotypes.PubKey)(nil), &PubKey{})
	registry.RegisterImplementations((*cryptotypes.PrivKey)(nil), &PrivKey{})
}

// RegisterLegacyAminoCodec registers the amino names of the real chain.
func RegisterLegacyAminoCodec(amino *codec.LegacyAmino) {
	amino.RegisterConcrete(&PubKey{}, "stratos/PubKeyEthSecp256k1", nil)
	amino.RegisterConcrete(&PrivKey{}, "stratos/PrivKeyEthSecp256k1", nil)
}
