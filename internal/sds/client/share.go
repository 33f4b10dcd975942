package client

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// ShareOptions are the choices of a share link.
type ShareOptions struct {
	Duration time.Duration // whole seconds; 0 for the network's default (180 days were seen)
	Private  bool          // with a password that is part of the link
}

// Share is a share link of the account.
type Share struct {
	ID      string // stops the share
	Link    string // sds://...
	FileID  string
	Name    string
	Size    int64
	Created time.Time
	Expires time.Time // expired links stay listed until they are cleared
}

// Share makes a link to a file of the account. FileID, ID and Link of the
// result are set.
func (c *Client) Share(ctx context.Context, id string, o ShareOptions) (Share, error) {
	var s Share
	began, asked := c.clock.Now(), false
	err := c.eachGateway(ctx, func(e *endpoint) (err error) {
		if asked { // an answer was lost; the share may be there
			made, ok, err := c.shareSince(ctx, e, id, began)
			if err != nil || (ok && !o.Private) {
				s = made
				return err
			}
		}
		s, err = c.share(ctx, e, id, o)
		asked = asked || noAnswer(err)
		return err
	})
	if err == nil && o.Private && !strings.Contains(strings.TrimPrefix(s.Link, wire.LinkScheme), "/") {
		_ = c.StopShare(ctx, s.ID) // nobody could open it
		err = fault.Say(ErrRefused, "This gateway does not tell the password of private links, so nobody could open one; the link was taken back.")
	}
	return s, explain(err, "share %s", id)
}

func (c *Client) share(ctx context.Context, e *endpoint, id string, o ShareOptions) (Share, error) {
	t := c.now()
	p := wire.ShareParams{
		FileHash: id, Duration: int64(o.Duration / time.Second), Private: o.Private, ReqTime: t,
		Signature: wire.Signed(c.signer, wire.ShareMessage(id, c.Address(), t)),
	}
	var r wire.ShareResult
	err := c.call(ctx, e, quickLimit, wire.MethodShare, p, &r)
	if err == nil {
		err = refused(wire.MethodShare, r.Return, r.Detail, wire.Success)
	}
	if err != nil {
		return Share{}, err
	}
	if r.ShareLink == "" || r.ShareID == "" {
		return Share{}, fmt.Errorf("%s: %w: no link", wire.MethodShare, errGarbage)
	}
	return Share{ID: r.ShareID, Link: withScheme(r.ShareLink), FileID: id}, nil
}

func withScheme(link string) string {
	if strings.HasPrefix(link, wire.LinkScheme) {
		return link
	}
	return wire.LinkScheme + link
}

// shareSince looks for a share of the file that is not older than since.
func (c *Client) shareSince(ctx context.Context, e *endpoint, id string, since time.Time) (Share, bool, error) {
	p := &pages{c: c, key: shareKey, next: c.sharePage, seen: map[string]bool{}}
	if err := p.read(ctx, e); err != nil {
		return Share{}, false, err
	}
	list := p.list
	at := slices.IndexFunc(list, func(f wire.FileInfo) bool {
		return f.FileHash == id && f.LinkTime >= since.Unix()
	})
	if at < 0 {
		return Share{}, false, nil
	}
	return shareOf(list[at]), true, nil
}

// Shares returns all share links of the account, also expired ones, in no
// particular order. It may return them with ErrIncomplete, see [Client.List].
func (c *Client) Shares(ctx context.Context) ([]Share, error) {
	list, err := c.listing(ctx, shareKey, c.sharePage)
	shares := make([]Share, len(list))
	for i, f := range list {
		shares[i] = shareOf(f)
	}
	return shares, explain(err, "list the share links of the account")
}

func shareKey(f wire.FileInfo) string { return f.ShareID }

func shareOf(f wire.FileInfo) Share {
	return Share{
		ID: f.ShareID, Link: withScheme(f.ShareLink), FileID: f.FileHash, Name: f.FileName, Size: f.FileSize,
		Created: unixTime(f.LinkTime), Expires: unixTime(f.LinkTimeExp),
	}
}

func (c *Client) sharePage(ctx context.Context, e *endpoint, n uint64) ([]wire.FileInfo, uint64, error) {
	t := c.now()
	p := wire.ListParams{Page: n, ReqTime: t, Signature: wire.Signed(c.signer, wire.ListShareMessage(c.Address(), t))}
	var r wire.ShareResult
	if err := c.call(ctx, e, quickLimit, wire.MethodListShare, p, &r); err != nil {
		return nil, 0, err
	}
	return r.Files, r.TotalNumber, refused(wire.MethodListShare, r.Return, r.Detail, wire.Success)
}

// StopShare ends a share link. One that is not there is ErrNotFound.
func (c *Client) StopShare(ctx context.Context, shareID string) error {
	asked := false
	err := c.eachGateway(ctx, func(e *endpoint) error {
		err := c.stopShare(ctx, e, shareID)
		if asked && errors.Is(err, ErrNotFound) {
			return nil // the first answer was lost, not the stopping
		}
		asked = asked || noAnswer(err)
		return err
	})
	return explain(err, "stop the share %s", shareID)
}

func (c *Client) stopShare(ctx context.Context, e *endpoint, shareID string) error {
	t := c.now()
	p := wire.StopShareParams{ShareID: shareID, ReqTime: t, Signature: wire.Signed(c.signer, wire.StopShareMessage(shareID, c.Address(), t))}
	var r wire.ReturnResult
	if err := c.call(ctx, e, quickLimit, wire.MethodStopShare, p, &r); err != nil {
		return err
	}
	err := refused(wire.MethodStopShare, r.Return, "", wire.Success)
	if code, _ := wire.ParseReturn(r.Return); code == wire.Generic { // any refusal
		return fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	return err
}

// ClearExpired takes expired share links off the list.
func (c *Client) ClearExpired(ctx context.Context) error {
	err := c.eachGateway(ctx, func(e *endpoint) error {
		t := c.now()
		p := wire.SignedParams{ReqTime: t, Signature: wire.Signed(c.signer, wire.ClearExpiredMessage(c.Address(), t))}
		var r wire.ClearExpiredResult
		if err := c.call(ctx, e, quickLimit, wire.MethodClearExpired, p, &r); err != nil || r.Return == "" {
			return err // reference nodes say nothing on success
		}
		return refused(wire.MethodClearExpired, r.Return, "", wire.Success)
	})
	return explain(err, "clear expired share links")
}
