package vault

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

// Errors that callers decide on; each comes with a sentence for people.
var (
	ErrPassword = errors.New("wrong password")
	ErrDamaged  = errors.New("damaged vault")
	ErrExists   = errors.New("vault exists")
	ErrNotFound = errors.New("no such vault")
	ErrNewer    = errors.New("vault of a newer version")
	ErrTooSoon  = errors.New("too many wrong passwords")
)

// Info is what a vault tells without a password. Before the vault was opened
// nothing vouches for it.
type Info struct {
	PublicKey stratos.PublicKey
	Address   stratos.Address
	Params    Params // cost of its password
}

// Create seals content into a new file at path, mode 0600, whole or not at
// all. The public key must be that of the wallet's first account. A file of this
// wallet is never replaced: the error wraps [ErrExists]. One that is damaged, or
// holds another wallet, is kept beside the new one, as [Renew] keeps it.
func Create(path string, public stratos.PublicKey, content *Content, password []byte, p Params) error {
	if err := usable(password, p); err != nil {
		return err
	}
	old, err := ReadInfo(path)
	switch {
	case err == nil && old.PublicKey == public:
		return fault.Say(ErrExists, "This wallet is already on this computer; nothing was changed.")
	case errors.Is(err, ErrNotFound):
		return seal(path, public, content, password, p)
	case err != nil && !errors.Is(err, ErrDamaged):
		return err
	}
	return replace(path, public, content, password, p)
}

// Renew seals content in the place of the vault at path, for who has lost its
// password but not its words. The public key must be that of the wallet that
// belongs at path. The file is replaced whole or not at all; secrets added with
// [AddSecret] no longer open it. A file that is damaged, or holds another wallet,
// is kept as PATH.damaged. Errors are those of [ReadInfo] and [Create].
func Renew(path string, public stratos.PublicKey, content *Content, password []byte, p Params) error {
	if err := usable(password, p); err != nil {
		return err
	}
	old, err := ReadInfo(path)
	if errors.Is(err, ErrDamaged) || err == nil && old.PublicKey != public {
		return replace(path, public, content, password, p)
	}
	if err != nil {
		return err
	}
	return sealOver(path, public, content, password, p)
}

// sealOver seals content in the place of a file, whose count of wrong passwords
// goes with it.
func sealOver(path string, public stratos.PublicKey, content *Content, password []byte, p Params) error {
	if err := seal(path, public, content, password, p); err != nil {
		return err
	}
	forgetTries(path)
	return nil
}

// replace is sealOver for a file that does not hold this wallet. It stays, under
// another name: nobody can tell what else it is good for.
func replace(path string, public stratos.PublicKey, content *Content, password []byte, p Params) error {
	aside := freeName(path + damagedSuffix)
	if err := os.Rename(path, aside); err != nil {
		return fault.Say(err, "The wallet could not be saved. Please check that the disk has room and can be written, then try again.")
	}
	err := sealOver(path, public, content, password, p)
	if err != nil {
		_ = os.Rename(aside, path)
	}
	return err
}

// damagedSuffix ends the name of a file that could not be used as a vault.
const damagedSuffix = ".damaged"

// freeName is name, with a number behind it where that is taken.
func freeName(name string) string {
	free := name
	for n := 2; ; n++ {
		if _, err := os.Lstat(free); err != nil {
			return free
		}
		free = fmt.Sprintf("%s-%d", name, n)
	}
}

// seal writes a vault that one password opens.
func seal(path string, public stratos.PublicKey, content *Content, password []byte, p Params) (err error) {
	secret.Do(func() {
		f := &file{version: Version, public: public}
		contentKey := random(keySize)
		defer clear(contentKey)
		f.slots = []slot{f.passwordSlot(password, contentKey, p)}
		err = f.save(path, contentKey, content)
	})
	return err
}

// save seals content and writes the file.
func (f *file) save(path string, contentKey []byte, content *Content) error {
	plain, err := content.encode()
	if err != nil {
		return fmt.Errorf("seal vault: %w", err)
	}
	defer clear(plain)
	f.seal(contentKey, plain)
	if err := writeFile(path, f.encode()); err != nil {
		return fault.Say(err, "The wallet could not be saved. Please check that the disk has room and can be written, then try again.")
	}
	return nil
}

