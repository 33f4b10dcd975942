package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// linkKey begins the keys under which the devices of a drive keep the private
// links of the wallet (docs/private-links.md).
const (
	linkKey     = "link/"
	linkVersion = 1
)

// linkRecord is what the drive keeps of a private link. It holds the key of the
// link; heads of the drive are sealed.
type linkRecord struct {
	Version int       `json:"v"`
	Link    string    `json:"link"`
	Name    string    `json:"name"`
	Path    string    `json:"path,omitempty"`
	Size    int64     `json:"size"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires,omitzero"`
	Folder  bool      `json:"folder,omitempty"`
	Files   int       `json:"files,omitempty"`
	Item    string    `json:"item,omitempty"` // of the channel
}

func recordOf(l Link) ([]byte, error) {
	return json.Marshal(linkRecord{linkVersion, l.Link, l.Name, l.Path, l.Size, l.Created, l.Expires, l.Folder, l.Files, l.Item})
}

// readRecord returns a link that a device has made; ok is false for what a later
// version wrote.
func readRecord(id string, value []byte) (l Link, ok bool) {
	var r linkRecord
	if json.Unmarshal(value, &r) != nil || r.Version != linkVersion {
		return Link{}, false
	}
	if _, err := publish.ParseLink(r.Link); err != nil || id == "" {
		return Link{}, false
	}
	return Link{
		ID: id, Link: r.Link, Name: r.Name, Path: r.Path, Size: r.Size, Created: r.Created, Expires: r.Expires, Folder: r.Folder, Files: r.Files, Item: r.Item,
	}, true
}

// tellLinks keeps the private links of this device in the drive, for the others
// to list. What fails is told the next time.
func (a *App) tellLinks(ctx context.Context) {
	if d := a.currentDrive(); d != nil {
		if told, err := a.followLinks(ctx, d.engine); err == nil && told {
			d.tellWatched()
		}
		return
	}
	if body, err := a.askRunning(ctx, "links"); body != nil || err != nil {
		if body != nil {
			_ = body.Close()
		}
		return
	}
	_ = a.speak(ctx, func(e *engine.Engine) error {
		if err := e.Refresh(ctx); err != nil {
			return err
		}
		told, err := a.followLinks(ctx, e)
		if err != nil || !told {
			return err
		}
		return e.TellSettings(ctx)
	})
}

// takeLinks lists here what other devices have made, where the drive can be
// asked.
func (a *App) takeLinks(ctx context.Context) {
	_ = a.browse(ctx, func(d *drive) error { // without them the others are listed
		told, err := a.followLinks(ctx, d.engine)
		if told && d == a.currentDrive() {
			d.tellWatched()
		}
		return err
	})
}

// followLinks makes the register of this device and the records of the drive
// say the same of private links, and of channels that are followed. told is set when the drive has to tell others.
func (a *App) followLinks(ctx context.Context, e *engine.Engine) (told bool, err error) {
	if told, err = a.shareFollows(ctx, e); err != nil {
		return told, err
	}
	records, err := e.Values(ctx, linkKey)
	if err != nil {
		return told, err
	}
	r, err := a.readRegister()
	if err != nil {
		return told, err
	}
	news, stopped := newLinks(r, records), stoppedLinks(r, records)
	if len(news)+len(stopped) > 0 {
		err = a.changeRegister(func(r *register) {
			r.Links = append(r.Links, newLinks(*r, records)...)
			for _, id := range stopped {
				r.end(id, time.Now())
			}
		})
	}
	for key, value := range untold(r, records) {
		told = true
		err = errors.Join(err, e.KeepValue(ctx, key, value))
	}
	return told, err
}

// newLinks are those of other devices that the register does not have.
func newLinks(r register, records map[string][]byte) (news []madeLink) {
	for key, value := range records {
		id := strings.TrimPrefix(key, linkKey)
		if l, ok := readRecord(id, value); ok && r.find(id) < 0 {
			news = append(news, madeLink{Link: l})
		}
	}
	return news
}

// stoppedLinks are those that another device has stopped.
func stoppedLinks(r register, records map[string][]byte) (ids []string) {
	for _, m := range r.Links {
		value, known := records[linkKey+m.ID]
		if known && len(value) == 0 && m.Stopped.IsZero() {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// untold are the records that the drive has not, and those of links that were
// stopped here.
func untold(r register, records map[string][]byte) map[string][]byte {
	out := map[string][]byte{}
	for _, m := range r.Links {
		key := linkKey + m.ID
		value, known := records[key]
		switch {
		case m.Public:
		case !m.Stopped.IsZero() && len(value) > 0:
			out[key] = nil
		case m.Stopped.IsZero() && !known:
			if record, err := recordOf(m.Link); err == nil {
				out[key] = record
			}
		}
	}
	return out
}

// find returns the place of a link in the register, -1 for none.
func (r *register) find(id string) int {
	return slices.IndexFunc(r.Links, func(m madeLink) bool { return m.ID == id })
}

// end notes that a link was stopped; what it needed is forgotten.
func (r *register) end(id string, now time.Time) {
	if i := r.find(id); i >= 0 {
		l := r.Links[i].Link
		l.Stopped = now.UTC().Truncate(time.Second)
		r.Links[i] = madeLink{Link: l}
	}
}

// stopFollowed ends a private link that another device has made: what belongs
// to it is read from its manifest.
func (a *App) stopFollowed(ctx context.Context, c *networkClient, m madeLink) error {
	link, err := publish.ParseLink(m.Link.Link)
	if err != nil {
		return err
	}
	object, err := a.openObject(ctx, link)
	if errors.Is(err, publish.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fault.Say(err, "Another of your devices made this link, and what belongs to it cannot be read now. Stop it there, or try again later.")
	}
	shares, err := c.Shares(ctx)
	if err != nil {
		return err
	}
	byLink := map[string]client.Share{}
	for _, s := range shares {
		byLink[s.Link] = s
	}
	whole := publish.Published{ShareID: m.ID}
	for i, link := range object.Shares() {
		s, there := byLink[link]
		switch {
		case !there:
		case i == 0:
			whole.FileID, whole.ShareID = s.FileID, s.ID
		default:
			whole.Parts = append(whole.Parts, publish.PartRef{FileID: s.FileID, ShareID: s.ID})
		}
	}
	return publish.Stop(ctx, publisher{c.Client}, whole)
}
