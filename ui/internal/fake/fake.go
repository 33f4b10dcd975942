package fake

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Now is the moment at which all sample data is looked at.
var Now = time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)

// Address is the address of the sample wallet.
const Address = "st1c74wqyh7zn0e5a8m2rk3h2p6dxs4uvt9fgj9x80p"

// Hex is the same address in the other form.
const Hex = "0x8F3a1C52b7D94e60aB1E4f7c93D2586e0A7b91F4"

// Storage is the address of its storage account.
const Storage = "st1storage00000000000000000000000000000000a"

// Password opens the sample wallet.
const Password = "correct horse"

// Backend answers like package app does. Its fields may be set before use.
type Backend struct {
	mu sync.Mutex

	At                        app.Stage
	IsLocked                  bool
	Now                       app.Status
	Entries                   map[string][]app.Entry // by folder
	Places                    map[string]app.Place   // where something was left
	Money                     app.Balance
	Past                      []app.HistoryEntry
	LinkList                  []app.Link
	Behind                    Linked        // what links lead to
	Cost                      app.ShareCost // of sharing; zero is a sample
	Epoch                     app.NewEpoch
	EpochErr                  error
	EpochForced               bool                // the last new epoch deleted what another device had sent meanwhile
	Opened                    []app.OpenedLink    // videos that were opened by links
	Channel                   *app.ChannelInfo    // the own one; nil is none
	News                      app.ChannelNews     // of channels that are followed
	Played                    *app.Plays          // nil is a network that does not publish them
	Reward                    *app.CreatorRewards // nil is a network that pays nothing for content
	Posters                   map[string][]byte   // by what is watched
	Files                     map[string][]byte   // what files of the drive hold, by path; "poster" is that of every video
	Plan                      app.StreamPlan
	Look                      string
	Drive                     app.DriveLook
	Tongue                    string // language; empty is English
	Zoom                      int    // size of text in percent; 0 is 100
	Room                      int64  // of fetched content; 0 is as usual
	Worth                     string // currency that worth is shown in
	Dir                       string
	Left                      int // files that stay behind when the folder moves
	Network                   string
	AtStart, NoDesktop, Quiet bool // starting with the system, and notifications
	Notices                   []app.Notice
	Chosen                    func(topic string)
	Place                     app.WindowPlace
	Came                      app.Arrivals

	Newer app.Updates // zero is a build that does not look

	Guarded Guarded // nodes of one's own

	Err error // every call that can fail fails with it

	Stakes    app.Staking
	Questions []app.Proposal
	Nodes     []app.OwnNode
	Earned    app.NodeRewards
	People    []app.Contact
	Accounts  []app.WalletInfo  // the first is the current one; none is the sample wallet
	Own       []app.AccountInfo // accounts of the current wallet; none is one
	Kept      Care
	Changes   []app.DriveChange
	Told      app.Report // but for its status, which is Now

	Seen Network // what the network tells

	Calls []string      // what was asked for, in words
	Gate  chan struct{} // while not nil, slow calls wait for it

	subs []chan app.Event
}

func (b *Backend) note(call string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.Calls = append(b.Calls, call)
}

// Asked tells whether a call was made.
func (b *Backend) Asked(call string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Contains(b.Calls, call)
}

func (b *Backend) wait(ctx context.Context) error {
	if b.Gate != nil {
		select {
		case <-b.Gate:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return b.Err
}

// Stage tells what is missing.
func (b *Backend) Stage() app.Stage { return b.At }

// Status is the sample status.
func (b *Backend) Status() app.Status { return b.Now }

// Subscribe returns a stream that Send fills.
func (b *Backend) Subscribe() (<-chan app.Event, func()) {
	ch := make(chan app.Event, 16)
	b.mu.Lock()
	b.subs = append(b.subs, ch)
	b.mu.Unlock()
	return ch, sync.OnceFunc(func() { close(ch) })
}

// Start does nothing.
func (b *Backend) Start(ctx context.Context, _ func(string)) error {
	b.note("start")
	return b.wait(ctx)
}

// NewWords returns sample words.
func (b *Backend) NewWords(count int) ([]string, error) {
	words := strings.Fields("harbour violin meadow copper lantern orbit saddle timber walnut ribbon canyon marble " +
		"anchor basket candle dolphin engine forest garden hammer island jacket kitten ladder")
	return words[:count], b.Err
}

// CheckWords accepts 12 or 24 words.
func (b *Backend) CheckWords(words string) error {
	if n := len(strings.Fields(words)); n != 12 && n != 24 {
		return fault.Wrong(nil, "A wallet has 12 or 24 words.")
	}
	return nil
}

// AddWallet goes on to the next stage.
func (b *Backend) AddWallet(_ context.Context, name, _ string, _ []byte) (app.WalletInfo, error) {
	b.note("add wallet " + name)
	if b.Err != nil {
		return app.WalletInfo{}, b.Err
	}
	b.At = max(b.At, app.NeedsNetwork)
	return app.WalletInfo{Address: Address, Name: name, Current: true, Unlocked: true}, nil
}

// Wallets lists the wallets.
func (b *Backend) Wallets() ([]app.WalletInfo, error) {
	list := slices.Clone(b.Accounts)
	if len(list) == 0 {
		list = []app.WalletInfo{{Address: Address, Hex: Hex, Name: "Main account", Storage: Storage, Account: account(0, Address, Hex)}}
	}
	for _, each := range b.Own {
		if each.Current {
			list[0].Account = each
		}
	}
	list[0].Current, list[0].Unlocked = true, !b.IsLocked
	return list, nil
}

// Unlock accepts Password only.
func (b *Backend) Unlock(_ context.Context, password []byte) error {
	if string(password) != Password {
		return fault.Wrong(nil, "This password does not open the wallet. Try again.")
	}
	b.IsLocked = false
	return nil
}

// Lock locks.
func (b *Backend) Lock() { b.IsLocked = true }

// Touch counts.
func (b *Backend) Touch() { b.note("touch") }

// UnlockByKeyring opens the wallet where Kept says so.
func (b *Backend) UnlockByKeyring(context.Context) (tried bool, err error) {
	if !b.Kept.OnKeyring {
		return false, nil
	}
	if b.Err == nil {
		b.IsLocked = false
	}
	return true, b.Err
}

// Locked tells whether the wallet is locked.
func (b *Backend) Locked() bool { return b.IsLocked }

// Networks are the three known networks.
func (b *Backend) Networks() []app.NetworkChoice {
	list := []app.NetworkChoice{{ID: "local", Practice: true}, {ID: "mainnet"}, {ID: "mesos"}}
	for i := range list {
		list[i].Current = list[i].ID == b.Network
	}
	return list
}

// ChooseNetwork goes on to the next stage.
func (b *Backend) ChooseNetwork(ctx context.Context, id string) error {
	b.note("network " + id)
	if err := b.wait(ctx); err != nil {
		return err
	}
	b.Network = id
	b.At = max(b.At, app.NeedsFolder)
	return nil
}

// Theme is the chosen theme.
func (b *Backend) Theme() string { return b.Look }

// SetTheme keeps the choice.
func (b *Backend) SetTheme(name string) error { b.Look = name; return b.Err }

// ErrOffline is an error with a sentence, as the network gives it.
var ErrOffline = fault.Say(errors.New("dial tcp: refused"), "The network does not answer. Your files are safe; it is tried again by itself.")
