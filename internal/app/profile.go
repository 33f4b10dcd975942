package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// profile knows where the files of a profile lie; nothing else does.
type profile struct {
	home    string // settings, wallets, drive state, practice network
	runtime string // what must be one per machine: billing locks
}

// newProfile makes the folders of a profile. An empty home is the system's
// config folder, an empty runtime folder the system's temporary one.
func newProfile(home, runtime string) (profile, error) {
	if home == "" {
		config, err := os.UserConfigDir()
		if err != nil {
			return profile{}, fault.Say(err, "This system has no folder for settings. Name one with --home.")
		}
		home = filepath.Join(config, "stratosdrive")
	}
	home, err := filepath.Abs(home)
	if err != nil {
		return profile{}, fmt.Errorf("find profile folder: %w", err)
	}
	if runtime == "" {
		runtime = os.TempDir()
	}
	p := profile{home: home, runtime: filepath.Join(runtime, "stratosdrive-"+strconv.Itoa(os.Getuid()))}
	for _, dir := range []string{p.home, p.wallets(), p.cache(), p.runtime} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return profile{}, fault.Say(err, "The folder %s cannot be written. Nothing was changed; choose another place or free some space.", dir)
		}
	}
	return p, nil
}

func (p profile) settings() string { return filepath.Join(p.home, "settings.json") }
func (p profile) wallets() string  { return filepath.Join(p.home, "wallets") }
func (p profile) cache() string    { return filepath.Join(p.home, "cache") }
func (p profile) history() string  { return filepath.Join(p.home, "history.db") }
func (p profile) book() string     { return filepath.Join(p.home, "book.json") }
func (p profile) figures() string  { return filepath.Join(p.home, "figures.db") }
func (p profile) net() string      { return filepath.Join(p.home, "net") }
func (p profile) links() string    { return filepath.Join(p.home, "links.json") }

// updates is what is known of newer versions; their files lie in fetchedUpdates.
func (p profile) updates() string        { return filepath.Join(p.home, "updates.json") }
func (p profile) fetchedUpdates() string { return filepath.Join(p.home, "updates") }

func (p profile) channels() string { return filepath.Join(p.home, "channels.json") }

func (p profile) networks() string { return filepath.Join(p.home, "networks") }

// ownNetwork describes a network of the user's own.
func (p profile) ownNetwork(name string) string { return filepath.Join(p.networks(), name+".json") }

// locks is where the billing locks of a network lie.
func (p profile) locks(chainID string) string { return filepath.Join(p.runtime, chainID) }

func (p profile) vault(address string) string {
	return filepath.Join(p.wallets(), address+".vault")
}

// drive is the folder of one storage account on one chain, by its key. Another
// chain knows nothing of the packs of this one, so it has a state of its own.
func (p profile) drive(account, chain string) string {
	return filepath.Join(p.home, "drive", account, chain)
}

// leftAfter is when a temporary file belongs to no running program any more.
const leftAfter = 24 * time.Hour

// sweep removes what programs that were killed left in the profile long ago.
func (p profile) sweep(now time.Time) {
	for _, pattern := range []string{
		filepath.Join(p.cache(), "part-*"), filepath.Join(p.cache(), "look-*"), filepath.Join(p.home, ".*.json-*"),
	} {
		found, _ := filepath.Glob(pattern) // the patterns are right
		for _, path := range found {
			if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > leftAfter {
				_ = os.RemoveAll(path)
			}
		}
	}
}
