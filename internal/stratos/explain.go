package stratos

import (
	"strings"

	"github.com/btcsuite/btcd/btcutil/bech32"
)

// otherKinds are texts that look like an account's address and are none, by
// their prefix.
var otherKinds = map[string]string{
	PrefixValidator: "This is the address of a validator, and not of an account; those begin with st1.",
	PrefixConsensus: "This is the address of a validator's machine, and not of an account; those begin with st1.",
	PrefixNode:      "This is the address of a storage node, and not of an account; those begin with st1.",
	PrefixNodeKey:   "This is the key of a storage node, and not the address of an account; those begin with st1.",
	PrefixPubKey:    "This is a public key, and not the address of an account; those begin with st1.",
}

// ExplainAddress says in one sentence why [ParseAddress] refused text.
func ExplainAddress(text string) string {
	const plain = "This is not a Stratos address; please check it letter by letter."
	if strings.HasPrefix(text, "0x") || strings.HasPrefix(text, "0X") {
		if a, err := ParseAddress("0x" + strings.ToLower(text[2:])); err == nil && a.Hex() != text {
			return "This address has a typing error: its capital and small letters do not fit together."
		}
		return plain
	}
	if text != strings.ToLower(text) && text != strings.ToUpper(text) {
		if _, err := ParseAddress(strings.ToLower(text)); err == nil {
			return "This address mixes capital and small letters; please copy it again as a whole."
		}
	}
	prefix, _, _, err := bech32.DecodeGeneric(text)
	if err != nil || prefix == PrefixAccount {
		return plain
	}
	if kind, known := otherKinds[prefix]; known {
		return kind
	}
	return "This is an address of another network, which begins with " + prefix + "1; what is sent there from here would be lost."
}
