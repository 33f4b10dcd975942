package app

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/update"
)

// UpdateOptions say where this build looks for newer versions of itself, and how
// it was installed. The zero value does not look.
type UpdateOptions struct {
	Address  string // of the signed index of releases; empty: this build does not look
	Keys     string // whose signatures are believed, as [update.ParseKeys] reads them
	Version  string // of this build
	Program  string // path of this program
	AppImage string // the file it was started from, where that is an AppImage
}

// Updates is what is known of newer versions of the program.
type Updates struct {
	Can     bool         `json:"can"`             // this build looks for newer versions
	Auto    bool         `json:"auto"`            // by itself, once a day; the user agreed
	Version string       `json:"version"`         // that runs
	Looked  time.Time    `json:"looked,omitzero"` // the last time there was an answer
	Offer   *UpdateOffer `json:"offer,omitempty"` // nil where no newer version is known
}

// UpdateOffer is a newer version, signed by its makers.
type UpdateOffer struct {
	Version string    `json:"version"` // such as v1.2.0
	Date    time.Time `json:"date"`
	Notes   string    `json:"notes"`          // what is new, plain text
	Size    int64     `json:"size"`           // bytes to fetch; 0 where there is nothing for this computer
	Way     UpdateWay `json:"way"`            // how it is brought in
	Path    string    `json:"path,omitempty"` // the file, when all of it is here and was proved
	Kind    string    `json:"kind,omitempty"` // of the file
}

// UpdateWay is how a newer version is brought in.
type UpdateWay string

// The ways.
const (
	ByRestart UpdateWay = "restart" // the program ends and starts as the new one
	ByOpening UpdateWay = "open"    // the system's installer is given the file
	ByOthers  UpdateWay = "others"  // what installed this version brings newer ones too
	ByNobody  UpdateWay = "nobody"  // there is no file for this computer
)

// dpkgInfo is where a Debian system notes which packages it has.
const dpkgInfo = "/var/lib/dpkg/info"

// place tells how this program was installed.
func (o UpdateOptions) place() update.Place {
	return update.Find(runtime.GOOS, runtime.GOARCH, o.Program, o.AppImage, dpkgInfo)
}

// source is where releases come from; ok is false for builds that do not look.
func (o UpdateOptions) source() (s update.Source, ok bool) {
	keys, err := update.ParseKeys(o.Keys)
	_, released := update.Version(o.Version)
	return update.Source{Address: o.Address, Keys: keys}, err == nil && released && o.Address != ""
}

// swap is this program as one that is replaced file by file.
func (o UpdateOptions) swap() (s update.Swap, ok bool) {
	p := o.place()
	return update.Swap{Root: p.Root, Program: p.Program}, p.Root != ""
}

// knownUpdates is what is kept of newer versions (docs/updates.md).
type knownUpdates struct {
	Version int            `json:"version"` // of the format: 1
	Memory  update.Memory  `json:"memory"`
	Looked  time.Time      `json:"looked"`
	Expires time.Time      `json:"expires"`
	Release update.Release `json:"release"`
}

const knownUpdatesVersion = 1

// readKnownUpdates returns what is kept; a file that cannot be read is like none.
func (a *App) readKnownUpdates() (k knownUpdates) {
	raw, err := os.ReadFile(a.profile.updates())
	if err != nil || json.Unmarshal(raw, &k) != nil || k.Version != knownUpdatesVersion {
		return knownUpdates{Version: knownUpdatesVersion}
	}
	return k
}

// Updates tells what is known of newer versions, without asking anybody.
func (a *App) Updates() Updates {
	_, can := a.opts.Updates.source()
	known := a.readKnownUpdates()
	u := Updates{Can: can, Auto: can && a.settings.get().CheckUpdates, Version: a.opts.Updates.Version, Looked: known.Looked}
	if can && time.Now().Before(known.Expires) && update.Newer(known.Release.Version, u.Version) {
		u.Offer = a.offer(known.Release)
	}
	return u
}

// offer describes a release for this computer.
func (a *App) offer(r update.Release) *UpdateOffer {
	o := &UpdateOffer{Version: r.Version, Date: r.Date, Notes: r.Notes, Way: ByNobody}
	p := a.opts.Updates.place()
	if p.Kind == "" {
		o.Way = ByOthers
		return o
	}
	f, fits := r.For(p.OS, p.Arch, p.Kind)
	if !fits {
		return o
	}
	o.Size, o.Kind, o.Way = f.Size, string(f.Kind), ByOpening
	if p.Root != "" || p.Kind == update.Installer {
		o.Way = ByRestart
	}
	if info, err := os.Stat(a.updatePath(f)); err == nil && info.Size() == f.Size { // it has its name only when it was proved
		o.Path = a.updatePath(f)
	}
	return o
}

