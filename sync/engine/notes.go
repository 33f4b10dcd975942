package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

const (
	keyFreed = "freed" // orders to make room that were carried out
	keyDrop  = "drop"  // what a person deleted without having it on this disk
)

// noteFreed notes which orders to make room are carried out, so that what a
// person puts there later stays.
func (s *session) noteFreed() error {
	if len(s.choice)+len(s.e.freed) == 0 {
		return nil
	}
	left := map[tree.ID]bool{}
	sel := newSelector(s.choice, s.want)
	for id, d := range s.e.disk.All() {
		if _, wanted := s.want.Get(id); wanted && d.Kind != tree.Folder {
			left[sel.nearest(id).Node] = true
		}
	}
	freed := map[tree.ID]int64{}
	for _, m := range s.choice {
		switch old, was := s.e.freed[m.Node]; {
		case m.Keep:
		case !left[m.Node] || was && old == m.Order:
			freed[m.Node] = m.Order
		case was:
			freed[m.Node] = old
		}
	}
	if maps.Equal(freed, s.e.freed) {
		return nil
	}
	s.e.freed = freed
	return s.e.keepNote(s.ctx, keyFreed, freed)
}

// RemoveOnline deletes what of a file or folder does not lie on this disk, for
// all devices, with the next sync. Older versions stay.
func (e *Engine) RemoveOnline(ctx context.Context, name string) error {
	snap, n, err := e.find(ctx, name)
	if err != nil {
		return err
	}
	inside := insiders(snap.want, n.ID)
	e.mu.Lock()
	for id := range snap.want.Nodes().All() {
		if _, here := snap.disk.Get(id); !here && inside(id) {
			e.drop[id] = 1
		}
	}
	drop := maps.Clone(e.drop)
	e.mu.Unlock()
	defer e.SyncNow()
	return e.keepNote(ctx, keyDrop, drop)
}

// noteDropped forgets deletions that are published.
func (s *session) noteDropped() error {
	if len(s.drop) == 0 || !s.published {
		return nil
	}
	s.e.mu.Lock()
	maps.DeleteFunc(s.e.drop, func(id tree.ID, _ int64) bool { return s.drop[id] == 1 })
	drop := maps.Clone(s.e.drop)
	s.e.mu.Unlock()
	return s.e.keepNote(s.ctx, keyDrop, drop)
}

func (e *Engine) keepNote(ctx context.Context, key string, note map[tree.ID]int64) error {
	text := make(map[string]int64, len(note))
	for id, v := range note {
		text[id.String()] = v
	}
	raw, err := json.Marshal(text)
	if err != nil {
		return fmt.Errorf("encode %s: %w", key, err)
	}
	return e.st.Set(context.WithoutCancel(ctx), key, raw)
}

func (e *Engine) readNote(ctx context.Context, key string) (map[tree.ID]int64, error) {
	out := map[tree.ID]int64{}
	raw, err := e.st.Get(ctx, key)
	if errors.Is(err, state.ErrNotFound) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	var text map[string]int64
	if err := json.Unmarshal(raw, &text); err != nil {
		return nil, fmt.Errorf("read %s: %w", key, err)
	}
	for k, v := range text {
		id, err := tree.ParseID(k)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", key, err)
		}
		out[id] = v
	}
	return out, nil
}
