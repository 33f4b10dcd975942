package app

import (
	"fmt"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Stage tells what is still missing before the program can do its work.
type Stage int

// The stages of the first start, in order.
const (
	NeedsWallet Stage = iota
	NeedsNetwork
	NeedsFolder
	Ready
)

// WalletInfo describes a wallet of the profile. It holds no secret.
type WalletInfo struct {
	Address  string    `json:"address"` // st1...
	Hex      string    `json:"hex"`     // 0x...
	Name     string    `json:"name"`
	Storage  string    `json:"storage"` // st1... of the storage account
	Publish  string    `json:"publish"` // st1... of the publishing account
	Created  time.Time `json:"created"`
	Unlocked bool      `json:"unlocked"`
	Current  bool      `json:"current"`
	Watched  bool      `json:"watched"`   // there is no key, only the address
	BackedUp bool      `json:"backed_up"` // the user showed to have the words
	Single   bool      `json:"single"`    // made of a key, so it has one account only

	Account AccountInfo `json:"account"` // the one in use, or the one to go on with
}

// AccountInfo describes an account of a wallet. All accounts come from the same
// words; each has its own money and history.
type AccountInfo struct {
	Index   uint32 `json:"index"`   // the last step of the derivation path; 0 is the first
	Address string `json:"address"` // st1...
	Hex     string `json:"hex"`     // 0x...
	Name    string `json:"name"`
	Current bool   `json:"current"`
}

// Balance is what an account owns. Amounts are wei, ozone is noz
// (1 ozone = 10^9 noz).
type Balance struct {
	Total        stratos.Amount `json:"total"`     // held, staked, on its way back, and rewards due
	Held         stratos.Amount `json:"held"`      // in the account itself, locked included
	Spendable    stratos.Amount `json:"spendable"` // of what is held
	Staked       stratos.Amount `json:"staked"`
	Unbonding    stratos.Amount `json:"unbonding"`       // on its way back
	Rewards      stratos.Amount `json:"rewards"`         // of stakes, due now
	StakeUnknown bool           `json:"stake_unknown"`   // the stake could not be read and is not counted
	Worth        string         `json:"worth,omitempty"` // of Total, "12.34 EUR"; empty unless wanted and known
	StorageNoz   string         `json:"storage_noz"`     // decimal
	PublishNoz   string         `json:"publish_noz"`     // decimal
	WalletNoz    string         `json:"wallet_noz"`      // decimal, under the account's own address
	OzoneUnknown bool           `json:"ozone_unknown"`   // no gateway answered
}

// OzoneQuote is what an amount buys at this moment. The chain may give a
// little less by the time the purchase is included.
type OzoneQuote struct {
	Amount stratos.Amount `json:"amount"`
	Noz    string         `json:"noz"` // decimal
	Fee    stratos.Amount `json:"fee"`
	Left   stratos.Amount `json:"left"`

	preview chain.Preview // what BuyOzone signs
	gift    bool          // for somebody else
}

// TxResult is a transaction that is in a block.
type TxResult struct {
	Hash   string         `json:"hash"`
	Height int64          `json:"height"`
	Fee    stratos.Amount `json:"fee"`
	Noz    string         `json:"noz,omitempty"` // ozone bought, for a purchase
}

// HistoryEntry is one transaction in plain words.
type HistoryEntry struct {
	Time     time.Time      `json:"time"`
	Kind     string         `json:"kind"`  // "sent", "received", "ozone", "stake", "vote", "node", "other"
	Words    string         `json:"words"` // the kind in plain English
	Amount   stratos.Amount `json:"amount"`
	Incoming bool           `json:"incoming"`
	With     string         `json:"with,omitempty"` // the other address
	Memo     string         `json:"memo,omitempty"`
	Fee      stratos.Amount `json:"fee"`
	Hash     string         `json:"hash"`
	State    string         `json:"state"` // "done", "failed", "waiting", "unknown"
}

// NetworkChoice is a network that the user may choose.
type NetworkChoice struct {
	ID       string `json:"id"` // "local", "mainnet", "mesos", a name of the user's own, or a file path
	Practice bool   `json:"practice"`
	Own      bool   `json:"own"` // the user described it
	Current  bool   `json:"current"`
}

// EntryStatus is where an entry of the drive stands.
type EntryStatus string

// The states of an entry.
const (
	Synced      EntryStatus = "synced"
	Waiting     EntryStatus = "waiting"
	Uploading   EntryStatus = "uploading"
	Downloading EntryStatus = "downloading"
	OnlyOnline  EntryStatus = "online"
	Conflict    EntryStatus = "conflict"
	Ignored     EntryStatus = "ignored" // it lies in the folder, but a rule leaves it out
	Busy        EntryStatus = "busy"    // it waits until another program has written it
)

// Entry is a file or folder of the drive.
type Entry struct {
	Name    string      `json:"name"`
	Path    string      `json:"path"` // slash-separated, relative to the drive
	Folder  bool        `json:"folder"`
	Size    int64       `json:"size"`  // bytes; of a folder 0
	Items   int         `json:"items"` // entries in a folder
	Changed time.Time   `json:"changed"`
	Status  EntryStatus `json:"status"`
	Percent int         `json:"percent"` // while uploading or downloading
	Left    bool        `json:"left"`    // not kept on this disk
	Shared  bool        `json:"shared"`
	Video   bool        `json:"video"`
}

// ShareOptions says how something is published.
type ShareOptions struct {
	Public   bool          // plain, readable by any Stratos tool
	Duration time.Duration // 0 = as long as the network allows

	item string // of the channel, that the link is for
}

// Link is a share link with what it leads to.
type Link struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Link    string    `json:"link"` // sds://... or stos://...#...
	Path    string    `json:"path,omitempty"`
	Size    int64     `json:"size"`
	Public  bool      `json:"public"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires"`

	// Of a folder: how many files lead there.
	Folder bool `json:"folder,omitempty"`
	Files  int  `json:"files,omitempty"`
	// State says whether it works; lists have it.
	State LinkState `json:"state,omitempty"`
	// Stopped is when it was stopped, where that is known.
	Stopped time.Time `json:"stopped,omitzero"`
	// Of a published video: the link that shows title and poster in this
	// program, beside Link, which every Stratos tool reads; and its length.
	AppLink string  `json:"app_link,omitempty"`
	Seconds float64 `json:"seconds,omitempty"`
	// Unfinished: publishing was cut off. Doing it again goes on with it.
	Unfinished bool `json:"unfinished,omitempty"`
	// Item is the item of the own channel that the link was made for, by its id.
	Item string `json:"item,omitempty"`
}

