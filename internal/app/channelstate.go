package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/channel"
)

// channelsVersion is the format version of channels.json (docs/profile.md).
const channelsVersion = 1

// channelBook is what this profile knows of channels. All that was published,
// subscribed and let in can be found again without it.
type channelBook struct {
	Version int                     `json:"version"`
	Desks   map[string]*channelDesk `json:"desks"` // by chain and address
}

// channelDesk is what belongs to one address on one chain.
type channelDesk struct {
	Own     ownChannel        `json:"own,omitzero"`
	Follows []followed        `json:"follows,omitempty"`
	Keys    map[string][]byte `json:"keys,omitempty"` // of periods that were paid for, by channel and period
}

// ownChannel is what the creator's program keeps until it is published.
type ownChannel struct {
	Edits   channel.Edits       `json:"edits,omitzero"`
	Begun   []channelFrom       `json:"begun,omitempty"`   // items whose files are on their way
	Made    []channelFrom       `json:"made,omitempty"`    // what items came from, so that nothing is uploaded twice
	Seen    seenPage            `json:"seen,omitzero"`     // the newest record
	Page    *heldPage           `json:"page,omitempty"`    // uploaded, but perhaps not on the chain yet
	Grants  map[string]heldFile `json:"grants,omitempty"`  // by period: likewise
	Now     []heldFile          `json:"now,omitempty"`     // what the newest page stands on, as far as it was made here
	Posters []heldFile          `json:"posters,omitempty"` // uploaded here, kept as long as the page or an edit names them
	Old     []heldFile          `json:"old,omitempty"`     // deleted once the next page is there
	End     []string            `json:"end,omitempty"`     // ids of links of removed items
	Paid    map[string]string   `json:"paid,omitempty"`    // by transaction: public key of who paid, empty if it is none
	ByHand  bool                `json:"by_hand,omitempty"` // followers are let in only when the creator publishes
}

// channelFrom is where an item of the channel comes from.
type channelFrom struct {
	Item string   `json:"item"`
	Path string   `json:"path"`
	Key  string   `json:"key"` // names the content
	For  []string `json:"for,omitempty"`
}

// heldFile is a small file on the network that the channel needs.
type heldFile struct {
	FileID  string `json:"file_id,omitempty"`
	ShareID string `json:"share_id,omitempty"`
	Link    string `json:"link,omitempty"`
}

// heldPage is a channel file between its upload and its record.
type heldPage struct {
	heldFile
	Page []byte `json:"page"`
}

// seenPage is the newest record of a channel that was seen.
type seenPage struct {
	Height int64     `json:"height,omitempty"`
	Memo   string    `json:"memo,omitempty"`
	Tx     string    `json:"tx,omitempty"`
	At     time.Time `json:"at,omitzero"` // of the block
}

// followed is a channel that is followed.
type followed struct {
	Owner   string    `json:"owner"` // st1...
	Since   time.Time `json:"since"`
	Looked  time.Time `json:"looked,omitzero"` // what came after it is new
	Gone    bool      `json:"gone,omitempty"`  // not followed any more
	Changed time.Time `json:"changed"`         // what is said above; the newest of all devices holds
	Seen    seenPage  `json:"seen,omitzero"`
}

func (a *App) readChannels() (channelBook, error) {
	b := channelBook{Version: channelsVersion}
	err := readJSON(a.profile.channels(), channelsVersion, &b)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return b, nil
	case errors.Is(err, errNewerFile):
		return b, fault.Say(err, "What is known of channels was written by a newer version of Stratos Drive. Nothing was changed; please update.")
	case err != nil:
		return b, fault.Say(err, "What is known of channels cannot be read. What was published and paid for is safe; move %s away, and it is found again.", a.profile.channels())
	}
	return b, nil
}

// deskName is under what the desk of the address in use lies.
func (a *App) deskName() (string, error) {
	info, err := a.current()
	if err != nil {
		return "", err
	}
	return a.chainKey() + "/" + info.Address.String(), nil
}

// desk returns what is known for the address in use.
func (a *App) channelDesk() (channelDesk, error) {
	name, err := a.deskName()
	if err != nil {
		return channelDesk{}, err
	}
	b, err := a.readChannels()
	if d := b.Desks[name]; d != nil {
		return *d, err
	}
	return channelDesk{}, err
}

// changeDesk edits that and writes it whole or not at all. What changes nothing
// is neither written nor told.
func (a *App) changeDesk(edit func(*channelDesk)) error {
	name, err := a.deskName()
	if err != nil {
		return err
	}
	a.channelMu.Lock()
	defer a.channelMu.Unlock()
	defer lockFile(a.profile.channels() + ".change")()
	b, err := a.readChannels()
	if err != nil {
		return err
	}
	if b.Desks == nil {
		b.Desks = map[string]*channelDesk{}
	}
	if b.Desks[name] == nil {
		b.Desks[name] = &channelDesk{}
	}
	before, err := json.Marshal(b.Desks[name])
	if err != nil {
		return fmt.Errorf("change what is known of channels: %w", err)
	}
	edit(b.Desks[name])
	if after, err := json.Marshal(b.Desks[name]); err == nil && bytes.Equal(before, after) {
		return nil
	}
	if err := writeJSON(a.profile.channels(), b); err != nil {
		return fault.Say(explainDisk(err), "What is known of channels could not be saved. What was published is safe; check that the disk is not full.")
	}
	a.hub.send(Event{Kind: ChannelsChanged})
	return nil
}

// changeOwn edits what is known of the own channel.
func (a *App) changeOwn(edit func(*ownChannel)) error {
	return a.changeDesk(func(d *channelDesk) { edit(&d.Own) })
}

// lockChannel makes sure that one program works on the channel at a time.
func (a *App) lockChannel() (unlock func(), err error) {
	lock := flock.New(a.profile.channels() + ".lock")
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock channel: %w", err)
	}
	if !ok {
		return nil, fault.Say(errChannelBusy, "Something is being published on your channel at this moment. Try again when that is done.")
	}
	return func() { _ = lock.Unlock() }, nil
}

// errChannelBusy says that another program works on the channel.
var errChannelBusy = errors.New("channel is being worked on")

// from returns where an item comes from.
func from(list []channelFrom, item string) (channelFrom, bool) {
	i := slices.IndexFunc(list, func(f channelFrom) bool { return f.Item == item })
	if i < 0 {
		return channelFrom{}, false
	}
	return list[i], true
}

// same tells whether two items have the same content and audience.
func (f channelFrom) same(g channelFrom) bool { return f.Key == g.Key && slices.Equal(f.For, g.For) }

// follow returns the place of a channel in the list, -1 for none.
func (d *channelDesk) follow(owner string) int {
	return slices.IndexFunc(d.Follows, func(f followed) bool { return f.Owner == owner })
}
