package engine

import (
	"context"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/space"
)

// Device is a device of the drive.
type Device struct {
	ID      string // hex
	Name    string
	Seen    time.Time // when it published last
	This    bool      // the one that asks
	Hidden  bool      // a person does not want to see it in lists
	Retired bool      // a person said that it is not coming back
	Silent  bool      // it was not seen for so long that a person must say so
}

// settingDevice begins the key of the setting that describes a device; its id in
// hex follows.
const settingDevice = "device/"

// about is what people said about a device.
type about struct {
	name            string // "" for the one it has itself
	hidden, retired bool
}

func (a about) encode() []byte {
	var w codec.Writer
	w.Head('V', 1)
	w.Text(a.name)
	flags := uint64(0)
	if a.hidden {
		flags |= 1
	}
	if a.retired {
		flags |= 2
	}
	w.Uint(flags)
	return w.Bytes()
}

func decodeAbout(p []byte) about {
	r := codec.NewReader(p)
	r.Head('V', 1)
	a := about{name: r.Text(maxDeviceName)}
	flags := r.Uint()
	if r.End() != nil {
		return about{} // a later version may say more
	}
	a.hidden, a.retired = flags&1 != 0, flags&2 != 0
	return a
}

const maxDeviceName = 64

func keyOf(id object.DeviceID) string { return settingDevice + hex.EncodeToString(id[:]) }

// retired are the devices that do not count: somebody said so after they
// published last.
func retired(v repo.View) map[object.DeviceID]bool {
	out := map[object.DeviceID]bool{}
	for _, h := range v.Heads {
		if s, ok := v.Settings[keyOf(h.Device)]; ok && s.Time > h.Time {
			out[h.Device] = decodeAbout(s.Value).retired
		}
	}
	return out
}

// Devices returns the devices of the drive, the one that was seen last first. A
// device that has two heads, since a power cut took what it knew of one, is one.
func (e *Engine) Devices(ctx context.Context) ([]Device, error) {
	v, err := e.repo.View(ctx)
	if err != nil {
		return nil, err
	}
	gone := retired(v)
	var out []Device
	for _, h := range v.Heads {
		a := decodeAbout(v.Settings[keyOf(h.Device)].Value)
		d := Device{
			ID: hex.EncodeToString(h.Device[:]), Name: h.Head.Name, Seen: time.Unix(0, h.Time),
			This: h.Device == e.repo.Device(), Hidden: a.hidden, Retired: gone[h.Device],
		}
		if a.name != "" {
			d.Name = a.name
		}
		d.Silent = !d.This && !d.Retired && e.cfg.Now().Sub(d.Seen) > space.Away
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b Device) int { return b.Seen.Compare(a.Seen) })
	named := map[string]bool{}
	return slices.DeleteFunc(out, func(d Device) bool {
		twice := named[d.ID]
		named[d.ID] = true
		return twice
	}), nil
}

// DeviceChange is what a person says about a device. A nil field leaves it.
type DeviceChange struct {
	Name            *string
	Hidden, Retired *bool
}

// ChangeDevice changes what all devices show of one, which is named by its id
// or its name.
func (e *Engine) ChangeDevice(ctx context.Context, which string, ch DeviceChange) (Device, error) {
	if ch.Name != nil {
		name := strings.TrimSpace(*ch.Name)
		if name == "" || len(name) > maxDeviceName {
			return Device{}, fault.Wrong(nil, "A device's name has between 1 and %d bytes.", maxDeviceName)
		}
		ch.Name = &name
	}
	id, err := e.deviceID(ctx, which)
	if err != nil {
		return Device{}, err
	}
	err = e.setting(ctx, keyOf(id), func(old []byte) ([]byte, error) {
		a := decodeAbout(old)
		if ch.Name != nil {
			a.name = *ch.Name
		}
		if ch.Hidden != nil {
			a.hidden = *ch.Hidden
		}
		if ch.Retired != nil {
			a.retired = *ch.Retired
		}
		return a.encode(), nil
	})
	if err != nil {
		return Device{}, err
	}
	all, err := e.Devices(ctx)
	i := slices.IndexFunc(all, func(d Device) bool { return d.ID == hex.EncodeToString(id[:]) })
	if err != nil || i < 0 {
		return Device{}, err
	}
	return all[i], nil
}

func (e *Engine) deviceID(ctx context.Context, which string) (object.DeviceID, error) {
	all, err := e.Devices(ctx)
	if err != nil {
		return object.DeviceID{}, err
	}
	var found []string
	for _, d := range all {
		if d.Name == which || len(which) >= 6 && strings.HasPrefix(d.ID, which) {
			found = append(found, d.ID)
		}
	}
	switch len(found) {
	case 0:
		return object.DeviceID{}, fault.Wrong(nil, "The drive has no device %q.", which)
	case 1:
		var id object.DeviceID
		_, err := hex.Decode(id[:], []byte(found[0]))
		return id, err
	}
	return object.DeviceID{}, fault.Wrong(nil, "Several devices are called %q. Name the one by its id.", which)
}

// setting changes a shared setting and publishes it.
func (e *Engine) setting(ctx context.Context, key string, change func(old []byte) ([]byte, error)) error {
	e.sync.Lock()
	defer e.sync.Unlock()
	s := &session{e: e, ctx: ctx}
	if err := s.ask(); err != nil {
		return explain(err)
	}
	value, err := change(s.view.Settings[key].Value)
	if err != nil {
		return err
	}
	if err := e.repo.SetSetting(ctx, key, value); err != nil {
		return err
	}
	if s.view, err = e.repo.View(ctx); err != nil {
		return err
	}
	return explain(s.speak(func(*repo.Ingest) error { return nil }))
}

// Retention returns how long the past is kept.
func (e *Engine) Retention(ctx context.Context) (space.Retention, error) {
	v, err := e.repo.View(ctx)
	if err != nil {
		return space.Retention{}, err
	}
	return retentionOf(v)
}

func retentionOf(v repo.View) (space.Retention, error) {
	s, ok := v.Settings[space.SettingRetention]
	if !ok {
		return space.DefaultRetention(), nil
	}
	return space.DecodeRetention(s.Value)
}

// SetRetention says how long the past is kept, for all devices.
func (e *Engine) SetRetention(ctx context.Context, r space.Retention) error {
	return e.setting(ctx, space.SettingRetention, func([]byte) ([]byte, error) { return r.Encode(), nil })
}
