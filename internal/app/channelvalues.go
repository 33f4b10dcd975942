package app

import (
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// ChannelInfo is a channel as a person sees it: his own, or another's.
type ChannelInfo struct {
	Owner   string          `json:"owner"` // st1...
	Link    string          `json:"link"`  // to pass on
	Title   string          `json:"title"`
	Text    string          `json:"text,omitempty"`
	Poster  string          `json:"poster,omitempty"` // sds://...
	Changed time.Time       `json:"changed,omitzero"`
	Items   []ChannelItem   `json:"items"` // the newest first
	Periods []ChannelPeriod `json:"periods"`
	Own     bool            `json:"own"`

	Followed bool      `json:"followed"`
	Since    time.Time `json:"since,omitzero"`
	New      int       `json:"new"` // items that came since one looked

	// Problem says why this is not the newest page for sure; a sentence.
	Problem string `json:"problem,omitempty"`
	// Older tells that an older page is shown than was seen before.
	Older bool `json:"older,omitempty"`

	// Of the own channel.
	Published bool           `json:"published,omitempty"` // others can see it
	Changes   int            `json:"changes,omitempty"`   // what was done and not published yet
	Followers int            `json:"followers,omitempty"` // who paid
	Waiting   int            `json:"waiting,omitempty"`   // of them, who were not let in yet
	Earned    stratos.Amount `json:"earned,omitzero"`     // by subscriptions
	ByHand    bool           `json:"by_hand,omitempty"`   // who paid is let in only when the creator publishes

	stale  bool // there may be a newer page
	unsure bool // not all own payments could be read
}

// ChannelItem is a video, a piece of music or a file of a channel.
type ChannelItem struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind"` // "video", "music" or "file"
	Title   string    `json:"title"`
	Text    string    `json:"text,omitempty"`
	Poster  string    `json:"poster,omitempty"` // sds://...
	At      time.Time `json:"at,omitzero"`
	Bytes   int64     `json:"bytes,omitempty"`
	Seconds int       `json:"seconds,omitempty"`
	Link    string    `json:"link,omitempty"`    // of what is for everybody
	Periods []string  `json:"periods,omitempty"` // whose followers may open it; none: everybody
	Open    bool      `json:"open"`              // by this wallet, here and now
	New     bool      `json:"new,omitempty"`     // since one looked
	Draft   bool      `json:"draft,omitempty"`   // of the own channel: not published yet

	Owner   string `json:"owner"`   // of the channel that it is of
	Channel string `json:"channel"` // what that is called
}

// Public tells whether an item is for everybody.
func (i ChannelItem) Public() bool { return len(i.Periods) == 0 }

// PeriodState says where a follower stands with a period.
type PeriodState string

// The states of a period for the wallet in use.
const (
	NotSubscribed PeriodState = "none"
	// AwaitsCreator: paid, and the creator's program was not there since.
	AwaitsCreator PeriodState = "waiting"
	// AwaitsUnlock: the key is there, and the wallet has to be unlocked to take it.
	AwaitsUnlock PeriodState = "locked"
	PeriodOpen   PeriodState = "open"
)

// ChannelPeriod is a time that can be paid for.
type ChannelPeriod struct {
	ID     string         `json:"id"`
	From   time.Time      `json:"from"`
	To     time.Time      `json:"to"`
	Price  stratos.Amount `json:"price"`
	Now    bool           `json:"now"`             // it runs
	State  PeriodState    `json:"state,omitempty"` // of another's channel
	Paid   time.Time      `json:"paid,omitzero"`   // by this wallet
	Items  int            `json:"items"`           // that it opens
	Draft  bool           `json:"draft,omitempty"` // of the own channel: not published yet
	Payers int            `json:"payers,omitempty"`
	Earned stratos.Amount `json:"earned,omitzero"`
}

// ChannelNews is what is new over the channels that are followed.
type ChannelNews struct {
	Channels []ChannelInfo `json:"channels"`
	Items    []ChannelItem `json:"items"` // of all of them, the newest first
	New      int           `json:"new"`
}

// ChannelPlan is what publishing the channel would do and take.
type ChannelPlan struct {
	TxPreview
	Items   int    `json:"items"`   // on the page
	Added   int    `json:"added"`   // of them, not on the page before
	Removed int    `json:"removed"` // that will be gone
	LetIn   int    `json:"let_in"`  // followers who paid and get their key
	Bytes   int64  `json:"bytes"`   // of files that are uploaded
	Noz     string `json:"noz"`     // for all copies; decimal
	Nothing bool   `json:"nothing"` // the page is as it was published
}

// ChannelPublished is how publishing went.
type ChannelPublished struct {
	TxResult
	Link    string `json:"link"` // of the channel
	Items   int    `json:"items"`
	LetIn   int    `json:"let_in"`
	Nothing bool   `json:"nothing"` // there was nothing to publish
}
