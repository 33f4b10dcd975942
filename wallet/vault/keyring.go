package vault

import (
	"bytes"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// SecretID names a secret that opens a vault, so that the right one can be
// found in the system's keyring. It is random and public.
type SecretID [keyringID]byte

// NewSecret returns a fresh 32-byte secret for [AddSecret] and its name.
func NewSecret() (SecretID, []byte) {
	return SecretID(random(keyringID)), random(keySize)
}

// AddSecret lets the vault at path be opened by secret, 32 random bytes, as
// well. It needs the password; errors are those of [Open].
func AddSecret(path string, password []byte, id SecretID, secret []byte) error {
	if len(secret) != keySize {
		return fmt.Errorf("add secret to vault: %d bytes instead of %d", len(secret), keySize)
	}
	f, contentKey, err := unlock(path, password)
	if err != nil {
		return err
	}
	defer clear(contentKey)
	content, err := f.content(contentKey)
	if err != nil {
		return err
	}
	defer content.Wipe()
	if len(f.slots) == maxSlots {
		return fmt.Errorf("add secret to vault: all %d slots are used", maxSlots)
	}
	f.slots = append(f.slots, f.keyringSlot(id[:], secret, contentKey))
	return f.save(path, contentKey, content)
}

// OpenWithSecret is like [Open] for a secret given to [AddSecret]. An unknown
// or wrong secret is an [ErrPassword].
func OpenWithSecret(path string, id SecretID, secret []byte) (*Content, error) {
	f, err := read(path)
	if err != nil {
		return nil, err
	}
	for _, s := range f.slots {
		if s.kind != slotKeyring || !bytes.HasPrefix(s.body, id[:]) || len(secret) != keySize {
			continue
		}
		if contentKey, err := f.unwrap(s, secret); err == nil {
			defer clear(contentKey)
			return f.content(contentKey)
		}
	}
	return nil, fault.Say(ErrPassword, "The system's keyring does not open this wallet any more. Please unlock it with your password.")
}
