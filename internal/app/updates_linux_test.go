package app

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/update"
)

// releases are a server of releases whose index a test changes, and a program
// that was installed as one file.
type releases struct {
	t     *testing.T
	key   ed25519.PrivateKey
	index update.Index
	pack  []byte // the new program
	asked atomic.Int32
	home  string
	opts  UpdateOptions
}

// tells is a program that only tells its version.
func tells(version string) []byte { return []byte("#!/bin/sh\necho " + version + "\n") }

func newReleases(t *testing.T) *releases {
	t.Helper()
	r := &releases{t: t, key: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize)), pack: tells("v1.2.0"), home: t.TempDir()}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	program := filepath.Join(t.TempDir(), "Stratos.AppImage")
	if err := os.WriteFile(program, tells("v1.1.0"), 0o755); err != nil {
		t.Fatal(err)
	}
	keys := update.Keys{Need: 1, Keys: []ed25519.PublicKey{r.key.Public().(ed25519.PublicKey)}}
	r.opts = UpdateOptions{Address: server.URL + "/index.json", Keys: keys.String(), Version: "v1.1.0", Program: program, AppImage: program}
	sum, now := sha256.Sum256(r.pack), time.Now().UTC()
	r.index = update.Index{
		Version: 1, Product: "stratosdrive", Sequence: 5, Time: now, Expires: now.AddDate(0, 0, 30),
		Release: update.Release{Version: "v1.2.0", Date: now, Notes: "Faster.", Files: []update.File{{
			OS: runtime.GOOS, Arch: runtime.GOARCH, Kind: r.opts.place().Kind, Name: "new.AppImage", URL: "new.AppImage", Size: int64(len(r.pack)), SHA256: hex.EncodeToString(sum[:]),
		}}},
	}
	return r
}

// ServeHTTP answers as a server of files does.
func (r *releases) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if req.URL.Path != "/index.json" {
		_, _ = w.Write(r.pack)
		return
	}
	r.asked.Add(1)
	raw, err := update.Sign(r.index, r.key)
	if err != nil {
		r.t.Error(err)
	}
	_, _ = w.Write(raw)
}

// open opens the profile, as the program does when it is started.
func (r *releases) open() *App {
	r.t.Helper()
	a, err := Open(Options{Home: r.home, Runtime: r.t.TempDir(), VaultCost: cheap, Updates: r.opts})
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = a.Close(context.Background()) })
	return a
}

func says(t *testing.T, err error, part string) {
	t.Helper()
	if !strings.Contains(fault.Sentence(err), part) {
		t.Errorf("%q is not in: %v", part, err)
	}
}

func TestBuildThatDoesNotLook(t *testing.T) {
	good := newReleases(t).opts
	for name, spoil := range map[string]func(*UpdateOptions){
		"no address": func(o *UpdateOptions) { o.Address = "" }, "no keys": func(o *UpdateOptions) { o.Keys = "" }, "of no release": func(o *UpdateOptions) { o.Version = "dev" },
	} {
		r := newReleases(t)
		r.opts = good
		spoil(&r.opts)
		a := r.open()
		a.WatchUpdates()
		if u := a.Updates(); u.Can || u.Auto || u.Offer != nil {
			t.Errorf("%s: %+v", name, u)
		}
		_, err := a.CheckUpdates(t.Context())
		says(t, err, "This build does not look for updates.")
		says(t, a.SetChecksUpdates(true), "This build does not look for updates.")
		_, err = a.GetUpdate(t.Context(), nil)
		says(t, err, "This build does not look for updates.")
	}
}

func TestNewerVersionIsOffered(t *testing.T) {
	r := newReleases(t)
	a := r.open()
	if u := a.Updates(); !u.Can || u.Auto || u.Offer != nil || !u.Looked.IsZero() {
		t.Errorf("at first: %+v", u)
	}
	u, err := a.CheckUpdates(t.Context())
	if err != nil || u.Offer == nil || u.Offer.Version != "v1.2.0" || u.Offer.Size != int64(len(r.pack)) || u.Offer.Way != ByRestart || u.Offer.Path != "" {
		t.Fatalf("%+v, %v", u.Offer, err)
	}
	if again := r.open().Updates(); again.Offer == nil || *again.Offer != *u.Offer {
		t.Errorf("after a restart: %+v", again.Offer)
	}
	r.opts.Version = "v1.2.0"
	if u := r.open().Updates(); u.Offer != nil {
		t.Errorf("the version that runs is offered: %+v", u.Offer)
	}
	r.opts.Version = "v1.3.0"
	a = r.open()
	if u, err := a.CheckUpdates(t.Context()); err != nil || u.Offer != nil {
		t.Errorf("an older version is offered: %+v, %v", u.Offer, err)
	}
	_, err = a.GetUpdate(t.Context(), nil)
	says(t, err, "You have the newest version.")
}

// What is not of today is refused, also by the next start, and what was offered
// stays.
func TestOldIndexesAreRefused(t *testing.T) {
	day := 24 * time.Hour
	for sentence, spoil := range map[string]func(*update.Index){
		"shows an older list than before": func(i *update.Index) { i.Sequence-- },
		"not believed. Your version goes": func(i *update.Index) { i.Release.Notes = "Another." },
		"is out of date":                  func(i *update.Index) { i.Sequence++; i.Time, i.Expires = i.Time.Add(-9*day), i.Time.Add(-day) },
		"The clock of this computer":      func(i *update.Index) { i.Sequence++; i.Time = i.Time.Add(3 * day) },
	} {
		r := newReleases(t)
		if _, err := r.open().CheckUpdates(t.Context()); err != nil {
			t.Fatal(err)
		}
		spoil(&r.index)
		a := r.open()
		_, err := a.CheckUpdates(t.Context())
		says(t, err, sentence)
		_, err = a.GetUpdate(t.Context(), nil)
		says(t, err, sentence)
		if u := a.Updates(); u.Offer == nil || u.Offer.Notes != "Faster." || a.readKnownUpdates().Memory.Sequence != 5 {
			t.Errorf("%s: %+v is left", sentence, u.Offer)
		}
	}
}

