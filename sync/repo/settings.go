package repo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// What is kept in the state until a head says it, and what a head said last.
const (
	keySettings  = "settings"
	keyCondemned = "condemned"
	keyMissing   = "missing"
)

// settings joins what all heads say about shared settings with what this
// device has set.
func (r *Repo) settings(ctx context.Context, heads []state.Head) (map[string]object.Setting, error) {
	own, err := r.ownSettings(ctx)
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		own = object.MergeSettings(own, h.Settings())
	}
	out := make(map[string]object.Setting, len(own))
	for _, s := range own {
		out[s.Key] = s
	}
	return out, nil
}

func (r *Repo) ownSettings(ctx context.Context) ([]object.Setting, error) {
	p, err := r.st.Get(ctx, keySettings)
	if errors.Is(err, state.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return object.DecodeSettings(p)
}

// SetSetting sets a value that all devices share. The next head says it.
func (r *Repo) SetSetting(ctx context.Context, key string, value []byte) error {
	r.setting.Lock()
	defer r.setting.Unlock()
	v, err := r.View(ctx)
	if err != nil {
		return err
	}
	s := object.Setting{Key: key, Time: r.cfg.Now().UnixNano(), Value: value}
	s.Time = max(s.Time, v.Settings[key].Time+1)
	own, err := r.ownSettings(ctx)
	if err != nil {
		return err
	}
	return r.st.Set(ctx, keySettings, object.EncodeSettings(object.MergeSettings(own, []object.Setting{s})))
}

// addExtras adds to a head what this device has to say besides its commit.
func (r *Repo) addExtras(ctx context.Context, h *object.Head, v View) error {
	all := make([]object.Setting, 0, len(v.Settings))
	for _, s := range v.Settings {
		all = append(all, s)
	}
	if len(all) > 0 {
		h.AddExtra(object.TagSettings, object.EncodeSettings(all))
	}
	list, err := r.ownCondemned(ctx)
	if err != nil {
		return err
	}
	heard, err := v.heard(h.Device)
	if err != nil || len(list)+len(heard) == 0 {
		return err
	}
	for i := range list {
		if list[i].Counter == 0 { // this head is the first to say so
			list[i].Counter = h.Counter
		}
	}
	h.AddExtra(object.TagCondemned, object.EncodeSentence(object.Sentence{Packs: list, Heard: heard}))
	return nil
}

// condemnedList is what this device wants to delete.
type condemnedList []object.Condemned

func (l condemnedList) save(tx state.Tx) error {
	if len(l) == 0 {
		return tx.Unset(keyCondemned)
	}
	return tx.Set(keyCondemned, object.EncodeSentence(object.Sentence{Packs: l}))
}

// saidCondemned returns what this device wants to delete once a head was
// published: the counter of that head stands in what it was the first to say.
func (r *Repo) saidCondemned(ctx context.Context, h object.Head) (condemnedList, error) {
	list, err := r.ownCondemned(ctx)
	if err != nil {
		return nil, err
	}
	said, err := h.Sentence()
	if err != nil {
		return nil, err
	}
	first := map[string]uint64{}
	for _, c := range said.Packs {
		first[c.File] = c.Counter
	}
	for i, c := range list {
		if c.Counter == 0 {
			list[i].Counter = first[c.File]
		}
	}
	return list, nil
}

// ownCondemned returns what this device wants to delete. The counter of an
// entry is 0 until a head says it.
func (r *Repo) ownCondemned(ctx context.Context) ([]object.Condemned, error) {
	p, err := r.st.Get(ctx, keyCondemned)
	if errors.Is(err, state.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s, err := object.DecodeSentence(p)
	if err != nil {
		return nil, fmt.Errorf("read state: %w", err)
	}
	return s.Packs, nil
}

// heard says whose condemned packs are known with this view. A head that others
// name and that was not read is not among them.
func (v View) heard(except object.DeviceID) ([]object.Heard, error) {
	var out []object.Heard
	for _, h := range v.Heads {
		s, err := h.Sentence()
		if err != nil {
			return nil, err
		}
		known := func(o object.Heard) bool { return o.Device == h.Device }
		if h.Device != except && len(s.Packs) > 0 && !slices.ContainsFunc(out, known) {
			out = append(out, object.Heard{Device: h.Device, Counter: h.Counter})
		}
	}
	return out, nil
}
