package app

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
)

// LinkState says whether a link works.
type LinkState string

// The states of a link.
const (
	LinkActive     LinkState = "active"
	LinkExpired    LinkState = "expired"
	LinkStopped    LinkState = "stopped"    // by its owner, on any device
	LinkGone       LinkState = "gone"       // the network does not have it, and nobody here stopped it
	LinkUnfinished LinkState = "unfinished" // publishing was cut off
)

// Works tells whether somebody can open the link.
func (s LinkState) Works() bool { return s == LinkActive }

// Links lists the links of the publishing account that still work: those made
// by the devices of this wallet with their names, public ones made elsewhere as
// the network lists them.
func (a *App) Links(ctx context.Context) ([]Link, error) {
	all, err := a.AllLinks(ctx)
	return slices.DeleteFunc(all, func(l Link) bool { return !l.State.Works() && l.State != LinkUnfinished }), err
}

// AllLinks is [App.Links] with those that have ended, as far as they are known
// here, the newest first.
func (a *App) AllLinks(ctx context.Context) ([]Link, error) {
	all, err := a.publishers()
	if err != nil {
		return nil, err
	}
	var shares []client.Share
	for _, c := range all {
		more, err := c.Shares(ctx)
		if err != nil {
			return nil, err
		}
		shares = append(shares, more...)
	}
	a.takeLinks(ctx)
	r, err := a.readRegister()
	if err != nil {
		return nil, err
	}
	return append(unfinished(r), mergeLinks(shares, r.Links, time.Now())...), nil
}

// mergeLinks says of the links of the register whether they work, and adds what
// the network lists besides, except parts of private objects.
func mergeLinks(shares []client.Share, made []madeLink, now time.Time) []Link {
	parts, listed := map[string]bool{}, map[string]client.Share{}
	for _, s := range shares {
		listed[s.ID] = s
	}
	var links []Link
	for _, m := range made {
		parts[m.ID], parts[m.CardShare] = true, true
		if m.Published != nil {
			for _, p := range m.Published.Parts {
				parts[p.ShareID] = true
			}
		}
		links = append(links, m.now(listed, now))
	}
	for _, s := range shares {
		if parts[s.ID] || ended(s.Expires, now) || path.Ext(s.Name) == "" { // parts of private links have bare random names
			continue
		}
		links = append(links, Link{
			ID: s.ID, Name: s.Name, Link: s.Link, Size: s.Size, Public: true, Created: s.Created, Expires: s.Expires, State: LinkActive,
		})
	}
	slices.SortFunc(links, func(x, y Link) int { return y.Created.Compare(x.Created) })
	return links
}

// now is the link as the network has it.
func (m madeLink) now(listed map[string]client.Share, now time.Time) Link {
	l := m.Link
	s, there := listed[l.ID]
	if there {
		l.Expires = s.Expires
	}
	switch {
	case !l.Stopped.IsZero():
		l.State = LinkStopped
	case ended(l.Expires, now):
		l.State = LinkExpired
	case !there:
		l.State = LinkGone
	default:
		l.State = LinkActive
	}
	return l
}

func ended(expires, now time.Time) bool { return !expires.IsZero() && expires.Before(now) }

// ForgetLink takes a link that has ended off the list of this device.
func (a *App) ForgetLink(ctx context.Context, id string) error {
	all, err := a.AllLinks(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(l Link) bool { return l.ID == id })
	if i < 0 || all[i].State.Works() || all[i].State == LinkUnfinished {
		return fault.Wrong(nil, "Only a link that has ended can be taken off the list. Stop it first.")
	}
	if all[i].State != LinkStopped { // what is left of it on the network goes too
		if err := a.StopLink(ctx, id); err != nil {
			return err
		}
	}
	return a.changeRegister(func(r *register) {
		r.Links = slices.DeleteFunc(r.Links, func(m madeLink) bool { return m.ID == id })
	})
}

// sharedPaths are the files and folders of the drive that links lead to.
func (a *App) sharedPaths() map[string]bool {
	r, err := a.readRegister()
	if err != nil {
		return nil
	}
	paths, now := map[string]bool{}, time.Now()
	for _, l := range r.Links {
		if l.Path != "" && l.Stopped.IsZero() && !ended(l.Expires, now) {
			paths[strings.Trim(l.Path, "/")] = true
		}
	}
	return paths
}
