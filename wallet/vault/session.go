package vault

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

// Session is an unlocked vault. Between calls it holds nothing but the content
// key, in guarded memory; words and keys are read from the file when they are
// needed and wiped at once. It is safe for concurrent use. When to lock it is
// the caller's to decide.
type Session struct {
	path string
	key  *secret.Buffer
	quiz quiz
}

// Unlock opens the vault at path for a session; errors are those of [Open].
func Unlock(path string, password []byte) (*Session, error) {
	s := &Session{path: path}
	err := unlocked(path, password, func(f *file, contentKey []byte) error {
		if err := f.upgrade(path, password, contentKey); err != nil {
			return err
		}
		return s.begin(f, contentKey)
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// upgrade writes a file of an older version anew in the current one: slots are
// bound to the version, so the password's is made again and those of the
// keyring end.
func (f *file) upgrade(path string, password, contentKey []byte) error {
	if f.version == Version {
		return nil
	}
	content, err := f.content(contentKey)
	if err != nil {
		return err
	}
	defer content.Wipe()
	var cost Params
	for _, s := range f.slots {
		if s.kind == slotPassword {
			cost = s.params()
		}
	}
	f.version = Version
	f.slots = []slot{f.passwordSlot(password, contentKey, cost)}
	return f.save(path, contentKey, content)
}

// UnlockWithSecret is like [Unlock] with a secret given to [AddSecret].
func UnlockWithSecret(path string, id SecretID, raw []byte) (*Session, error) {
	s := &Session{path: path}
	err := unlockedBySecret(path, id, raw, s.begin)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// begin makes sure that the key opens the content before it is kept.
func (s *Session) begin(f *file, contentKey []byte) error {
	content, err := f.content(contentKey)
	if err != nil {
		return err
	}
	content.Wipe()
	s.key = secret.From(bytes.Clone(contentKey))
	return nil
}

// Lock ends the session and overwrites its key. Call [secret.Sweep] after the
// last session was locked.
func (s *Session) Lock() { s.key.Destroy() }

// Locked tells whether Lock was called.
func (s *Session) Locked() bool { return !s.key.Valid() }

// errSession asks for the password again.
func errSession() error {
	return fault.Say(ErrPassword, "The wallet is locked. Please unlock it with your password.")
}

// read calls use with the content, which is wiped afterwards.
func (s *Session) read(use func(f *file, contentKey []byte, c *Content) error) error {
	err := errSession()
	s.key.Use(func(contentKey []byte) {
		secret.Do(func() {
			var f *file
			if f, err = read(s.path); err != nil {
				return
			}
			plain, failed := f.open(contentKey)
			if failed != nil {
				err = errSession() // the password was changed by another program
				return
			}
			defer clear(plain)
			var c *Content
			if c, err = decodeContent(plain); err != nil {
				err = damaged(err)
				return
			}
			defer c.Wipe()
			err = use(f, contentKey, c)
		})
	})
	return err
}

// Key derives the key of an account, m/44'/606'/0'/0/index of the words. A raw
// key has only account 0. The caller wipes it.
func (s *Session) Key(index uint32) (key *keys.Guarded, err error) {
	err = s.read(func(_ *file, _ []byte, c *Content) error {
		private, err := c.Key(index)
		if err != nil {
			return err
		}
		key = keys.Guard(private)
		return nil
	})
	return key, err
}

// Details are what a vault holds besides secrets.
type Details struct {
	Name     string
	Created  time.Time
	BackedUp time.Time // zero before the user proved to have the words
	HasWords bool      // else it holds a raw key, with one account
	Words    int       // how many
	Accounts []Account // in use, the first one included
}

// Details reads them.
func (s *Session) Details() (d Details, err error) {
	err = s.read(func(_ *file, _ []byte, c *Content) error {
		d = Details{c.Name, c.Created, c.BackedUp, len(c.Words) > 0, len(bytes.Fields(c.Words)), c.AllAccounts()}
		return nil
	})
	return d, err
}

// Derive lists count accounts of the words from index first on, used or not;
// of a raw key it is the only one.
func (s *Session) Derive(first, count uint32) (list []keys.Account, err error) {
	err = s.read(func(_ *file, _ []byte, c *Content) (err error) {
		if len(c.Words) == 0 {
			key, err := c.Key(0)
			if err != nil {
				return err
			}
			defer key.Wipe()
			list = []keys.Account{{Address: key.Address(), Public: key.Public()}}
			return nil
		}
		list, err = keys.Accounts(c.Words, c.Passphrase, first, count)
		return err
	})
	return list, err
}

// Discover looks for accounts that were used; see [keys.Search]. The session
// can be locked meanwhile, which ends it.
func (s *Session) Discover(ctx context.Context, gap int, used func(context.Context, stratos.Address) (bool, error)) ([]keys.Account, error) {
	return keys.Search(ctx, s.Derive, gap, used)
}

// Rename changes what the user calls the wallet.
func (s *Session) Rename(name string) error {
	return s.change(func(c *Content) error {
		c.Name = name
		return nil
	})
}

// AddAccount takes an account of the words into use, or renames one.
func (s *Session) AddAccount(a Account) error {
	return s.change(func(c *Content) error {
		if len(c.Words) == 0 && a.Index != 0 {
			return fault.Wrong(nil, "This wallet was imported by its key and has one account only.")
		}
		c.Accounts = slices.DeleteFunc(c.Accounts, func(b Account) bool { return b.Index == a.Index })
		c.Accounts = append(c.Accounts, a)
		return nil
	})
}

// RemoveAccount takes an account out of use. It can be added again; the first
// one stays.
func (s *Session) RemoveAccount(index uint32) error {
	return s.change(func(c *Content) error {
		c.Accounts = slices.DeleteFunc(c.Accounts, func(b Account) bool { return b.Index == index })
		return nil
	})
}

// change writes the file anew with what edit made of names and dates.
func (s *Session) change(edit func(*Content) error) error {
	lock := flock.New(s.path + ".lock")
	if err := lock.Lock(); err != nil {
		return fault.Say(err, "The wallet could not be saved. Please check that the disk can be written, then try again.")
	}
	defer lock.Unlock()
	return s.read(func(f *file, contentKey []byte, c *Content) error {
		if f.version != Version {
			return errSession() // only the password can bring it up to date
		}
		if err := edit(c); err != nil {
			return err
		}
		return f.save(s.path, contentKey, c)
	})
}
