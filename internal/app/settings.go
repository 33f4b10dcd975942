package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// settingsVersion is the format version of settings.json (docs/profile.md).
const settingsVersion = 1

// settings is what the user chose. It holds no secret but gateway tokens.
type settings struct {
	Version        int                          `json:"version"`
	Device         string                       `json:"device"`
	Wallet         string                       `json:"wallet,omitempty"`
	Wallets        map[string]knownWallet       `json:"wallets,omitempty"`  // by address
	Watching       string                       `json:"watching,omitempty"` // an address that is looked at; the wallet goes on syncing behind it
	Network        string                       `json:"network,omitempty"`
	Folder         string                       `json:"folder,omitempty"`
	FolderMove     *begunMove                   `json:"folder_move,omitempty"` // gone on with when the drive starts
	Theme          string                       `json:"theme"`
	DriveLook      DriveLook                    `json:"drive_look,omitzero"`
	Quiet          bool                         `json:"quiet,omitempty"`     // no notifications
	Window         WindowPlace                  `json:"window,omitzero"`     // how it was left
	Language       string                       `json:"language,omitempty"`  // of the window; empty: that of the system
	TextSize       int                          `json:"text_size,omitempty"` // percent; 0 is 100
	AutoLock       *int64                       `json:"auto_lock,omitempty"` // seconds, 0 = never
	Paused         bool                         `json:"paused,omitempty"`
	PausedUntil    time.Time                    `json:"paused_until,omitzero"` // zero: until the user resumes
	Limits         Limits                       `json:"limits,omitzero"`
	Cache          int64                        `json:"cache,omitempty"`           // bytes that fetched content may take; 0: as usual
	Gateways       map[string][]network.Gateway `json:"gateways,omitempty"`        // by network name
	Servers        map[string]servers           `json:"servers,omitempty"`         // by network name
	Currency       string                       `json:"currency,omitempty"`        // to show worth in; empty: not wanted
	CheckUpdates   bool                         `json:"check_updates,omitempty"`   // look for newer versions, once a day
	ConfirmedPlain []string                     `json:"confirmed_plain,omitempty"` // host:port that may be spoken to without TLS
}

// knownWallet is what may be shown of a wallet without its password.
type knownWallet struct {
	Name    string    `json:"name"`
	Created time.Time `json:"created"`
	Storage string    `json:"storage"` // address of the storage account
	Publish string    `json:"publish"` // address of the publishing account
	// AccountsOf is the epoch of those two, 0 where it was never another than the
	// first: on each network the drive may be in another one.
	AccountsOf int `json:"accounts_of,omitempty"`
	// BackedUp tells that the user showed to have the words, or that there are
	// none to have.
	BackedUp bool   `json:"backed_up,omitempty"`
	Folder   string `json:"folder,omitempty"`  // synced while another wallet is in use
	Keyring  bool   `json:"keyring,omitempty"` // the system's keyring opens it too

	Accounts   []knownAccount `json:"accounts,omitempty"`   // in the user's list, by index
	Account    uint32         `json:"account,omitempty"`    // index of the one in use
	Single     bool           `json:"single,omitempty"`     // it has no words, so no other account
	Unsearched bool           `json:"unsearched,omitempty"` // used accounts are still to be looked for

	Epochs map[string]knownEpoch `json:"epochs,omitempty"` // by chain id, where a device was stolen
}

// remember notes what may be shown of a wallet that was unlocked.
func (s *settings) remember(address string, d vault.Details, accounts []knownAccount, ring *keyring) {
	known := s.wallet(address)
	known.Accounts, known.Single = accounts, !d.HasWords
	known.Name, known.Created = d.Name, d.Created
	known.BackedUp = !d.BackedUp.IsZero() || !d.HasWords
	known.take(ring)
	s.know(address, known)
}

// wallet returns what is known of a wallet.
func (s settings) wallet(address string) knownWallet { return s.Wallets[address] }

// know replaces what is known of a wallet.
func (s *settings) know(address string, w knownWallet) {
	all := maps.Clone(s.Wallets)
	if all == nil {
		all = map[string]knownWallet{}
	}
	all[address] = w
	s.Wallets = all
}

// switchTo puts another wallet to use. Each has a folder of its own: a drive
// must never get the files of another.
func (s *settings) switchTo(address string) {
	s.Watching = ""
	if s.Wallet == address {
		return
	}
	if old, known := s.Wallets[s.Wallet]; known {
		old.Folder = s.Folder
		s.know(s.Wallet, old)
	}
	s.Wallet, s.Folder = address, s.wallet(address).Folder
}

// settingsFile guards the settings of a profile.
type settingsFile struct {
	path string
	mu   sync.Mutex
	now  settings
}

func openSettings(path string) (*settingsFile, error) {
	now, err := readSettings(path)
	if err != nil {
		return nil, err
	}
	return &settingsFile{path: path, now: now}, nil
}

// readSettings returns the settings of a file, or fresh ones if there is none.
func readSettings(path string) (settings, error) {
	s := settings{Version: settingsVersion, Theme: "system", Device: deviceName()}
	err := readJSON(path, settingsVersion, &s)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s, nil
	case errors.Is(err, errNewerFile):
		return s, fault.Say(err, "The settings were written by a newer version of Stratos Drive. Nothing was changed; please update.")
	case errors.Is(err, errDamagedFile):
		return s, fault.Say(err, "The settings file %s is damaged. Your wallet and files are safe; move that file away to start with fresh settings.", path)
	case err != nil:
		return s, fault.Say(err, "The settings cannot be read. Nothing was changed; check that %s is readable.", path)
	}
	return s, nil
}

func deviceName() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return "this computer"
	}
	return name
}

// get returns a copy.
func (f *settingsFile) get() settings {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.now
	s.ConfirmedPlain = slices.Clone(s.ConfirmedPlain)
	return s
}

// change edits the settings and writes them, whole or not at all. Another
// program may have changed the file meanwhile: what it wrote stays. Nothing is
// written where nothing is new, so that a full disk hinders nobody.
func (f *settingsFile) change(edit func(*settings)) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	defer lockFile(f.path)()
	next, err := readSettings(f.path)
	if err != nil {
		return err
	}
	before, err := json.Marshal(next)
	if err != nil {
		return fmt.Errorf("encode settings: %w", err)
	}
	edit(&next)
	if after, err := json.Marshal(next); err == nil && bytes.Equal(before, after) {
		f.now = next
		return nil
	}
	if err := writeJSON(f.path, next); err != nil {
		return fault.Say(err, "The settings could not be saved. The old ones are kept; check that the disk is not full.")
	}
	f.now = next
	return nil
}

// reload takes over what another program wrote.
func (f *settingsFile) reload() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	next, err := readSettings(f.path)
	if err == nil {
		f.now = next
	}
	return err
}

// lockFile keeps other programs from changing a file of the profile until
// unlock is called. Where there are no locks, they are trusted not to.
func lockFile(path string) (unlock func()) {
	lock := flock.New(path + ".lock")
	if lock.Lock() != nil {
		return func() {}
	}
	return func() { _ = lock.Unlock() }
}
