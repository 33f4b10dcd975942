package app

import (
	"context"
	"errors"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/fetch"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// errIsFolder is what a link to a folder is where a file is wanted.
var errIsFolder = errors.New("link to a folder")

// openLinks are the private links that were opened in this run: their manifests
// need not be paid for again to look, play and save.
type openLinks struct {
	mu      sync.Mutex
	store   *fetch.Store
	client  *networkClient
	objects map[string]*publish.Object // by link
	order   []string
}

// mostOpenLinks is how many are kept.
const mostOpenLinks = 16

// get returns a link that is open for this account and this network.
func (l *openLinks) get(link string, store *fetch.Store, c *networkClient) *publish.Object {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.store != store || l.client != c {
		l.store, l.client, l.objects, l.order = store, c, map[string]*publish.Object{}, nil
	}
	return l.objects[link]
}

// put keeps a link. Those that it replaces go on for who reads them.
func (l *openLinks) put(link string, store *fetch.Store, c *networkClient, o *publish.Object) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.store != store || l.client != c || l.objects[link] != nil {
		return
	}
	if len(l.order) == mostOpenLinks {
		delete(l.objects, l.order[0])
		l.order = l.order[1:]
	}
	l.objects[link], l.order = o, append(l.order, link)
}

// openObject opens all that a private link leads to; the receiver pays. It is
// not to be closed.
func (a *App) openObject(ctx context.Context, link publish.Link) (*publish.Object, error) {
	c, err := a.client(PublishAccount)
	if err != nil {
		return nil, err
	}
	store, err := a.keeper()
	if err != nil {
		return nil, err
	}
	whole := link.In("")
	if o := a.links.get(whole.String(), store, c); o != nil {
		return o, nil
	}
	o, err := publish.Open(ctx, publisher{c.Client}, whole, store)
	if err != nil {
		return nil, err
	}
	a.links.put(whole.String(), store, c, o)
	return o, nil
}

// openPrivate opens the file that a private link leads to, or the one that it
// names in a folder. A folder is errIsFolder.
func (a *App) openPrivate(ctx context.Context, text string) (*publish.Object, error) {
	link, err := publish.ParseLink(text)
	if err != nil {
		return nil, err
	}
	o, err := a.openObject(ctx, link)
	if err != nil {
		return nil, err
	}
	if link.Inside() == "" && !o.IsFolder() {
		return o.View(), nil
	}
	e, err := entryBehind(o, link.Inside())
	if err == nil && e.Folder {
		err = fault.Wrong(errIsFolder, "This link leads to a folder. Choose a file in it.")
	}
	if err != nil {
		return nil, err
	}
	return o.File(e.Path)
}

// entryBehind is what a path stands for behind a link; an empty one is all.
func entryBehind(o *publish.Object, inside string) (publish.Entry, error) {
	if inside == "" {
		return publish.Entry{Folder: o.IsFolder(), Size: o.Size, Mime: o.Mime}, nil
	}
	return o.Entry(inside)
}
