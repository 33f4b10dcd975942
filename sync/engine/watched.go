package engine

import (
	"context"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// watchedFor is how long a place in a video is remembered, in milliseconds: a
// year after it was watched last, whatever became of the video.
const watchedFor = 365 * 24 * 3600 * 1000

// WatchKey returns the key under which it is kept how far a file of the drive
// was watched. It stays the same when the file is renamed or moved.
func (e *Engine) WatchKey(ctx context.Context, name string) (object.WatchKey, error) {
	_, n, err := e.find(ctx, name)
	if err != nil {
		return object.WatchKey{}, err
	}
	if n.Kind != tree.File {
		return object.WatchKey{}, fault.Wrong(nil, "%q is not a file.", name)
	}
	return object.WatchKeyOf(n.Content), nil
}

// Watched returns how far any device had come in a video, as far as is known.
func (e *Engine) Watched(ctx context.Context, key object.WatchKey) (at object.Watched, known bool, err error) {
	v, err := e.repo.View(ctx)
	if err != nil {
		return object.Watched{}, false, err
	}
	for _, w := range watchedIn(v) {
		if w.Key == key && e.cfg.Now().UnixMilli()-w.Time < watchedFor {
			return w, true, nil
		}
	}
	return object.Watched{}, false, nil
}

// watchedIn returns what a view says about videos; what a later version wrote
// is not understood.
func watchedIn(v repo.View) []object.Watched {
	all, err := object.DecodeWatched(v.Settings[object.SettingWatched].Value)
	if err != nil {
		return nil
	}
	return all
}

// NoteWatched notes how far this device has come in a video; the time is set
// here. It lasts at once and is said to others with the next head, or by
// TellSettings.
func (e *Engine) NoteWatched(ctx context.Context, w object.Watched) error {
	old, _, err := e.Watched(ctx, w.Key)
	if err != nil {
		return err
	}
	w.Time = max(e.cfg.Now().UnixMilli(), old.Time+1)
	return e.repo.SetSetting(ctx, object.SettingWatched, object.EncodeWatched([]object.Watched{w}))
}
