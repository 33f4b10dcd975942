package app

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// followKey begins the keys under which the devices of a drive keep what each
// account follows: followKey ACCOUNT/OWNER.
const (
	followKey     = "follow/"
	followVersion = 1
)

// followRecord is what the drive keeps of a channel that is followed.
type followRecord struct {
	Version int       `json:"v"`
	Since   time.Time `json:"since"`
	Looked  time.Time `json:"looked,omitzero"`
	Gone    bool      `json:"gone,omitempty"`
	Changed time.Time `json:"changed"`
}

// shareFollows makes this device and the drive say the same of the channels that
// the account in use follows. told is set when the drive has to tell others.
func (a *App) shareFollows(ctx context.Context, e *engine.Engine) (told bool, err error) {
	info, err := a.current()
	if err != nil {
		return false, nil //nolint:nilerr // without a wallet nothing is followed
	}
	prefix := followKey + info.Address.String() + "/"
	records, err := e.Values(ctx, prefix)
	if err != nil {
		return false, err
	}
	desk, err := a.channelDesk()
	if err != nil {
		return false, nil //nolint:nilerr // links are followed all the same
	}
	if news := newFollows(desk.Follows, records, prefix); len(news) > 0 {
		err = a.changeDesk(func(d *channelDesk) {
			for _, f := range newFollows(d.Follows, records, prefix) {
				if i := d.follow(f.Owner); i >= 0 {
					f.Seen = d.Follows[i].Seen
					d.Follows[i] = f
				} else {
					d.Follows = append(d.Follows, f)
				}
			}
		})
	}
	for key, value := range untoldFollows(desk.Follows, records, prefix) {
		told = true
		err = errors.Join(err, e.KeepValue(ctx, key, value))
	}
	return told, err
}

// newFollows are those of which other devices say something newer.
func newFollows(known []followed, records map[string][]byte, prefix string) (news []followed) {
	desk := channelDesk{Follows: known}
	for key, value := range records {
		owner := strings.TrimPrefix(key, prefix)
		r, ok := readFollow(value)
		if _, err := stratos.ParseAddress(owner); err != nil || !ok {
			continue
		}
		if i := desk.follow(owner); i < 0 || r.Changed.After(known[i].Changed) {
			news = append(news, followed{Owner: owner, Since: r.Since, Looked: r.Looked, Gone: r.Gone, Changed: r.Changed})
		}
	}
	return news
}

// untoldFollows are those of which this device knows something newer.
func untoldFollows(known []followed, records map[string][]byte, prefix string) map[string][]byte {
	out := map[string][]byte{}
	for _, f := range known {
		said := records[prefix+f.Owner]
		r, ok := readFollow(said)
		if ok && !f.Changed.After(r.Changed) || !ok && len(said) > 0 {
			continue
		}
		if value, err := json.Marshal(followRecord{followVersion, f.Since, f.Looked, f.Gone, f.Changed}); err == nil {
			out[prefix+f.Owner] = value
		}
	}
	return out
}

// readFollow reads a record; ok is false for none, and for what a later version
// wrote.
func readFollow(value []byte) (r followRecord, ok bool) {
	return r, json.Unmarshal(value, &r) == nil && r.Version == followVersion
}
