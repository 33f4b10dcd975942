package keys

import (
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

// hardened marks the steps of a path that are written with an apostrophe.
const hardened = 1 << 31

// CoinType is the SLIP-44 number of Stratos.
const CoinType = 606

// errDerivation is the chance of 2^-127 for which BIP-32 has no key.
var errDerivation = errors.New("this index has no key; use the next one")

// node is a private key with its chain code, as BIP-32 defines it.
type node struct {
	key   [32]byte
	chain [32]byte
}

func (n *node) wipe() {
	Wipe(n.key[:])
	Wipe(n.chain[:])
}

// master is the BIP-32 root of seed.
func master(seed []byte) (node, error) {
	return split([]byte("Bitcoin seed"), seed, nil)
}

// child is CKDpriv of BIP-32.
func (n *node) child(index uint32) (node, error) {
	data := make([]byte, 0, 37)
	if index >= hardened {
		data = append(append(data, 0), n.key[:]...)
	} else {
		key := secp256k1.PrivKeyFromBytes(n.key[:])
		data = append(data, key.PubKey().SerializeCompressed()...)
		key.Zero()
	}
	data = binary.BigEndian.AppendUint32(data, index)
	defer Wipe(data)
	return split(n.chain[:], data, &n.key)
}

// split hashes data under macKey into a key, to which parent is added when
// given, and a chain code.
func split(macKey, data []byte, parent *[32]byte) (node, error) {
	mac := secret.NewMAC(sha512.New, macKey)
	defer mac.Wipe()
	mac.Write(data)
	sum := mac.Sum(nil)
	defer Wipe(sum)
	var key, add secp256k1.ModNScalar
	defer key.Zero()
	defer add.Zero()
	if key.SetByteSlice(sum[:32]) {
		return node{}, errDerivation
	}
	if parent != nil {
		add.SetBytes(parent)
		key.Add(&add)
	}
	if key.IsZero() {
		return node{}, errDerivation
	}
	n := node{chain: [32]byte(sum[32:])}
	key.PutBytes(&n.key)
	return n, nil
}

// derive follows path from the root of seed.
func derive(seed []byte, path ...uint32) (stratos.PrivateKey, error) {
	n, err := master(seed)
	for _, index := range path {
		if err != nil {
			break
		}
		parent := n
		n, err = parent.child(index)
		parent.wipe()
	}
	defer n.wipe()
	if err != nil {
		return stratos.PrivateKey{}, fmt.Errorf("derive key: %w", err)
	}
	return stratos.NewPrivateKey(n.key[:])
}

// FromSeed returns the wallet key m/44'/606'/0'/0/index of a 64-byte BIP-39
// seed. Index is below 2^31.
func FromSeed(seed []byte, index uint32) (key stratos.PrivateKey, err error) {
	if index >= hardened {
		return stratos.PrivateKey{}, fmt.Errorf("derive key: index %d is too large", index)
	}
	secret.Do(func() { key, err = derive(seed, accountPath(index)...) })
	return key, err
}

// accountPath is m/44'/606'/0'/0/index.
func accountPath(index uint32) []uint32 {
	return []uint32{hardened | 44, hardened | CoinType, hardened, 0, index}
}

// FromWords returns the wallet key m/44'/606'/0'/0/index of words in any form
// that [ParseWords] reads. The passphrase may be empty; another passphrase is
// another wallet, so a wrong one cannot be noticed.
func FromWords(words, passphrase []byte, index uint32) (key stratos.PrivateKey, err error) {
	secret.Do(func() {
		var clean []byte
		if clean, err = ParseWords(words); err != nil {
			return
		}
		defer Wipe(clean)
		seed := Seed(clean, passphrase)
		defer Wipe(seed)
		key, err = FromSeed(seed, index)
	})
	return key, err
}
