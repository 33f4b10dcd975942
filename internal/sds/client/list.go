package client

import (
	"context"
	"errors"
	"fmt"
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
// they are told apart by key and counted against the total.
func (c *Client) listing(ctx context.Context, key func(wire.FileInfo) string, next page) ([]wire.FileInfo, error) {
	var best []wire.FileInfo
	for range listTries {
		var list []wire.FileInfo
		var whole bool
		err := c.eachGateway(ctx, func(e *endpoint) (err error) {
			list, whole, err = readPages(ctx, e, key, next)
			return err
		})
		if err != nil || whole {
			return list, err
		}
		if len(list) > len(best) {
			best = list
		}
		if err := c.clock.Sleep(ctx, jitter(100*time.Millisecond)); err != nil {
			return best, err
		}
	}
	return best, fmt.Errorf("%w: %d entries", ErrIncomplete, len(best))
}

// readPages reads until a page is empty or all entries are there. Pages have
// 20 entries on the public network, but other sizes were seen.
func readPages(ctx context.Context, e *endpoint, key func(wire.FileInfo) string, next page) (list []wire.FileInfo, whole bool, err error) {
	seen := map[string]bool{}
	for n := range uint64(maxPages) {
		part, total, err := next(ctx, e, n)
		if err != nil {
			return nil, false, err
		}
		for _, f := range part {
			if !seen[key(f)] {
				seen[key(f)] = true
				list = append(list, f)
			}
		}
		if uint64(len(list)) >= total {
			return list, true, nil
		}
		if len(part) == 0 {
			return list, false, nil
		}
	}
	return list, false, nil
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
