package stratos

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/btcsuite/btcd/btcutil/bech32"
	"golang.org/x/crypto/sha3"
)

// Bech32 prefixes of the chain.
const (
	PrefixAccount   = "st"
	PrefixPubKey    = "stpub"
	PrefixValidator = "stvaloper"
	PrefixConsensus = "stvalcons"
	PrefixNode      = "stsds"
	PrefixNodeKey   = "stsdspub"
)

// ErrAddress is wrapped by every error about text that is not an address.
var ErrAddress = errors.New("not a Stratos address")

// Address is an account: the last 20 bytes of the Keccak-256 hash of the
// uncompressed public key. It is the same account as st1... and as 0x....
type Address [20]byte

// ParseAddress reads st1... or 0x.... It refuses other lengths than 20 bytes,
// mixed case, white space, bech32m and the zero address. A 0x address with
// mixed case must have a right EIP-55 checksum.
func ParseAddress(text string) (Address, error) {
	if strings.HasPrefix(text, "0x") {
		return parseHexAddress(text)
	}
	return parseBech32Address(PrefixAccount, text)
}

// ParseValidator reads stvaloper1....
func ParseValidator(text string) (Address, error) {
	return parseBech32Address(PrefixValidator, text)
}

func parseBech32Address(prefix, text string) (Address, error) {
	raw, err := DecodeBech32(prefix, text)
	if err != nil {
		return Address{}, err
	}
	return addressFromBytes(raw)
}

func parseHexAddress(text string) (Address, error) {
	raw, err := hex.DecodeString(text[2:])
	if err != nil {
		return Address{}, fmt.Errorf("%w: not hexadecimal", ErrAddress)
	}
	a, err := addressFromBytes(raw)
	if err != nil {
		return Address{}, err
	}
	digits := text[2:]
	oneCase := digits == strings.ToLower(digits) || digits == strings.ToUpper(digits)
	if !oneCase && a.Hex() != text {
		return Address{}, fmt.Errorf("%w: wrong checksum", ErrAddress)
	}
	return a, nil
}

func addressFromBytes(raw []byte) (Address, error) {
	var a Address
	if len(raw) != len(a) {
		return a, fmt.Errorf("%w: %d bytes instead of 20", ErrAddress, len(raw))
	}
	copy(a[:], raw)
	if a == (Address{}) {
		return a, fmt.Errorf("%w: the zero address", ErrAddress)
	}
	return a, nil
}

// String returns the st1... form.
func (a Address) String() string { return EncodeBech32(PrefixAccount, a[:]) }

// Validator returns the stvaloper1... form.
func (a Address) Validator() string { return EncodeBech32(PrefixValidator, a[:]) }

// Hex returns the 0x form with EIP-55 checksum.
func (a Address) Hex() string {
	digits := []byte(hex.EncodeToString(a[:]))
	h := sha3.NewLegacyKeccak256()
	h.Write(digits)
	sum := h.Sum(nil)
	for i, c := range digits {
		nibble := sum[i/2] >> (4 * (1 - i%2)) & 15
		if c >= 'a' && nibble > 7 {
			digits[i] = c - 'a' + 'A'
		}
	}
	return "0x" + string(digits)
}

// EncodeBech32 writes raw under prefix with checksum constant 1.
func EncodeBech32(prefix string, raw []byte) string {
	text, err := bech32.EncodeFromBase256(prefix, raw)
	if err != nil {
		panic("bech32: " + err.Error()) // only for a malformed prefix
	}
	return text
}

// DecodeBech32 reads text that must have the given prefix. Upper case is
// accepted, mixed case and bech32m are not.
func DecodeBech32(prefix, text string) ([]byte, error) {
	got, data, version, err := bech32.DecodeGeneric(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrAddress, err)
	}
	if version != bech32.Version0 {
		return nil, fmt.Errorf("%w: bech32m checksum", ErrAddress)
	}
	if got != prefix {
		return nil, fmt.Errorf("%w: it starts with %q, not with %q", ErrAddress, got, prefix)
	}
	raw, err := bech32.ConvertBits(data, 5, 8, false)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrAddress, err)
	}
	return raw, nil
}

// web3cosmos is the address that is made of that text: a call to it is not a
// payment, but runs a Cosmos message for the caller.
var web3cosmos = Address([]byte("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00web3cosmos"))

// IsWeb3Cosmos tells whether an Ethereum wallet that calls this address would
// run a message of the chain, with all of the account's rights. A wallet must
// warn of it; a payment to it is lost.
func (a Address) IsWeb3Cosmos() bool { return a == web3cosmos }

// ModuleAddress returns the account of a module of the chain, such as
// "fee_collector". Nobody has a key to it.
func ModuleAddress(name string) Address {
	sum := sha256.Sum256([]byte(name))
	return Address(sum[:20])
}
