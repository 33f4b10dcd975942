package vault

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"
)

var errWrapped = errors.New("key does not open this slot")

// random returns n random bytes.
func random(n int) []byte {
	out := make([]byte, n)
	rand.Read(out) // never fails
	return out
}

func aead(key []byte) cipher.AEAD {
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic("vault: " + err.Error()) // only for a key of wrong length
	}
	return a
}

// passwordSlot wraps contentKey under password.
func (f *file) passwordSlot(password, contentKey []byte, p Params) slot {
	body := binary.BigEndian.AppendUint32(nil, p.MemoryKiB)
	body = binary.BigEndian.AppendUint32(body, p.Time)
	body = append(body, p.Threads)
	salt := random(saltSize)
	body = append(body, salt...)
	key := p.key(password, salt)
	defer clear(key)
	return f.wrap(slotPassword, body, key, contentKey)
}

// keyringSlot wraps contentKey under a 32-byte secret that the system's
// keyring knows by id.
func (f *file) keyringSlot(id, secret, contentKey []byte) slot {
	return f.wrap(slotKeyring, append([]byte(nil), id...), secret, contentKey)
}

// wrap appends nonce and wrapped key to the public part of a slot, which is
// bound to them.
func (f *file) wrap(kind byte, public, key, contentKey []byte) slot {
	nonce := random(nonceSize)
	wrapped := aead(key).Seal(nil, nonce, contentKey, f.slotBinding(kind, public))
	return slot{kind, append(append(public, nonce...), wrapped...)}
}

func (f *file) slotBinding(kind byte, public []byte) []byte {
	return append(append(f.preamble(), kind), public...)
}

// unwrap returns the content key of s, to be wiped by the caller.
func (f *file) unwrap(s slot, key []byte) ([]byte, error) {
	at := len(s.body) - nonceSize - wrappedSize
	public, nonce, wrapped := s.body[:at], s.body[at:at+nonceSize], s.body[at+nonceSize:]
	contentKey, err := aead(key).Open(nil, nonce, wrapped, f.slotBinding(s.kind, public))
	if err != nil {
		return nil, errWrapped
	}
	return contentKey, nil
}

// byPassword returns the content key, or errWrapped.
func (f *file) byPassword(password []byte) ([]byte, error) {
	for _, s := range f.slots {
		if s.kind != slotPassword {
			continue
		}
		key := s.params().key(password, s.body[9:9+saltSize])
		contentKey, err := f.unwrap(s, key)
		clear(key)
		if err == nil {
			return contentKey, nil
		}
	}
	return nil, errWrapped
}

// seal encrypts plain under contentKey and a new nonce; slots must be final.
func (f *file) seal(contentKey, plain []byte) {
	f.nonce = random(nonceSize)
	f.sealed = aead(contentKey).Seal(nil, f.nonce, plain, f.header())
}

// open decrypts the content, to be wiped by the caller.
func (f *file) open(contentKey []byte) ([]byte, error) {
	return aead(contentKey).Open(nil, f.nonce, f.sealed, f.header())
}
