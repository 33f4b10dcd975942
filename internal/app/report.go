package app

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// Report is all that can be said about the drive at one moment.
type Report struct {
	Status
	Running  bool       `json:"running"` // some program of this profile syncs
	Folder   string     `json:"folder"`
	Device   string     `json:"device"` // this one
	Limits   Limits     `json:"limits"`
	Moving   []Transfer `json:"moving"`            // files on their way, the first few
	Held     []string   `json:"held_back"`         // files that a person holds back, by path
	Problems []string   `json:"problems"`          // newest last
	Issues   []Issue    `json:"issues"`            // the same, with what each is about
	Damaged  []string   `json:"damaged"`           // files whose content changed by itself; Refetch mends them
	Stopped  *Stopped   `json:"stopped,omitempty"` // what a brake stopped

	Devices []DriveDevice `json:"devices"`  // of the drive, the one seen last first
	Unread  int           `json:"unread"`   // folders that the last sync could not read; what is in them waits
	Epoch   int           `json:"epoch"`    // of the drive's keys: 1 unless a device was stolen
	OldLeft bool          `json:"old_left"` // files of an older epoch are still to be deleted by this device

	OzoneLow    bool          `json:"ozone_low"`       // it lasts less than a week at the present rate
	OzoneLasts  time.Duration `json:"ozone_lasts_ns"`  // while it is low
	ClockBehind time.Duration `json:"clock_behind_ns"` // of this computer, against the gateways'; below zero: ahead; 0: right
}

// Transfer is a file on its way. A video that is published has a stage; while it
// is converted, done and size are milliseconds of it, else bytes.
type Transfer struct {
	Path  string `json:"path"`
	Up    bool   `json:"up"`
	Done  int64  `json:"done"`
	Size  int64  `json:"size"`
	Stage string `json:"stage,omitempty"`
}

// The stages of publishing a video.
const (
	StageConvert = "convert"
	StageUpload  = "upload"
)

// Issue is something a person should know, in one sentence.
type Issue struct {
	Path string `json:"path,omitempty"` // the file it is about; empty for none
	Text string `json:"text"`
}

// Stopped is what a brake stopped until a person has looked at it.
type Stopped struct {
	Danger string    `json:"danger"` // "deleted", "changed", "scrambled", "vanished" or "missing"
	Count  int       `json:"count"`  // files it is about
	Total  int       `json:"total"`  // files of the drive
	Paths  []string  `json:"paths"`  // of the first of them
	Since  time.Time `json:"since"`  // all was well then: where to rewind to
}

// Report tells where the drive stands, also while another program syncs it.
func (a *App) Report(ctx context.Context) (Report, error) {
	d := a.currentDrive()
	if d != nil {
		return a.report(d), nil
	}
	var r Report
	if err := a.tellRunning(ctx, "report", &r); err != nil {
		return r, err
	}
	if r.Running {
		return r, nil
	}
	return a.lastReport(), nil
}

func (a *App) report(d *drive) Report {
	s := a.settings.get()
	r := Report{
		Status: a.Status(), Running: true, Folder: d.root, Device: s.Device, Limits: s.Limits,
		Moving: []Transfer{}, Held: d.engine.Held(),
		Damaged: append([]string{}, d.engine.Damaged()...),
	}
	problems, issues := d.board.known()
	r.Problems, r.Issues = append([]string{}, problems...), append([]Issue{}, issues...)
	for _, m := range d.engine.InMotion() {
		r.Moving = append(r.Moving, Transfer{Path: m.Path, Up: m.Up, Done: m.Done, Size: m.Total})
	}
	r.Moving = append(a.publishings.transfers(), r.Moving...)
	if b, stopped := d.engine.Stopped(); stopped {
		r.Stopped = stoppedOf(b)
	}
	r.Devices = []DriveDevice{}
	if all, err := d.engine.Devices(context.Background()); err == nil { // asks no network
		for _, x := range all {
			r.Devices = append(r.Devices, DriveDevice(x))
		}
	}
	r.Unread = int(d.unread.Load())
	r.OzoneLasts, r.OzoneLow, r.ClockBehind = d.ahead(time.Now())
	a.reportEpoch(&r)
	return r
}

