package stratos

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
)

// NodeAddress names a storage or meta node on the network: the first 20 bytes
// of SHA-256 of its ed25519 public key.
type NodeAddress [20]byte

// ParseNodeAddress reads stsds1.... Other lengths than 20 bytes are refused.
func ParseNodeAddress(text string) (NodeAddress, error) {
	raw, err := DecodeBech32(PrefixNode, text)
	if err != nil {
		return NodeAddress{}, err
	}
	if len(raw) != len(NodeAddress{}) {
		return NodeAddress{}, fmt.Errorf("%w: %d bytes instead of 20", ErrAddress, len(raw))
	}
	return NodeAddress(raw), nil
}

// NodeAddressOf returns the address of a node's key.
func NodeAddressOf(key ed25519.PublicKey) NodeAddress {
	sum := sha256.Sum256(key)
	return NodeAddress(sum[:20])
}

// String returns the stsds1... form.
func (a NodeAddress) String() string { return EncodeBech32(PrefixNode, a[:]) }
