package app

import (
	"context"
	"errors"
	"net/url"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// Place is how far something was watched. It is kept in the drive, so it
// follows to the other devices.
type Place struct {
	At     time.Duration `json:"at"`     // from the start; 0 begins anew
	Length time.Duration `json:"length"` // of the video; 0 is not known
	Time   time.Time     `json:"time,omitzero"`
}

// What is worth going on with: neither what was hardly begun nor what is as
// good as over. A song begins anew, a talk or an audio book does not.
const (
	leastWatched = 5 * time.Second
	leastVideo   = time.Minute
	leastSound   = 20 * time.Minute
	longCredits  = 2 * time.Minute
)

// tellEvery is how often a place in a video that goes on playing is published,
// for the case that this computer dies.
const tellEvery = 5 * time.Minute

// placeToKeep turns where somebody stopped into where to go on: 0 is the start.
func placeToKeep(name string, at, length time.Duration) time.Duration {
	least := leastVideo
	if IsSound(name) {
		least = leastSound
	}
	credits := min(length/20, longCredits)
	if at < leastWatched || length < least || at >= length-credits {
		return 0
	}
	return at.Truncate(time.Millisecond)
}

// watchKey names what is played: files of the drive by their content, what lies
// elsewhere by its link or id. Files of this computer that are not in the drive
// are not remembered.
func (a *App) watchKey(ctx context.Context, e *engine.Engine, what string) (key object.WatchKey, known bool, err error) {
	what = strings.TrimSpace(what)
	switch {
	case publish.IsLink(what), isLink(what), wire.ValidFileHash(what):
		return object.WatchKeyOf(what), true, nil
	case filepath.IsAbs(what), strings.Contains(what, "://"):
		return object.WatchKey{}, false, nil
	}
	key, err = e.WatchKey(ctx, what)
	if errors.Is(err, engine.ErrNoSuchFile) { // not taken in yet, or a file of this computer
		return key, false, nil
	}
	return key, err == nil, err
}

// Watched returns where to go on with a video: a path of the drive, a link or
// an id. What was never watched, or to its end, begins at 0.
func (a *App) Watched(ctx context.Context, what string) (p Place, err error) {
	if there, told, err := a.watchedElsewhere(ctx, what); there || err != nil {
		return told, err
	}
	err = a.withDrive(ctx, func(d *drive) error {
		if d != a.currentDrive() {
			if err := d.engine.Refresh(ctx); err != nil {
				return err
			}
		}
		p, err = a.watchedIn(ctx, d.engine, what)
		return err
	})
	return p, err
}

func (a *App) watchedIn(ctx context.Context, e *engine.Engine, what string) (Place, error) {
	key, known, err := a.watchKey(ctx, e, what)
	if err != nil || !known {
		return Place{}, err
	}
	w, known, err := e.Watched(ctx, key)
	if err != nil || !known {
		return Place{}, err
	}
	ms := func(n int64) time.Duration { return time.Duration(n) * time.Millisecond }
	return Place{At: ms(w.At), Length: ms(w.Length), Time: time.UnixMilli(w.Time).UTC()}, nil
}

// watchedElsewhere asks the program that syncs this drive, which may know more
// than the network does.
func (a *App) watchedElsewhere(ctx context.Context, what string) (there bool, p Place, err error) {
	if a.currentDrive() != nil {
		return false, p, nil
	}
	body, err := a.askRunning(ctx, "watched?what="+url.QueryEscape(what))
	if err != nil || body == nil {
		return false, p, err
	}
	p, err = readPlace(body)
	return true, p, err
}

// NoteWatched remembers where a video stands: a path of the drive, a link or an
// id. It is meant to be called now and then while it plays, and with last when
// it was stopped or paused for long: then other devices learn of it at once,
// otherwise within minutes. Nothing is uploaded where nothing changed.
func (a *App) NoteWatched(ctx context.Context, what string, at, length time.Duration, last bool) error {
	if d := a.currentDrive(); d != nil {
		return a.noteWatched(ctx, d, what, at, length, last)
	}
	order := url.Values{"what": {what}, "at": {at.String()}, "length": {length.String()}, "last": {strconv.FormatBool(last)}}
	body, err := a.askRunning(ctx, "notewatched?"+order.Encode())
	if body != nil {
		return firstError(err, body.Close())
	}
	if err != nil {
		return err
	}
	return a.speak(ctx, func(e *engine.Engine) error {
		if err := e.Refresh(ctx); err != nil {
			return err
		}
		changed, err := a.keepPlace(ctx, e, what, at, length)
		if err != nil || !changed || !last {
			return err
		}
		return e.TellSettings(ctx)
	})
}

// noteWatched is NoteWatched for the drive that is synced here. Telling others
// waits for the network, so it is done beside.
func (a *App) noteWatched(ctx context.Context, d *drive, what string, at, length time.Duration, last bool) error {
	changed, err := a.keepPlace(ctx, d.engine, what, at, length)
	if err != nil || !changed {
		return err
	}
	if now := time.Now(); !last && !d.watched.due(now) {
		d.watched.owed.Store(true)
		return nil
	}
	d.tellWatched()
	return nil
}

// keepPlace notes a place, if it is another one than before.
func (a *App) keepPlace(ctx context.Context, e *engine.Engine, what string, at, length time.Duration) (changed bool, err error) {
	key, known, err := a.watchKey(ctx, e, what)
	if err != nil || !known {
		return false, err
	}
	old, _, err := e.Watched(ctx, key)
	if err != nil {
		return false, err
	}
	next := placeToKeep(path.Base(what), at, length)
	if old.At == next.Milliseconds() {
		return false, nil
	}
	return true, e.NoteWatched(ctx, object.Watched{Key: key, At: next.Milliseconds(), Length: length.Milliseconds()})
}