// reportEpoch tells under which keys the drive lies.
func (a *App) reportEpoch(r *Report) {
	now := a.epochOf(a.ownerAddress())
	r.Epoch, r.OldLeft = now.Number, len(now.Old) > 0
}

func stoppedOf(b engine.Brake) *Stopped {
	return &Stopped{string(b.Danger), b.Count, b.Total, append([]string{}, b.Paths...), b.Since}
}

// lastReport is what was known when a program synced last.
func (a *App) lastReport() Report {
	var r Report
	for _, p := range a.driveHomes() {
		var old Report
		raw, err := os.ReadFile(filepath.Join(p, reportName))
		if err == nil && json.Unmarshal(raw, &old) == nil && old.LastSync.After(r.LastSync) {
			r = old
		}
	}
	s := a.settings.get()
	r.Running, r.Phase, r.Folder, r.Device, r.Limits, r.Moving = false, PhaseOff, s.Folder, s.Device, s.Limits, []Transfer{}
	r.PausedUntil, r.PerSecond, r.Left, r.Noz = time.Time{}, 0, 0, ""
	r.OzoneLasts, r.OzoneLow, r.ClockBehind = 0, false, 0
	if s.pausedAt(time.Now()) {
		r.Phase, r.PausedUntil = PhasePaused, s.PausedUntil
	}
	r.Held, r.Issues = []string{}, append([]Issue{}, r.Issues...)
	r.Problems, r.Damaged = append([]string{}, r.Problems...), append([]string{}, r.Damaged...)
	r.Devices = append([]DriveDevice{}, r.Devices...)
	a.reportEpoch(&r)
	return r
}

// reportName is the file that tells where a drive stood when nobody syncs it.
const reportName = "report.json"

// keepReport writes down where a drive stands. Losing it loses nothing.
func (a *App) keepReport(d *drive) {
	if d.home == "" || d.board.isNew() {
		return
	}
	if files, bytes, err := d.engine.Totals(context.Background()); err == nil {
		d.board.holds(files, bytes)
	}
	_ = writeJSON(filepath.Join(d.home, reportName), a.report(d))
}

func (b *board) isNew() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rested.IsZero()
}

// driveHomes are the places of the drives of the wallet in use.
func (a *App) driveHomes() []string {
	s := a.settings.get()
	storage := s.wallet(a.ownerAddress()).Storage
	if storage == "" {
		return nil
	}
	homes, _ := filepath.Glob(filepath.Join(a.profile.drive(storage, "*"))) // the pattern is right
	return homes
}

// GoOnAnyway lets the sync do what a brake stopped, after a person has looked
// at it.
func (a *App) GoOnAnyway(ctx context.Context) error {
	if d := a.currentDrive(); d != nil {
		d.engine.Allow()
		return nil
	}
	body, err := a.askRunning(ctx, "allow")
	if err != nil {
		return err
	}
	if body == nil {
		return fault.Say(nil, "Nothing syncs this drive now. To go on anyway, run stos sync FOLDER --force.")
	}
	return body.Close()
}

// Refetch brings back the saved version of a file that the disk damaged. What
// lay there is put aside in the drive's private folder.
func (a *App) Refetch(ctx context.Context, p string) error {
	if a.currentDrive() == nil {
		body, err := a.askRunning(ctx, "refetch?"+url.Values{"path": {p}}.Encode())
		if err != nil {
			return err
		}
		if body != nil {
			return body.Close()
		}
	}
	return a.withDrive(ctx, func(d *drive) error { return explainDisk(d.engine.Refetch(ctx, p)) })
}
