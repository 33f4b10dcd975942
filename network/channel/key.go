package channel

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

// ErrClosed says that a key does not open something: it is another's, or it was
// changed.
var ErrClosed = errors.New("this key does not open it")

// Key is the key of a period: who has it opens what was published for the
// period. It is a secret.
type Key [32]byte

// NewKey makes the key of a new period.
func NewKey() (k Key) {
	rand.Read(k[:])
	return k
}

// PeriodKey is the key of a period as creators with this program make it: it
// follows from a secret that the words of the wallet restore, the key of the
// publishing account of the period's epoch, so that nothing has to be kept. A
// reader need not know that.
func PeriodKey(secret []byte, owner, period string) (k Key) {
	raw, err := hkdf.Key(sha256.New, secret, nil, "stratosdrive channel period 1 "+owner+" "+period, len(k))
	if err != nil {
		panic(err) // 32 bytes are never too many
	}
	defer clear(raw)
	return Key(raw)
}

// maxSealed is more than a sealed link takes, in bytes.
const maxSealed = 512

// Seal puts a private link under the key, for the item with this id: a nonce of
// 24 bytes and XChaCha20-Poly1305, with a key of the item's own.
func (k Key) Seal(item, link string) ([]byte, error) {
	if !isID(item) || !isPrivate(link) {
		return nil, fmt.Errorf("%w: what is sealed is no private link", ErrFile)
	}
	box, err := chacha20poly1305.NewX(k.derive("stratosdrive channel item 1 " + item))
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	rand.Read(nonce)
	return box.Seal(nonce, nonce, []byte(link), nil), nil
}

// Open returns the private link of an item. The error is [ErrClosed].
func (k Key) Open(item string, sealed []byte) (link string, err error) {
	box, err := chacha20poly1305.NewX(k.derive("stratosdrive channel item 1 " + item))
	if err != nil {
		return "", err
	}
	if len(sealed) < chacha20poly1305.NonceSizeX {
		return "", ErrClosed
	}
	nonce, rest := sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:]
	plain, err := box.Open(nil, nonce, rest, nil)
	if err != nil || !isPrivate(string(plain)) {
		return "", ErrClosed
	}
	return string(plain), nil
}

func (k Key) derive(info string) []byte {
	key, err := hkdf.Key(sha256.New, k[:], nil, info, 32)
	if err != nil {
		panic(err) // 32 bytes are never too many
	}
	return key
}
