package move

import (
	"maps"

	"github.com/stratosdrive/stratosdrive/sync/object"
)

// settingCopyOf is the key of the setting that says of which drive this one was
// made, by its mark.
const settingCopyOf = "copy-of"

// SettingMovedTo is the key of the setting that says that a drive goes on
// elsewhere, so that no device syncs with it any more.
const SettingMovedTo = "moved-to"

// settings are what the devices of the drive share, and where it came from, so
// that they follow it.
func (c *copier) settings() map[string]object.Setting {
	all := maps.Clone(c.View.Settings)
	delete(all, SettingMovedTo) // that is about the old drive
	tip, _ := c.Log.Get(c.tip)
	at := max(tip.Time, all[settingCopyOf].Time+1)
	all[settingCopyOf] = object.Setting{Key: settingCopyOf, Time: at, Value: []byte(c.From.Keys().Mark())}
	if w, there := all[object.SettingWatched]; there {
		w.Value = c.watched(w.Value)
		all[w.Key] = w
	}
	return all
}

// watched returns how far videos were watched, by what their contents are called
// in the new drive. What was not in the drive goes by other names, which stay;
// what a later version wrote is not understood, and stays too.
func (c *copier) watched(value []byte) []byte {
	all, err := object.DecodeWatched(value)
	if err != nil {
		return value
	}
	now := map[object.WatchKey]object.WatchKey{}
	for old, name := range c.names {
		now[object.WatchKeyOf(old)] = object.WatchKeyOf(name)
	}
	for i, w := range all {
		if key, there := now[w.Key]; there {
			all[i].Key = key
		}
	}
	return object.EncodeWatched(all)
}
