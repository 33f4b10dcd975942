package vault

import (
	"cmp"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// Import makes the content of a new vault of what was imported. It shares the
// secrets with i, so wiping either wipes both. An account other than the first
// is in use from the start; the public key for [Create] is that of account 0
// all the same. An address to watch has no content.
func Import(i *keys.Imported, name string, now time.Time) (*Content, error) {
	if i.Kind == keys.KindAddress {
		return nil, fault.Wrong(nil, "An address alone can only be watched.")
	}
	c := &Content{Words: i.Words, Passphrase: i.Passphrase, RawKey: i.RawKey, Name: cmp.Or(name, i.Name), Created: now.UTC()}
	if i.Index != 0 {
		c.Accounts = []Account{{Index: i.Index}}
	}
	return c, nil
}

// ExportNodeKey returns a node key file of account index under a password of
// its own, and the name that nodes expect. It needs the wallet's password, not
// only a session; errors are those of [Open]. The words themselves are
// exported by [Open].
func ExportNodeKey(path string, password []byte, index uint32, filePassword []byte) (name string, file []byte, err error) {
	i, err := openAccount(path, password, index)
	if err != nil {
		return "", nil, err
	}
	defer i.Wipe()
	return keys.WriteNodeKey(i, filePassword)
}

// openAccount reads what a key file of an account holds.
func openAccount(path string, password []byte, index uint32) (*keys.Imported, error) {
	c, err := Open(path, password)
	if err != nil {
		return nil, err
	}
	return &keys.Imported{Words: c.Words, Passphrase: c.Passphrase, RawKey: c.RawKey, Index: index, Name: c.Name}, nil
}

// Verify tells whether password opens the vault at path, for actions that ask
// for it again, such as deleting. Errors are those of [Open].
func Verify(path string, password []byte) error {
	return unlocked(path, password, func(f *file, contentKey []byte) error {
		content, err := f.content(contentKey)
		if err == nil {
			content.Wipe()
		}
		return err
	})
}