// An index that nobody of ours signed changes nothing.
func TestForgedIndex(t *testing.T) {
	r := newReleases(t)
	r.key = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, ed25519.SeedSize))
	a := r.open()
	_, err := a.CheckUpdates(t.Context())
	says(t, err, "was not made by the makers")
	if _, err := os.Stat(a.profile.updates()); err == nil || a.Updates().Offer != nil {
		t.Error("it is remembered")
	}
}

func TestFetchedVersionIsProvedAgain(t *testing.T) {
	r := newReleases(t)
	a := r.open()
	events, end := a.Subscribe()
	defer end()
	o, err := a.GetUpdate(t.Context(), nil)
	if err != nil || o.Path == "" || a.Updates().Offer.Path != o.Path {
		t.Fatalf("%+v, %v", o, err)
	}
	if e := <-events; e.Kind != UpdatesChanged {
		t.Errorf("the first event is %s", e.Kind)
	}
	if err := os.WriteFile(o.Path, bytes.Repeat([]byte{'x'}, len(r.pack)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = a.BringUpdate(t.Context())
	says(t, err, "has changed since it was fetched")
	if a.AfterQuit() != nil || a.Updates().Offer.Path != "" {
		t.Error("it would be started")
	}
	r.pack = bytes.Repeat([]byte{'y'}, len(r.pack))
	_, err = a.GetUpdate(t.Context(), nil)
	says(t, err, "It was thrown away")
	if !errors.Is(err, update.ErrDamaged) || a.Updates().Offer.Path != "" {
		t.Error(err)
	}
}

// What is fetched of one version is swept when there is the next.
func TestFetchedVersionsDoNotPileUp(t *testing.T) {
	r := newReleases(t)
	a := r.open()
	o, err := a.GetUpdate(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.index.Sequence, r.index.Release.Version, r.index.Release.Files[0].Name = 6, "v1.3.0", "newer.AppImage"
	if _, err := a.CheckUpdates(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(o.Path); err == nil {
		t.Error("the older file is there still")
	}
}

func TestWaysOfBringingItIn(t *testing.T) {
	r := newReleases(t)
	r.opts.AppImage, r.opts.Program = "", filepath.Join(t.TempDir(), "stratosdrive")
	a := r.open() // of a program that somebody built
	if u, err := a.CheckUpdates(t.Context()); err != nil || u.Offer.Way != ByOthers {
		t.Errorf("%+v, %v", u.Offer, err)
	}
	_, err := a.GetUpdate(t.Context(), nil)
	says(t, err, "not installed from a package of ours")
	r = newReleases(t)
	r.index.Release.Files[0].Arch = "pdp11"
	a = r.open()
	if u, err := a.CheckUpdates(t.Context()); err != nil || u.Offer.Way != ByNobody || u.Offer.Size != 0 {
		t.Errorf("%+v, %v", u.Offer, err)
	}
	_, err = a.GetUpdate(t.Context(), nil)
	says(t, err, "no file for this computer yet")
	_, err = a.BringUpdate(t.Context())
	says(t, err, "no file for this computer yet")
}

// The program looks once a day, when its user wants that and not before.
func TestLookingByItself(t *testing.T) {
	r := newReleases(t)
	a := r.open()
	now := time.Now()
	if a.updatesDue(now) {
		t.Error("nobody agreed")
	}
	if err := a.SetChecksUpdates(true); err != nil || !a.updatesDue(now) || !r.open().Updates().Auto {
		t.Fatal("it does not begin", err)
	}
	if _, err := a.CheckUpdates(t.Context()); err != nil {
		t.Fatal(err)
	}
	for after, want := range map[time.Duration]bool{time.Hour: false, 25 * time.Hour: true, -time.Hour: true} {
		if a.updatesDue(time.Now().Add(after)) != want {
			t.Errorf("after %s: %v", after, !want)
		}
	}
}

// What another program says of looking by itself is heard.
func TestLookingByItselfIsStoppedElsewhere(t *testing.T) {
	r := newReleases(t)
	a := r.open()
	if err := a.SetChecksUpdates(true); err != nil {
		t.Fatal(err)
	}
	if err := r.open().SetChecksUpdates(false); err != nil || a.updatesDue(time.Now()) {
		t.Error("it looks on:", err)
	}
}

func TestWatchingForUpdates(t *testing.T) {
	r := newReleases(t)
	a := r.open()
	events, end := a.Subscribe()
	defer end()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		a.watchUpdates(ctx, time.NewTimer(time.Hour))
	}()
	if err := a.SetChecksUpdates(true); err != nil { // wakes it
		t.Fatal(err)
	}
	for a.Updates().Offer == nil {
		<-events
	}
	cancel()
	<-ended
	if n := r.asked.Load(); n != 1 {
		t.Errorf("asked %d times", n)
	}
	a.WatchUpdates() // ends with the profile
}
