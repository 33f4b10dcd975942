package node

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// ParseKey reads the public key of a node in the forms in which node programs
// show it: stsdspub1..., 64 hexadecimal digits, or base64.
func ParseKey(text string) (ed25519.PublicKey, error) {
	text = strings.TrimSpace(text)
	var key []byte
	var err error
	switch {
	case strings.HasPrefix(text, stratos.PrefixNodeKey+"1"):
		key, err = stratos.DecodeBech32(stratos.PrefixNodeKey, text)
	case len(text) == 2*ed25519.PublicKeySize:
		key, err = hex.DecodeString(text)
	default:
		key, err = base64.StdEncoding.DecodeString(text)
	}
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fault.Wrong(err, "This is not the public key of a node. It begins with stsdspub1; the node's program shows it.")
	}
	return key, nil
}
