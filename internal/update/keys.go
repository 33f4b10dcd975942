package update

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Keys are the public keys of those who make releases, and how many of them
// have to sign. The zero value accepts nothing.
type Keys struct {
	Need int
	Keys []ed25519.PublicKey
}

// mostKeys bounds the keys of a build and the signatures of an index.
const mostKeys = 16

// ParseKeys reads keys as the build gives them: how many must sign, a colon,
// and the keys in base64, with commas between ("2:AAA=,BBB=,CCC=").
func ParseKeys(text string) (Keys, error) {
	need, list, found := strings.Cut(text, ":")
	n, err := strconv.Atoi(need)
	if !found || err != nil {
		return Keys{}, fmt.Errorf("keys of releases: %q does not begin with a number and a colon", text)
	}
	keys := Keys{Need: n}
	for each := range strings.SplitSeq(list, ",") {
		key, err := base64.StdEncoding.DecodeString(each)
		if err != nil || len(key) != ed25519.PublicKeySize {
			return Keys{}, fmt.Errorf("keys of releases: %q is no key", each)
		}
		if slices.ContainsFunc(keys.Keys, func(k ed25519.PublicKey) bool { return bytes.Equal(k, key) }) {
			return Keys{}, fmt.Errorf("keys of releases: %q is there twice", each)
		}
		keys.Keys = append(keys.Keys, key)
	}
	if n < 1 || n > len(keys.Keys) || len(keys.Keys) > mostKeys {
		return Keys{}, fmt.Errorf("keys of releases: %d of %d cannot be asked for", n, len(keys.Keys))
	}
	return keys, nil
}

// String is what [ParseKeys] reads.
func (k Keys) String() string {
	list := make([]string, len(k.Keys))
	for i, key := range k.Keys {
		list[i] = base64.StdEncoding.EncodeToString(key)
	}
	return strconv.Itoa(k.Need) + ":" + strings.Join(list, ",")
}

// KeyID names a key: 8 bytes of its SHA-256, in hex.
func KeyID(key ed25519.PublicKey) string {
	sum := sha256.Sum256(key)
	return hex.EncodeToString(sum[:8])
}

// signed is what a signature is made over. The first line keeps signatures for
// anything else apart.
func signed(index []byte) []byte { return append([]byte("stratosdrive release index 1\n"), index...) }

// enough tells whether as many keys signed as must. A key counts once, however
// often it signed.
func (k Keys) enough(index []byte, signatures []signature) bool {
	good, text := 0, signed(index)
	for _, key := range k.Keys {
		id := KeyID(key)
		if slices.ContainsFunc(signatures, func(s signature) bool {
			return s.Key == id && len(s.Signature) == ed25519.SignatureSize && ed25519.Verify(key, text, s.Signature)
		}) {
			good++
		}
	}
	return k.Need >= 1 && good >= k.Need
}
