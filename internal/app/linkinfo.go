package app

import (
	"context"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// LinkKind is what a link leads to.
type LinkKind string

// The kinds of links.
const (
	LinkToFile   LinkKind = "file"   // private
	LinkToFolder LinkKind = "folder" // private
	LinkToVideo  LinkKind = "video"  // a published stream
	// LinkToPublic leads to something public. The network tells what it is
	// only to who fetches it.
	LinkToPublic LinkKind = "public"
)

// LinkInfo tells what is behind a link that somebody was given.
type LinkInfo struct {
	Link    string      `json:"link"` // as it is passed on
	Kind    LinkKind    `json:"kind"`
	Name    string      `json:"name"`
	Path    string      `json:"path,omitempty"` // in the folder behind the link
	Size    int64       `json:"size"`
	Files   int         `json:"files,omitempty"`
	Video   bool        `json:"video"`
	Seconds float64     `json:"seconds,omitempty"`
	From    string      `json:"from,omitempty"` // account of who made it, as he says
	Noz     string      `json:"noz"`            // what is to be paid for getting all of it, at most; decimal
	Have    string      `json:"have_noz"`       // what there is to pay with; empty where nobody tells
	Poster  []byte      `json:"-"`              // JPEG of a published video
	Entries []LinkEntry `json:"entries,omitempty"`
	Way     []LinkEntry `json:"-"` // to a folder in the folder: what leads there, all of it first
}

// LinkEntry is a file or folder in a folder behind a link.
type LinkEntry struct {
	Name    string    `json:"name"`
	Path    string    `json:"path"`
	Link    string    `json:"link"` // to this alone
	Folder  bool      `json:"folder"`
	Files   int       `json:"files,omitempty"` // in a folder
	Size    int64     `json:"size"`            // of all in a folder
	Changed time.Time `json:"changed,omitzero"`
	Video   bool      `json:"video"`
}

// Short tells whether the ozone does not last for all of it.
func (i LinkInfo) Short() bool { return i.Have != "" && nozOf(i.Have).Cmp(nozOf(i.Noz)) < 0 }

// IsLink tells whether a text is a link of this program or of the network, as
// far as can be seen.
func IsLink(text string) bool {
	text = strings.TrimSpace(text)
	return publish.IsLink(text) || len(text) > len(wire.LinkScheme) && strings.EqualFold(text[:len(wire.LinkScheme)], wire.LinkScheme)
}

// CheckLink tells in a sentence what is wrong with a link, before anything is
// asked; nil is nothing.
func CheckLink(text string) error {
	text = strings.TrimSpace(text)
	switch {
	case IsChannelLink(text):
		if _, err := stratos.ParseAddress(strings.TrimSuffix(strings.TrimPrefix(text, ChannelScheme), "/")); err != nil {
			return fault.Wrong(err, "This link is damaged or cut short. Copy the whole link again.")
		}
		return nil
	case publish.IsStreamLink(text):
		_, err := publish.ParseStreamLink(text)
		return err
	case publish.IsLink(text):
		_, err := publish.ParseLink(text)
		return err
	case !IsLink(text):
		return fault.Wrong(nil, "This is no link of Stratos Drive: those begin with stos:// or sds://.")
	}
	if _, err := wire.CompleteShareLink(text); err != nil {
		return fault.Wrong(err, "This link is damaged or cut short. Copy the whole link again.")
	}
	return nil
}

// LookAtLink tells what is behind a link and what getting it costs. That costs
// a little itself, once in a run; nothing is asked for a link to something
// public.
func (a *App) LookAtLink(ctx context.Context, text string) (info LinkInfo, err error) {
	text = strings.TrimSpace(text)
	if err := CheckLink(text); err != nil {
		return info, err
	}
	switch {
	case IsChannelLink(text):
		return info, fault.Wrong(nil, "This link leads to a channel. Follow it to see what is on it.")
	case publish.IsStreamLink(text):
		info, err = a.lookAtStream(ctx, text)
	case publish.IsLink(text):
		info, err = a.lookAtPrivate(ctx, text)
	default:
		info = LinkInfo{Link: text, Kind: LinkToPublic, Video: true, Noz: "0"}
	}
	if err != nil {
		return info, err
	}
	if o, err := a.Ozone(ctx); err == nil {
		info.Have = o.PublishNoz
	}
	return info, nil
}

func (a *App) lookAtStream(ctx context.Context, text string) (LinkInfo, error) {
	card, err := a.StreamCard(ctx, text)
	return LinkInfo{
		Link: text, Kind: LinkToVideo, Name: card.Title, Size: card.Bytes, Seconds: card.Seconds, Poster: card.Poster, Video: true,
		Noz: strconv.FormatInt(card.Bytes, 10),
	}, err
}

func (a *App) lookAtPrivate(ctx context.Context, text string) (LinkInfo, error) {
	link, err := publish.ParseLink(text)
	if err != nil {
		return LinkInfo{}, err
	}
	o, err := a.openObject(ctx, link)
	if err != nil {
		return LinkInfo{}, err
	}
	e, err := entryBehind(o, link.Inside())
	if err != nil {
		return LinkInfo{}, err
	}
	info := LinkInfo{Link: link.String(), Kind: LinkToFile, Name: o.Name, Path: link.Inside(), Size: e.Size, From: o.From()}
	if info.Path != "" {
		info.Name = e.Name()
	}
	_, lacking, err := o.Cost(info.Path)
	info.Noz, info.Video = strconv.FormatInt(lacking, 10), !e.Folder && IsVideo(info.Name)
	if err == nil && e.Folder {
		info.Kind = LinkToFolder
		err = info.list(o, link)
	}
	return info, err
}

// list adds what lies in the folder that a link names, and how much there is.
func (i *LinkInfo) list(o *publish.Object, link publish.Link) error {
	below, err := o.Below(i.Path)
	if err != nil {
		return err
	}
	i.Size, i.Way = 0, []LinkEntry{{Name: o.Name, Link: link.In("").String(), Folder: true}}
	for n, c := range i.Path + "/" {
		if dir := i.Path[:min(n, len(i.Path))]; c == '/' && dir != "" {
			i.Way = append(i.Way, LinkEntry{Name: path.Base(dir), Path: dir, Link: link.In(dir).String(), Folder: true})
		}
	}
	at := map[string]int{} // of a folder in the list
	for _, e := range below {
		name, deeper, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(e.Path, i.Path), "/"), "/")
		if deeper == "" {
			at[name] = len(i.Entries)
			i.Entries = append(i.Entries, LinkEntry{
				Name: name, Path: e.Path, Link: link.In(e.Path).String(), Folder: e.Folder, Size: e.Size, Changed: e.Changed,
				Video: !e.Folder && IsVideo(name),
			})
		} else if entry := &i.Entries[at[name]]; !e.Folder {
			entry.Files++
			entry.Size += e.Size
		}
		if i.Size += e.Size; !e.Folder {
			i.Files++
		}
	}
	return nil
}

// linkBeside are the videos in the folder behind a link that one of them lies
// in; nothing where the link names no file in a folder.
func (a *App) linkBeside(ctx context.Context, text string) (list []Entry, err error) {
	link, err := publish.ParseLink(text)
	if err != nil || link.Inside() == "" {
		return nil, nil //nolint:nilerr // a link of another kind has no neighbours
	}
	dir := path.Dir(link.Inside())
	if dir == "." {
		dir = ""
	}
	info, err := a.lookAtPrivate(ctx, link.In(dir).String())
	for _, e := range info.Entries {
		list = append(list, Entry{Name: e.Name, Path: e.Link, Folder: e.Folder, Size: e.Size, Changed: e.Changed, Video: e.Video, Status: OnlyOnline})
	}
	return list, err
}
