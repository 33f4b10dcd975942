package vault

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Set is the wallets of a profile: a folder with one vault for each wallet,
// ADDRESS.vault, and one small file for each address that is only watched,
// ADDRESS.watch.
type Set struct{ dir string }

// OpenSet works in the folder dir, which need not exist yet.
func OpenSet(dir string) *Set { return &Set{dir} }

// Entry is one wallet of a [Set].
type Entry struct {
	Address stratos.Address
	Watched bool      // there is no key, only the address
	Label   string    // of a watched address; that of a vault is sealed
	Created time.Time // of a watched address
	Err     error     // why a file cannot be used; a sentence for people
}

// watched is a file of an address without a key.
type watched struct {
	Version int       `json:"version"` // 1
	Address string    `json:"address"`
	Label   string    `json:"label"`
	Created time.Time `json:"created"`
}

// Path is where the vault of a wallet lies.
func (s *Set) Path(a stratos.Address) string { return filepath.Join(s.dir, a.String()+".vault") }

func (s *Set) watchPath(a stratos.Address) string { return filepath.Join(s.dir, a.String()+".watch") }

// List returns all wallets, by address; those with keys first.
func (s *Set) List() ([]Entry, error) {
	files, err := os.ReadDir(s.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Say(err, "The folder of the wallets cannot be read. Please check the disk.")
	}
	var list, watching []Entry
	for _, f := range files {
		name, isVault := strings.CutSuffix(f.Name(), ".vault")
		if address, err := stratos.ParseAddress(name); isVault && err == nil {
			list = append(list, s.entry(address))
		}
		name, isWatch := strings.CutSuffix(f.Name(), ".watch")
		if address, err := stratos.ParseAddress(name); isWatch && err == nil {
			watching = append(watching, s.watchEntry(address))
		}
	}
	// A wallet whose key came later is no longer only watched.
	watching = slices.DeleteFunc(watching, func(w Entry) bool {
		return slices.ContainsFunc(list, func(e Entry) bool { return e.Address == w.Address })
	})
	return append(list, watching...), nil
}

func (s *Set) entry(a stratos.Address) Entry { return Entry{Address: a, Err: s.Check(a)} }

// Check tells whether the file of a wallet can be used: it is whole, and holds
// that wallet and no other. Errors are those of [ReadInfo].
func (s *Set) Check(a stratos.Address) error {
	info, err := ReadInfo(s.Path(a))
	if err == nil && info.Address != a {
		err = damaged(fmt.Errorf("file of %s holds another wallet", a))
	}
	return err
}

func (s *Set) watchEntry(a stratos.Address) Entry {
	e := Entry{Address: a, Watched: true}
	raw, err := os.ReadFile(s.watchPath(a))
	w := watched{}
	if err == nil {
		err = json.Unmarshal(raw, &w)
	}
	if err != nil || w.Version != 1 || w.Address != a.String() {
		e.Err = fault.Say(err, "The entry of the watched address %s is damaged. Remove it and add the address again.", a)
		return e
	}
	e.Label, e.Created = w.Label, w.Created
	return e
}

// Watch adds an address without a key, or changes its label.
func (s *Set) Watch(a stratos.Address, label string, now time.Time) error {
	if _, err := os.Lstat(s.Path(a)); err == nil {
		return fault.Say(ErrExists, "This wallet is already on this computer, with its key.")
	}
	w := watched{Version: 1, Address: a.String(), Label: label, Created: now.UTC().Truncate(time.Second)}
	if old := s.watchEntry(a); old.Err == nil {
		w.Created = old.Created
	}
	raw, err := json.MarshalIndent(w, "", "  ")
	if err == nil {
		err = os.MkdirAll(s.dir, 0o700)
	}
	if err == nil {
		err = writeFile(s.watchPath(a), append(raw, '\n'))
	}
	if err != nil {
		return fault.Say(err, "The address could not be saved. Please check that the disk has room and can be written.")
	}
	return nil
}

// Watches tells whether an address is watched without a key.
func (s *Set) Watches(a stratos.Address) bool {
	_, err := os.Stat(s.watchPath(a))
	return err == nil
}

// Unwatch removes an address without a key; one that is not there is no error.
func (s *Set) Unwatch(a stratos.Address) error {
	return removed(os.Remove(s.watchPath(a)))
}

// Delete removes a wallet with its key from this computer, when password
// opens it. The money stays where it is, but only the words, the private key
// or another copy of the file lead to it: the caller asks the user to type a
// confirmation first. Errors are those of [Open].
func (s *Set) Delete(a stratos.Address, password []byte) error {
	path := s.Path(a)
	if err := Verify(path, password); err != nil {
		return err
	}
	if err := removed(os.Remove(path)); err != nil {
		return err
	}
	forgetTries(path)
	copies, _ := filepath.Glob(path + damagedSuffix + "*") // the pattern is right: an address has no signs of patterns
	for _, name := range append(copies, path+".lock", triesPath(path)+".lock") {
		_ = os.Remove(name)
	}
	return syncFolder(s.dir)
}

func removed(err error) error {
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.Say(err, "The wallet could not be removed. Please check that the disk can be written.")
	}
	return nil
}
