package app

import (
	"context"
	"encoding/hex"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/space"
)

// DriveSpace tells what the drive's space on the network is used for, in bytes.
// What is counted is stored once; the network keeps several copies of it.
type DriveSpace struct {
	Total     int64 `json:"total"`
	Metadata  int64 `json:"metadata"`  // folders, indexes and the like
	Current   int64 `json:"current"`   // files that are in the drive now
	Old       int64 `json:"old"`       // old versions and deleted files that are still kept
	Unused    int64 `json:"unused"`    // nothing needs it any more
	Condemned int64 `json:"condemned"` // of all that, what waits for its deletion
	Packs     int   `json:"packs"`     // files on the network
}

// Space tells what the space of the drive is used for.
func (a *App) Space(ctx context.Context) (s DriveSpace, err error) {
	err = a.look(ctx, func(e *engine.Engine) error {
		u, err := e.Space(ctx)
		s = DriveSpace(u)
		return err
	})
	return s, err
}

// CleanUp tells what freeing space did, or would do.
type CleanUp struct {
	Done       bool       `json:"done"` // false for a preview
	Deleted    int        `json:"deleted"`
	Condemned  int        `json:"condemned"` // packs that wait for their deletion
	Waiting    int64      `json:"waiting"`   // their bytes
	Due        int        `json:"due"`       // packs that may be deleted now
	Missing    int        `json:"missing"`   // packs that the network has lost
	Repack     int        `json:"repack"`    // packs of which little is needed
	RepackCost int64      `json:"repack_cost"`
	RepackGain int64      `json:"repack_gain"`
	Silent     []string   `json:"silent_devices"`  // somebody must say whether they still count
	NotRead    []string   `json:"waiting_devices"` // have not read yet what is to be deleted
	Problem    string     `json:"problem,omitempty"`
	Space      DriveSpace `json:"space"`
}

// PreviewCleanUp tells what [App.CleanUp] would do, and changes nothing.
func (a *App) PreviewCleanUp(ctx context.Context) (c CleanUp, err error) {
	err = a.look(ctx, func(e *engine.Engine) error {
		got, err := e.PlanCollect(ctx)
		if err == nil {
			c, err = cleanUp(ctx, e, got)
		}
		return err
	})
	return c, err
}

// CleanUp frees space: what nothing needs is condemned, and deleted 30 days
// later when every device knows. With repack, what is needed of packs that are
// mostly unused is stored anew.
func (a *App) CleanUp(ctx context.Context, repack bool) (c CleanUp, err error) {
	err = a.speak(ctx, func(e *engine.Engine) error {
		got, err := e.Collect(ctx, repack)
		if err != nil {
			return err
		}
		c, err = cleanUp(ctx, e, got)
		c.Done = got.Plan.Refused == space.Free
		return err
	})
	return c, err
}

func cleanUp(ctx context.Context, e *engine.Engine, got engine.Collected) (CleanUp, error) {
	p := got.Plan
	c := CleanUp{
		Deleted: got.Deleted, Waiting: p.Usage.Condemned, Due: len(p.Delete), Missing: len(p.Missing), Problem: string(p.Refused),
		Repack: len(p.Sparse), RepackCost: p.SparseCost, RepackGain: p.SparseGain, Space: DriveSpace(p.Usage),
		Silent: []string{}, NotRead: []string{},
	}
	for _, x := range p.Own {
		if !x.Gone {
			c.Condemned++
		}
	}
	devices, err := e.Devices(ctx)
	for _, d := range devices {
		named := func(id [16]byte) bool { return hex.EncodeToString(id[:]) == d.ID }
		for _, id := range p.Silent {
			if named(id) {
				c.Silent = append(c.Silent, d.Name)
			}
		}
		for _, id := range p.Waiting {
			if named(id) {
				c.NotRead = append(c.NotRead, d.Name)
			}
		}
	}
	slices.Sort(c.Silent)
	slices.Sort(c.NotRead)
	return c, err
}

// Retention says how long the past of the drive is kept, in days of age: every
// state up to All, then the last of each day up to Daily, then the last of each
// week up to Weekly.
type Retention struct {
	All    int `json:"all_days"`
	Daily  int `json:"daily_days"`
	Weekly int `json:"weekly_days"`
}

// maxRetention is a hundred years, in days.
const maxRetention = 36500

// Retention returns how long the past of the drive is kept.
func (a *App) Retention(ctx context.Context) (r Retention, err error) {
	err = a.look(ctx, func(e *engine.Engine) error {
		got, err := e.Retention(ctx)
		r = Retention(got)
		return err
	})
	return r, err
}

// SetRetention says how long the past is kept, on all devices.
func (a *App) SetRetention(ctx context.Context, r Retention) error {
	for _, days := range []int{r.All, r.Daily, r.Weekly} {
		if days < 0 || days > maxRetention {
			return fault.Wrong(nil, "The past is kept for 0 to %d days. Nothing was changed.", maxRetention)
		}
	}
	return a.speak(ctx, func(e *engine.Engine) error { return e.SetRetention(ctx, space.Retention(r)) })
}
