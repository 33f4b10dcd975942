package stratos

import (
	"errors"
	"fmt"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
	"github.com/decred/dcrd/dcrec/secp256k1/v4/ecdsa"
	"golang.org/x/crypto/sha3"
)

// PubKeyType is the type URL of a public key on the chain.
const PubKeyType = "/stratos.crypto.v1.ethsecp256k1.PubKey"

// ErrKey is wrapped by every error about bytes that are not a key.
var ErrKey = errors.New("not a secp256k1 key")

// PublicKey is a compressed secp256k1 point.
type PublicKey [33]byte

// PrivateKey is a secp256k1 key. Copies share the secret, so Wipe on any of
// them ends all.
type PrivateKey struct{ key *secp256k1.PrivateKey }

// NewPrivateKey makes a key of 32 bytes, a scalar in [1, n-1]. The bytes are
// copied; wiping raw is left to the caller.
func NewPrivateKey(raw []byte) (PrivateKey, error) {
	if len(raw) != 32 {
		return PrivateKey{}, fmt.Errorf("%w: wrong length", ErrKey)
	}
	var s secp256k1.ModNScalar
	if overflow := s.SetByteSlice(raw); overflow || s.IsZero() {
		s.Zero()
		return PrivateKey{}, fmt.Errorf("%w: out of range", ErrKey)
	}
	key := secp256k1.NewPrivateKey(&s)
	s.Zero()
	return PrivateKey{key}, nil
}

// Valid tells whether the key holds a secret (it was made and not wiped).
func (k PrivateKey) Valid() bool { return k.key != nil && !k.key.Key.IsZero() }

// Bytes returns the 32 secret bytes in a new slice, to be wiped by the caller.
func (k PrivateKey) Bytes() []byte { return k.key.Serialize() }

// Wipe overwrites the secret.
func (k PrivateKey) Wipe() {
	if k.key != nil {
		k.key.Zero()
	}
}

// Public returns the public key.
func (k PrivateKey) Public() PublicKey {
	return PublicKey(k.key.PubKey().SerializeCompressed())
}

// Address returns the account of the key.
func (k PrivateKey) Address() Address { return k.Public().Address() }

// Sign returns r, s and v (65 bytes, v 0 or 1) over the Keccak-256 hash of
// message: RFC 6979 nonce, low s.
func (k PrivateKey) Sign(message []byte) []byte {
	compact := ecdsa.SignCompact(k.key, Keccak256(message), false)
	return append(compact[1:], compact[0]-27) // v first becomes v last
}

// Shared returns the 32 bytes that only the holders of k and of the key behind p
// can work out (ECDH: the x coordinate of the common point), to be wiped by the
// caller. They are no key by themselves: derive one.
func (k PrivateKey) Shared(p PublicKey) ([]byte, error) {
	point, err := secp256k1.ParsePubKey(p[:])
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrKey, err)
	}
	return secp256k1.GenerateSharedSecret(k.key, point), nil
}

// ParsePublicKey reads a compressed point of 33 bytes.
func ParsePublicKey(raw []byte) (PublicKey, error) {
	if len(raw) != 33 {
		return PublicKey{}, fmt.Errorf("%w: wrong length", ErrKey)
	}
	if _, err := secp256k1.ParsePubKey(raw); err != nil {
		return PublicKey{}, fmt.Errorf("%w: %v", ErrKey, err)
	}
	return PublicKey(raw), nil
}

// ParsePublicKeyText reads stpub1... holding the bare 33 bytes.
func ParsePublicKeyText(text string) (PublicKey, error) {
	raw, err := DecodeBech32(PrefixPubKey, text)
	if err != nil {
		return PublicKey{}, err
	}
	return ParsePublicKey(raw)
}

// String returns the stpub1... form with the bare 33 bytes, as resource nodes
// want it.
func (p PublicKey) String() string { return EncodeBech32(PrefixPubKey, p[:]) }

// Address returns the account of the key. It panics when p is not a point;
// parsed keys always are.
func (p PublicKey) Address() Address {
	point, err := secp256k1.ParsePubKey(p[:])
	if err != nil {
		panic("stratos: " + err.Error())
	}
	hash := Keccak256(point.SerializeUncompressed()[1:])
	return Address(hash[12:])
}

// Verify tells whether signature, 64 or 65 bytes r, s (and v, not looked at),
// is a low-s signature of message by p.
func (p PublicKey) Verify(message, signature []byte) bool {
	if len(signature) != 64 && len(signature) != 65 {
		return false
	}
	point, err := secp256k1.ParsePubKey(p[:])
	if err != nil {
		return false
	}
	var r, s secp256k1.ModNScalar
	if r.SetByteSlice(signature[:32]) || s.SetByteSlice(signature[32:64]) || s.IsOverHalfOrder() {
		return false
	}
	return ecdsa.NewSignature(&r, &s).Verify(Keccak256(message), point)
}

// Recover returns the key that made signature, 65 bytes r, s (low) and v (0, 1,
// 27 or 28), over the Keccak-256 hash of message. The error wraps [ErrKey].
func Recover(message, signature []byte) (PublicKey, error) {
	if len(signature) != 65 {
		return PublicKey{}, fmt.Errorf("%w: signature of %d bytes", ErrKey, len(signature))
	}
	v := signature[64]
	if v >= 27 {
		v -= 27
	}
	if v > 1 {
		return PublicKey{}, fmt.Errorf("%w: signature ends with %d", ErrKey, signature[64])
	}
	point, _, err := ecdsa.RecoverCompact(append([]byte{v + 27}, signature[:64]...), Keccak256(message))
	if err != nil {
		return PublicKey{}, fmt.Errorf("%w: %v", ErrKey, err)
	}
	public := PublicKey(point.SerializeCompressed())
	if !public.Verify(message, signature) { // high s
		return PublicKey{}, fmt.Errorf("%w: signature with high s", ErrKey)
	}
	return public, nil
}

// Keccak256 is the original Keccak hash (padding 0x01) that Ethereum uses.
func Keccak256(parts ...[]byte) []byte {
	h := sha3.NewLegacyKeccak256()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}
