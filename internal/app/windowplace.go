package app

import "context"

// WindowPlace is how the window was left. The zero value is a window that was
// never closed.
type WindowPlace struct {
	Width  float32 `json:"width,omitempty"` // in units of the toolkit
	Height float32 `json:"height,omitempty"`
	X      int     `json:"x,omitempty"` // on the screen, in its pixels
	Y      int     `json:"y,omitempty"`
	Placed bool    `json:"placed,omitempty"` // X and Y are known
	Page   string  `json:"page,omitempty"`
	Folder string  `json:"folder,omitempty"` // of the drive, where Page shows one
	// ToldTray tells that a person was told that closing the window goes on
	// syncing.
	ToldTray bool `json:"told_tray,omitempty"`
}

// WindowPlace tells how the window was left.
func (a *App) WindowPlace() WindowPlace { return a.settings.get().Window }

// SetWindowPlace keeps how the window is left.
func (a *App) SetWindowPlace(p WindowPlace) error {
	return a.settings.change(func(s *settings) { s.Window = p })
}

// Arrivals are what came to the wallet without its doing.
type Arrivals struct {
	Received []HistoryEntry // payments, the newest first
	Returns  []Unbonding    // stakes on their way back
}

// arrivalsMost is how many payments are looked at: more than come between two
// looks.
const arrivalsMost = 20

// Arrivals asks the chain what came and what is on its way.
func (a *App) Arrivals(ctx context.Context) (Arrivals, error) {
	page, err := a.SearchHistory(ctx, HistoryQuery{Kind: "received", Limit: arrivalsMost})
	if err != nil {
		return Arrivals{}, err
	}
	stakes, err := a.Staking(ctx)
	return Arrivals{Received: page.Entries, Returns: stakes.Returns}, err
}
