package app

import (
	"context"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	views "github.com/stratosdrive/stratosdrive/network/audience"
	"github.com/stratosdrive/stratosdrive/network/figures"
)

// forecastDays is how far a forecast looks.
const forecastDays = 30

// PlayCount is what came of something: plays by others than its owner.
type PlayCount struct {
	Plays int64 `json:"plays"`
	Ends  int64 `json:"ends"`  // plays that came to the last part
	Bytes int64 `json:"bytes"` // that others paid for
}

// DayCount is what came of something on one day, in UTC.
type DayCount struct {
	Day time.Time `json:"day"`
	PlayCount
}

// PlayRange is what the next days may bring of something; four times in five it
// lies between Low and High.
type PlayRange struct {
	Low    int64 `json:"low"`
	Likely int64 `json:"likely"`
	High   int64 `json:"high"`
}

// PlayForecast is what the next days may bring.
type PlayForecast struct {
	Days  int       `json:"days"`
	Plays PlayRange `json:"plays"`
	Bytes PlayRange `json:"bytes"`
}

// LinkPlays is what came by one link.
type LinkPlays struct {
	ID    string    `json:"id"`
	Link  string    `json:"link"`
	State LinkState `json:"state"`
	Plays int64     `json:"plays"`
	Bytes int64     `json:"bytes"`
}

// ItemPlays is what came of one thing that was published, by all of its links.
type ItemPlays struct {
	Name    string    `json:"name"`
	Size    int64     `json:"size"`
	Seconds float64   `json:"seconds,omitempty"`
	Public  bool      `json:"public"`
	Created time.Time `json:"created"`
	PlayCount
	Payers    int64       `json:"payers"`    // different wallets that paid
	Days      []DayCount  `json:"days"`      // with anything in them, oldest first
	Retention []float64   `json:"retention"` // part of all plays, 0 to 1, that were given each part
	Links     []LinkPlays `json:"links"`
	Advice    Advice      `json:"advice"`
	At        float64     `json:"advice_at,omitempty"` // the place that the advice is about, 0 to 1
	Money     *PlaysMoney `json:"money,omitempty"`     // nil where the network tells nothing of it

	hashes map[string]bool // of the files that it lies in
}

// Advice is the one thing that is most worth doing about something published.
type Advice = views.Advice

// The advice there is.
const (
	AdviceNone      = views.Nothing
	AdviceShare     = views.Share
	AdviceWait      = views.Wait
	AdviceBeginning = views.Beginning
	AdviceMiddle    = views.Middle
	AdviceMore      = views.More
	AdviceRevive    = views.Revive
)

// Plays is what came of all that this wallet published. Nobody who watched is
// named in it.
type Plays struct {
	// Published tells whether this network counts plays; else all counts are 0
	// because nobody knows.
	Published bool          `json:"published"`
	At        time.Time     `json:"at,omitzero"`
	Items     []ItemPlays   `json:"items"` // the most played first
	Total     PlayCount     `json:"total"`
	Days      []DayCount    `json:"days"`
	Forecast  *PlayForecast `json:"forecast,omitempty"` // nil as long as too little is known
	Money     *PlaysMoney   `json:"money,omitempty"`    // nil where the network tells nothing of it now
}

// Plays tells how often what this wallet published was played by others.
func (a *App) Plays(ctx context.Context) (Plays, error) {
	links, err := a.playedLinks(ctx)
	if err != nil {
		return Plays{}, err
	}
	r, err := a.readRegister()
	if err != nil {
		return Plays{}, err
	}
	n, err := a.network()
	if err != nil {
		return Plays{}, err
	}
	if n.Audience == "" {
		return playsOf(links, r.Links, nil, time.Now()), nil
	}
	owners, err := a.contentOwners()
	if err != nil {
		return Plays{}, err
	}
	files, err := readAudience(ctx, n.Audience, owners)
	if err != nil {
		return Plays{}, err
	}
	p := playsOf(links, r.Links, slices.Concat(files...), time.Now())
	p.Published = true
	if priced, price, err := a.priced(ctx, owners, files); err == nil { // counts are told without the money too
		p.addMoney(priced, price)
	}
	return p, ctx.Err()
}

// playedLinks are the links of the publishing accounts, and those to files of the
// wallet's own account.
func (a *App) playedLinks(ctx context.Context) ([]Link, error) {
	links, err := a.AllLinks(ctx)
	if err != nil {
		return nil, err
	}
	own, err := a.client(WalletAccount)
	if err != nil {
		return nil, err
	}
	shares, err := own.Shares(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, l := range links {
		known[l.ID] = true
	}
	for _, l := range mergeLinks(shares, nil, time.Now()) {
		if !known[l.ID] {
			links = append(links, l)
		}
	}
	return links, nil
}

// readAudience asks the network about the files of accounts.
func readAudience(ctx context.Context, address string, owners []contentOwner) (all [][]network.AudienceFile, err error) {
	client := figuresClient()
	for _, o := range owners {
		got, err := figures.ReadAudience(ctx, client, address, o.address.String())
		if err != nil && ctx.Err() == nil {
			err = fault.Say(err, "The network does not tell how often your files were played at the moment. Try again later.")
		}
		if err != nil {
			return nil, err
		}
		all = append(all, got.Files)
	}
	return all, nil
}