func (a *App) updatePath(f update.File) string {
	return filepath.Join(a.profile.fetchedUpdates(), f.Name)
}

// SetChecksUpdates says whether the program looks for newer versions by itself.
func (a *App) SetChecksUpdates(on bool) error {
	if _, can := a.opts.Updates.source(); !can {
		return errNoUpdates()
	}
	if err := a.settings.change(func(s *settings) { s.CheckUpdates = on }); err != nil {
		return err
	}
	a.updates.wakeUp()
	a.hub.send(Event{Kind: UpdatesChanged})
	return nil
}

func errNoUpdates() error { return fault.Wrong(nil, "This build does not look for updates.") }

// CheckUpdates asks the server of releases whether there is a newer version.
func (a *App) CheckUpdates(ctx context.Context) (Updates, error) {
	if _, err := a.readIndex(ctx); err != nil {
		return Updates{}, err
	}
	return a.Updates(), nil
}

// readIndex reads the signed index, and remembers it if it may be believed today.
func (a *App) readIndex(ctx context.Context) (update.Release, error) {
	s, can := a.opts.Updates.source()
	if !can {
		return update.Release{}, errNoUpdates()
	}
	index, err := s.Look(ctx)
	if err != nil {
		return update.Release{}, err
	}
	defer lockFile(a.profile.updates())()
	known, now := a.readKnownUpdates(), time.Now()
	memory, err := known.Memory.Admit(index, now)
	if err != nil {
		return update.Release{}, explainOld(err)
	}
	known = knownUpdates{Version: knownUpdatesVersion, Memory: memory, Looked: now.UTC(), Expires: index.Expires, Release: index.Release}
	if err := writeJSON(a.profile.updates(), known); err != nil {
		return update.Release{}, fault.Say(err, "What was learned of newer versions could not be saved. Your version goes on working; check that the disk is not full.")
	}
	_ = update.Sweep(a.profile.fetchedUpdates(), index.Release) // what is left is swept the next time
	a.hub.send(Event{Kind: UpdatesChanged})
	return index.Release, nil
}

// explainOld says why a signed index is not believed today.
func explainOld(err error) error {
	switch {
	case errors.Is(err, update.ErrClock):
		return fault.Say(err, "The clock of this computer seems to be behind, so nobody can tell which version is the newest. Set it and look again.")
	case errors.Is(err, update.ErrRolledBack):
		return fault.Say(err, "The server of new versions shows an older list than before, so it is not believed. Your version goes on working; look again later.")
	}
	return fault.Say(err, "The list of new versions is out of date, so it is not believed. Your version goes on working; look again later.")
}

// GetUpdate fetches the newer version, after looking again whether it still is
// the newest. Its file is proved before anything is done with it. tell, which may
// be nil, learns how many bytes are here.
func (a *App) GetUpdate(ctx context.Context, tell func(done, total int64)) (UpdateOffer, error) {
	done, err := a.updates.alone(ctx)
	if err != nil {
		return UpdateOffer{}, err
	}
	defer done()
	r, err := a.readIndex(ctx)
	if err != nil {
		return UpdateOffer{}, err
	}
	f, err := a.fileOf(r)
	if err != nil {
		return UpdateOffer{}, err
	}
	s, _ := a.opts.Updates.source()
	if _, err := s.Get(ctx, f, a.profile.fetchedUpdates(), tell); err != nil {
		return UpdateOffer{}, err
	}
	a.hub.send(Event{Kind: UpdatesChanged})
	return *a.offer(r), nil
}

// fileOf returns the file of a newer release for this computer.
func (a *App) fileOf(r update.Release) (update.File, error) {
	p := a.opts.Updates.place()
	switch f, fits := r.For(p.OS, p.Arch, p.Kind); {
	case !update.Newer(r.Version, a.opts.Updates.Version):
		return f, fault.Say(nil, "You have the newest version.")
	case p.Kind == "":
		return f, fault.Say(nil, "This copy was not installed from a package of ours. What installed it brings new versions too.")
	case !fits:
		return f, fault.Say(nil, "The new version has no file for this computer yet. Your version goes on working.")
	default:
		return f, nil
	}
}
