package app

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/desktop"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/player/source"
	"github.com/stratosdrive/stratosdrive/sync/fetch"
	"github.com/stratosdrive/stratosdrive/wallet/history"
	"github.com/stratosdrive/stratosdrive/wallet/price"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// Options says where a profile lies and what it stands on. The zero value is
// what a user has.
type Options struct {
	Home    string // profile folder; empty: the system's config folder
	Runtime string // what is one per machine; empty: the system's temporary folder
	Network string // "local", "mainnet", "mesos" or a network.json; empty: the setting
	Wallet  string // address; empty: the setting
	Stosnet string // the stosnet program; empty: beside this one

	// Keyring is the system's keyring, which may open wallets if the user
	// allows it; nil where there is none.
	Keyring vault.Keyring

	// SystemBus is the address of the message bus on which a Linux system tells
	// that it goes to sleep; empty where there is none.
	SystemBus string

	// SessionBus is the address of the message bus of the user's session, where a
	// Linux desktop shows what plays; empty where there is none.
	SessionBus string

	// Desktop is told that the window starts with the system and opens links;
	// nil where there is none.
	Desktop *desktop.Desktop

	// PriceServer is asked what STOS is worth, if the user wants to know; empty:
	// the public one.
	PriceServer string

	// Updates say where newer versions of the program come from.
	Updates UpdateOptions

	// VaultCost is the price of guessing a password; zero: calibrated to this
	// machine.
	VaultCost vault.Params
}

// App is one open profile.
type App struct {
	opts     Options
	profile  profile
	settings *settingsFile
	practice practice
	prices   price.List
	hub      hub
	earnings earnings
	autoLock autoLock
	sweeper  sweeper
	updates  updatesWatch
	fresh    freshness

	publishings publishings // of videos, that go on now

	searching atomic.Bool // used accounts are being looked for
	figures   figuresBook

	epochsLooked string // for which wallet and chain newer epochs were looked for

	mu          sync.Mutex
	keys        *keyring   // nil while locked
	ownNet      bool       // this process started the practice network
	drive       *drive     // nil until a folder is synced
	opening     bool       // the drive is about to be there
	driveMu     sync.Mutex // held while a drive is started or stopped
	folderMu    sync.Mutex // held while the files of the folder are moved
	choiceMu    sync.Mutex // held while a choice of folders changes
	linkMu      sync.Mutex // held while the register of links changes
	channelMu   sync.Mutex // held while what is known of channels changes
	links       openLinks  // private links of others that are open
	practiceNow bool       // the network in use is a practice one
	clients     map[Account]*networkClient
	clientsAge  int            // how often they were forgotten
	history     *history.Log   // nil until first used
	store       *fetch.Store   // what was watched or opened; nil until first used
	storeOf     string         // the account whose key seals it
	room        *fetch.Room    // what everything fetched may take
	server      *source.Server // for players; nil until first used
	nodeKeeper  *nodeKeeper    // nil while nodes are not watched
	closers     []func() error
	afterQuit   AfterQuit // nil unless a new version is to be brought in
	desk        desk

	notifier     *desktop.Notifier  // nil until something was shown
	noticeOpened func(topic string) // nil until the window wants to know
}

// Open opens a profile, making it when it is new. Nothing is started yet.
func Open(opts Options) (*App, error) {
	p, err := newProfile(opts.Home, opts.Runtime)
	if err != nil {
		return nil, err
	}
	p.sweep(time.Now())
	s, err := openSettings(p.settings())
	if err != nil {
		return nil, err
	}
	a := &App{
		opts: opts, profile: p, settings: s,
		practice: practice{dir: p.net(), program: opts.Stosnet},
		clients:  map[Account]*networkClient{},
		prices:   price.List{URL: opts.PriceServer},
		room:     fetch.NewRoom(s.get().cacheLimit()),
		updates:  newUpdatesWatch(),
	}
	a.autoLock.limit, a.autoLock.lock = a.AutoLock, a.Lock
	if bus := opts.SystemBus; bus != "" {
		a.autoLock.sleep = func(ctx context.Context, lock func()) { beforeSleep(ctx, bus, lock) }
	}
	return a, nil
}

// Close ends what this profile started, the practice network included, and
// wipes the keys.
func (a *App) Close(ctx context.Context) error {
	err := a.stopDrive()
	a.mu.Lock()
	closers, own := a.closers, a.ownNet
	a.closers, a.ownNet, a.history, a.store, a.server = nil, false, nil, nil, nil
	a.mu.Unlock()
	for _, c := range closers {
		err = errors.Join(err, c())
	}
	a.LockAll()
	if own {
		err = errors.Join(err, a.practice.stop(ctx))
	}
	return err
}

// Stage tells what the first start still has to ask.
func (a *App) Stage() Stage {
	s := a.settings.get()
	switch {
	case a.walletAddress() == "":
		return NeedsWallet
	case s.Network == "" && a.opts.Network == "":
		return NeedsNetwork
	case s.Folder == "" && !a.Watching():
		return NeedsFolder
	}
	return Ready
}

// networkName is the network in use: an option wins over the setting.
func (a *App) networkName() string {
	if a.opts.Network != "" {
		return a.opts.Network
	}
	if name := a.settings.get().Network; name != "" {
		return name
	}
	return network.Local
}