// ReadInfo reads the public part of the vault at path. Errors are those of
// [Open] without [ErrPassword].
func ReadInfo(path string) (Info, error) {
	f, err := read(path)
	if err != nil {
		return Info{}, err
	}
	info := Info{PublicKey: f.public, Address: f.public.Address()}
	for _, s := range f.slots {
		if s.kind == slotPassword {
			info.Params = s.params()
		}
	}
	return info, nil
}

// Open returns the content of the vault at path. It takes as long as the
// vault's [Params] make it. Errors wrap [ErrPassword], [ErrTooSoon],
// [ErrDamaged], [ErrNewer] or [ErrNotFound].
func Open(path string, password []byte) (*Content, error) {
	var content *Content
	err := unlocked(path, password, func(f *file, contentKey []byte) (err error) {
		content, err = f.content(contentKey)
		return err
	})
	return content, err
}

// unlocked calls use with the file and its content key, which is wiped
// afterwards. It counts wrong passwords and refuses to try too many.
func unlocked(path string, password []byte, use func(f *file, contentKey []byte) error) error {
	return unlockedAt(path, password, time.Now, use)
}

func unlockedAt(path string, password []byte, now func() time.Time, use func(f *file, contentKey []byte) error) error {
	f, err := read(path)
	if err != nil {
		return err
	}
	if err := beginTry(path, now()); err != nil {
		return err
	}
	secret.Do(func() {
		contentKey, failed := f.byPassword(password)
		if failed != nil {
			err = fault.Say(ErrPassword, "This is not the right password. Nothing was changed; try again.")
			return
		}
		defer clear(contentKey)
		forgetTries(path)
		err = use(f, contentKey)
	})
	return err
}

// content opens and decodes the sealed part.
func (f *file) content(contentKey []byte) (*Content, error) {
	plain, err := f.open(contentKey)
	if err != nil {
		return nil, damaged(err)
	}
	defer clear(plain)
	c, err := decodeContent(plain)
	if err != nil {
		return nil, damaged(err)
	}
	return c, nil
}

// ChangePassword replaces the password of the vault at path, and its cost by
// p. Secrets added with [AddSecret] no longer open it. The file is replaced
// whole or not at all. Errors are those of [Open]. Copies of the old file
// still open with the old password.
func ChangePassword(path string, old, password []byte, p Params) error {
	if err := usable(password, p); err != nil {
		return err
	}
	return unlocked(path, old, func(f *file, oldKey []byte) error {
		content, err := f.content(oldKey)
		if err != nil {
			return err
		}
		defer content.Wipe()
		contentKey := random(keySize)
		defer clear(contentKey)
		f.version = Version
		f.slots = []slot{f.passwordSlot(password, contentKey, p)}
		return f.save(path, contentKey, content)
	})
}

// usable tells whether a vault can be made with password at cost p.
func usable(password []byte, p Params) error {
	if !p.valid() {
		return fmt.Errorf("seal vault: %w", errParams)
	}
	if len(password) == 0 {
		return fault.Wrong(nil, "Please choose a password that is not empty.")
	}
	return nil
}

// read parses the file at path with a sentence for each way to fail.
func read(path string) (*file, error) {
	raw, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Say(fmt.Errorf("%w: %v", ErrNotFound, err), "This wallet is not on this computer. Create one, or import it with its words.")
	}
	if err != nil {
		return nil, fault.Say(err, "The wallet's file could not be read. Please check the disk; your money is safe as long as you have the words.")
	}
	f, err := parse(raw)
	if errors.Is(err, errVersion) {
		return nil, fault.Say(fmt.Errorf("%w: %v", ErrNewer, err), "This wallet was saved by a newer version of the program. Please update.")
	}
	if err != nil {
		return nil, damaged(err)
	}
	return f, nil
}

// readFile reads at most a little more than a vault can be.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFileSize+1))
}

func damaged(err error) error {
	return fault.Say(fmt.Errorf("%w: %v", ErrDamaged, err),
		"The wallet's file is damaged. Your money is safe: import the wallet again with its words, or put back a copy of the file.")
}
