package engine

import (
	"context"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/repo"
)

// Values returns what the devices of the drive keep together under keys that
// begin with prefix, as far as is known. What was taken away is empty.
func (e *Engine) Values(ctx context.Context, prefix string) (map[string][]byte, error) {
	v, err := e.repo.View(ctx)
	if err != nil {
		return nil, err
	}
	found := map[string][]byte{}
	for key, s := range v.Settings {
		if strings.HasPrefix(key, prefix) {
			found[key] = s.Value
		}
	}
	return found, nil
}

// KeepValue keeps a value for all devices of the drive; the one set last holds.
// It lasts at once and is said to others with the next head, or by
// TellSettings. An empty value takes it away. A key has at most 256 bytes.
func (e *Engine) KeepValue(ctx context.Context, key string, value []byte) error {
	return e.repo.SetSetting(ctx, key, value)
}

// TellSettings publishes what was kept for all devices, if no head says it yet.
// It waits for a sync that runs, which mostly says it. While syncing is paused
// nothing is published: the next head says it.
func (e *Engine) TellSettings(ctx context.Context) error {
	e.sync.Lock()
	defer e.sync.Unlock()
	if ctx.Err() != nil || e.isPaused() {
		return ctx.Err()
	}
	v, err := e.repo.View(ctx)
	if err != nil || saidSettings(v) {
		return err
	}
	s := &session{e: e, ctx: ctx}
	if err := s.ask(); err != nil {
		return explain(err)
	}
	return explain(s.speak(func(*repo.Ingest) error { return nil }))
}

// saidSettings tells whether heads say all that is known of what devices share.
func saidSettings(v repo.View) bool {
	var said []object.Setting
	for _, h := range v.Heads {
		said = object.MergeSettings(said, h.Settings())
	}
	known := make([]object.Setting, 0, len(v.Settings))
	for _, s := range v.Settings {
		known = append(known, s)
	}
	return string(object.EncodeSettings(said)) == string(object.EncodeSettings(known))
}
