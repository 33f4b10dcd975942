package client

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// File is a file of the account.
type File struct {
	ID      string
	Name    string // as it was uploaded; not safe as a path, see [SafeName]
	Size    int64
	Created time.Time // zero when the network does not say
}

// Limits of a listing.
const (
	maxPages  = 100_000
	listTries = 3 // listings that changed while they were read
	pageTries = 3 // questions for one page
)

// List returns all files of the account, in no particular order. A list that
// keeps changing, or from which a gateway withholds entries, is returned with
// ErrIncomplete.
func (c *Client) List(ctx context.Context) ([]File, error) {
	list, err := c.listing(ctx, func(f wire.FileInfo) string { return f.FileHash }, c.listPage)
	files := make([]File, len(list))
	for i, f := range list {
		files[i] = File{ID: f.FileHash, Name: f.FileName, Size: f.FileSize, Created: unixTime(f.CreateTime)}
	}
	return files, explain(err, "list the files of the account")
}

func unixTime(t int64) time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.Unix(t, 0)
}

// page asks for one page of a list and returns how many entries there are in
// all.
type page func(ctx context.Context, e *endpoint, n uint64) (list []wire.FileInfo, total uint64, err error)

func (c *Client) listPage(ctx context.Context, e *endpoint, n uint64) ([]wire.FileInfo, uint64, error) {
	t := c.now()
	p := wire.ListParams{Page: n, ReqTime: t, Signature: wire.Signed(c.signer, wire.ListMessage(c.Address(), t))}
	var r wire.ListResult
	if err := c.call(ctx, e, quickLimit, wire.MethodList, p, &r); err != nil {
		return nil, 0, err
	}
	return r.Files, r.TotalNumber, refused(wire.MethodList, r.Return, "", wire.Success)
}

// listing reads all pages. Entries may move between pages while it reads, so
// they are told apart by key and counted against the total. Entries that are
// really there twice are believed when they are seen again.
func (c *Client) listing(ctx context.Context, key func(wire.FileInfo) string, next page) ([]wire.FileInfo, error) {
	var best []wire.FileInfo
	var last []string
	for range listTries {
		p := &pages{c: c, key: key, next: next, seen: map[string]bool{}}
		err := c.eachGateway(ctx, func(e *endpoint) error { return p.read(ctx, e) })
		if err != nil {
			return nil, err
		}
		if p.whole() || (uint64(len(p.keys)) == p.total && slices.Equal(p.keys, last)) {
			return p.list, nil
		}
		if last = p.keys; len(p.list) > len(best) {
			best = p.list
		}
		if err := c.clock.Sleep(ctx, jitter(100*time.Millisecond)); err != nil {
			return best, err
		}
	}
	return best, fmt.Errorf("%w: %d entries", ErrIncomplete, len(best))
}

// pages is a list that is being read.
type pages struct {
	c     *Client
	key   func(wire.FileInfo) string
	next  page
	n     uint64          // the page to be read
	total uint64          // as the last page had it
	keys  []string        // of all entries that came
	seen  map[string]bool // the same
	list  []wire.FileInfo // each once
}

// whole tells whether all entries are there.
func (p *pages) whole() bool { return uint64(len(p.list)) >= p.total }

// read reads on until a page is empty or all entries are there. Pages have 20
// entries on the public network, but other sizes were seen.
func (p *pages) read(ctx context.Context, e *endpoint) error {
	for ; p.n < maxPages; p.n++ {
		part, err := p.page(ctx, e)
		if err != nil {
			return err
		}
		for _, f := range part {
			k := p.key(f)
			p.keys = append(p.keys, k)
			if !p.seen[k] {
				p.seen[k] = true
				p.list = append(p.list, f)
			}
		}
		if p.whole() || len(part) == 0 {
			return nil
		}
	}
	return nil
}

// page reads one page. One that fails is asked for again at once: a long list
// should not end for a single lost answer.
func (p *pages) page(ctx context.Context, e *endpoint) (part []wire.FileInfo, err error) {
	for try := range pageTries {
		part, p.total, err = p.next(ctx, e, p.n)
		if err == nil || !gatewayFault(err) || errors.Is(err, ErrUnreachable) || ctx.Err() != nil {
			break
		}
		if serr := p.c.clock.Sleep(ctx, jitter(100*time.Millisecond<<try)); serr != nil {
			return nil, serr
		}
	}
	return part, err
}

// Delete removes a file of the account from the network. A file that is not
// there is ErrNotFound.
func (c *Client) Delete(ctx context.Context, id string) error {
	asked := false
	err := c.eachGateway(ctx, func(e *endpoint) error {
		err := c.delete(ctx, e, id)
		if asked && errors.Is(err, ErrNotFound) {
			return nil // the first answer was lost, not the deletion
		}
		asked = asked || noAnswer(err)
		return err
	})
	return explain(err, "delete %s", id)
}

func (c *Client) delete(ctx context.Context, e *endpoint, id string) error {
	t := c.now()
	p := wire.FileParams{FileHash: id, ReqTime: t, Signature: wire.Signed(c.signer, wire.DeleteMessage(id, c.Address(), t))}
	var r wire.ReturnResult
	if err := c.call(ctx, e, quickLimit, wire.MethodDelete, p, &r); err != nil {
		return err
	}
	return refused(wire.MethodDelete, r.Return, "", wire.Success)
}