// SyncPhase is the state of the drive as a whole.
type SyncPhase string

// The phases of the drive.
const (
	PhaseOff        SyncPhase = "off" // nothing is set up yet
	PhaseStarting   SyncPhase = "starting"
	PhaseUpToDate   SyncPhase = "up to date"
	PhaseSyncing    SyncPhase = "syncing"
	PhasePaused     SyncPhase = "paused"
	PhaseOffline    SyncPhase = "offline"
	PhaseOutOfOzone SyncPhase = "out of ozone"
	PhaseOutOfDisk  SyncPhase = "out of disk"
	PhaseStopped    SyncPhase = "stopped" // a brake; Problem says which
)

// Status is the one line that always tells the truth.
type Status struct {
	Phase      SyncPhase     `json:"phase"`
	Sending    bool          `json:"sending"`   // while syncing: files go to the network
	Receiving  bool          `json:"receiving"` // while syncing: files come from it
	FilesDone  int           `json:"files_done"`
	FilesTotal int           `json:"files_total"`
	BytesDone  int64         `json:"bytes_done"`
	BytesTotal int64         `json:"bytes_total"`
	PerSecond  float64       `json:"per_second"` // bytes
	Left       time.Duration `json:"left"`       // 0 = not known
	Files      int           `json:"files"`      // in the drive
	Bytes      int64         `json:"bytes"`      // in the drive
	Held       int           `json:"held"`       // files that a person holds back
	Practice   bool          `json:"practice"`   // files exist only on this computer
	Watching   bool          `json:"watching"`   // an address without a key is in use, which has no drive
	Problem    string        `json:"problem,omitempty"`

	LastSync    time.Time `json:"last_sync,omitzero"`    // disk and network were the same then
	PausedUntil time.Time `json:"paused_until,omitzero"` // while paused with an end
	Noz         string    `json:"noz"`                   // ozone spent since the sync was started, decimal
}

// EventKind says what an [Event] is about.
type EventKind int

// Events tell that something may have changed; receivers read it again.
const (
	StatusChanged   EventKind = iota // Status() is new
	DriveChanged                     // Path names the folder whose list is new
	WalletChanged                    // balance or history is new
	SetupChanged                     // Stage() is new
	LinksChanged                     // Links() is new
	ProblemArose                     // Text is one sentence
	NetworkStarted                   // the practice network is ready
	SyncDone                         // disk and network are the same; Text says what that took
	ChannelsChanged                  // MyChannel() or Channels() is new
	NodesChanged                     // MyNodes() is new
	NodesTold                        // TakeNodeNews() has something
	UpdatesChanged                   // Updates() is new
)

var eventKinds = [...]string{"status", "drive", "wallet", "setup", "links", "problem", "network", "done", "channels", "nodes", "nodenews", "updates"}

// String returns the kind in a word.
func (k EventKind) String() string { return eventKinds[k] }

// MarshalText implements [encoding.TextMarshaler].
func (k EventKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (k *EventKind) UnmarshalText(text []byte) error {
	i := slices.Index(eventKinds[:], string(text))
	if i < 0 {
		return fmt.Errorf("there is no event of kind %q", text)
	}
	*k = EventKind(i)
	return nil
}

// Event is one message of the event stream.
type Event struct {
	Kind EventKind
	Path string
	Text string
}
