package vault

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/wallet/secret"
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
func AddSecret(path string, password []byte, id SecretID, raw []byte) error {
	if len(raw) != keySize {
		return fmt.Errorf("add secret to vault: %d bytes instead of %d", len(raw), keySize)
	}
	return unlocked(path, password, func(f *file, contentKey []byte) error {
		content, err := f.content(contentKey)
		if err != nil {
			return err
		}
		defer content.Wipe()
		if len(f.slots) == maxSlots {
			return fmt.Errorf("add secret to vault: all %d slots are used", maxSlots)
		}
		f.slots = append(f.slots, f.keyringSlot(id[:], raw, contentKey))
		return f.save(path, contentKey, content)
	})
}

// RemoveSecret takes the right to open the vault from a secret. Copies of the
// file from before still open with it.
func RemoveSecret(path string, password []byte, id SecretID) error {
	return unlocked(path, password, func(f *file, contentKey []byte) error {
		content, err := f.content(contentKey)
		if err != nil {
			return err
		}
		defer content.Wipe()
		f.slots = slices.DeleteFunc(f.slots, func(s slot) bool { return s.isSecret(id) })
		return f.save(path, contentKey, content)
	})
}

func (s slot) isSecret(id SecretID) bool {
	return s.kind == slotKeyring && bytes.HasPrefix(s.body, id[:])
}

// Secrets lists the secrets that open the vault at path besides its password.
func Secrets(path string) ([]SecretID, error) {
	f, err := read(path)
	if err != nil {
		return nil, err
	}
	var list []SecretID
	for _, s := range f.slots {
		if s.kind == slotKeyring {
			list = append(list, SecretID(s.body[:keyringID]))
		}
	}
	return list, nil
}

// OpenWithSecret is like [Open] for a secret given to [AddSecret]. An unknown
// or wrong secret is an [ErrPassword].
func OpenWithSecret(path string, id SecretID, raw []byte) (*Content, error) {
	var content *Content
	err := unlockedBySecret(path, id, raw, func(f *file, contentKey []byte) (err error) {
		content, err = f.content(contentKey)
		return err
	})
	return content, err
}

// unlockedBySecret is like unlocked, without counting: a random secret of 32
// bytes cannot be guessed.
func unlockedBySecret(path string, id SecretID, raw []byte, use func(f *file, contentKey []byte) error) error {
	f, err := read(path)
	if err != nil {
		return err
	}
	err = fault.Say(ErrPassword, "The system's keyring does not open this wallet any more. Please unlock it with your password.")
	secret.Do(func() {
		for _, s := range f.slots {
			if !s.isSecret(id) || len(raw) != keySize {
				continue
			}
			if contentKey, failed := f.unwrap(s, raw); failed == nil {
				defer clear(contentKey)
				err = use(f, contentKey)
				return
			}
		}
	})
	return err
}
