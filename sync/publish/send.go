package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// flush finishes the part at hand and sends it; it waits while enough others
// are on their way.
func (p *publisher) flush(ctx context.Context, g *errgroup.Group) error {
	s := p.cur
	if s == nil {
		return nil
	}
	p.cur = nil
	size, err := s.w.Close()
	if err != nil {
		s.remove()
		return err
	}
	p.mu.Lock()
	i := len(p.man.parts)
	p.man.parts = append(p.man.parts, part{size: size, blobs: s.blobs})
	p.mu.Unlock()
	g.Go(func() error {
		defer s.remove()
		return p.sendPart(ctx, i, s.f, size, s.plain)
	})
	return nil
}

func (p *publisher) sendPart(ctx context.Context, i int, src io.ReaderAt, size, plain int64) error {
	id, err := p.upload(ctx, pack.Part, src, size)
	at := -1
	if id != "" {
		p.note(func() { at, p.pub.Parts = len(p.pub.Parts), append(p.pub.Parts, PartRef{FileID: id}) })
	}
	if err != nil {
		return fmt.Errorf("send part %d: %w", i, err)
	}
	shareID, link, err := p.n.ShareLink(ctx, id, p.o.TTL)
	if shareID != "" {
		p.note(func() { p.pub.Parts[at].ShareID = shareID })
	}
	if err == nil {
		link, err = bareShare(link)
	}
	if err != nil {
		return fmt.Errorf("share part %d: %w", i, err)
	}
	p.mu.Lock()
	p.man.parts[i].link = link
	p.mu.Unlock()
	p.progress(plain)
	return nil
}

func (p *publisher) upload(ctx context.Context, use pack.Use, src io.ReaderAt, size int64) (string, error) {
	id, err := p.n.Upload(ctx, p.keys.NewName(use), src, size)
	if err == nil && id == "" {
		err = errors.New("the network gave no id")
	}
	return id, err
}

// bareShare takes the scheme off a share link and checks the rest.
func bareShare(link string) (string, error) {
	link = strings.TrimPrefix(link, netScheme)
	return link, checkShare(link)
}

// sendManifest makes the object readable: nothing of it is before.
func (p *publisher) sendManifest(ctx context.Context) error {
	body := p.man.encode()
	if len(body) > pack.MaxBlob {
		return fmt.Errorf("%w: list of %d bytes", ErrTooLarge, len(body))
	}
	list := p.zip.Prepare(pack.Parts, p.keys.ID(pack.Parts, body), body)
	if _, err := p.ownW.Add(list); err != nil {
		return fmt.Errorf("seal manifest: %w", err)
	}
	size, err := p.ownW.Close()
	if err != nil {
		return fmt.Errorf("seal manifest: %w", err)
	}
	id, err := p.upload(ctx, pack.Manifest, bytes.NewReader(p.own.Bytes()), size)
	if id != "" {
		p.note(func() { p.pub.FileID = id })
	}
	if err != nil {
		return fmt.Errorf("send manifest: %w", err)
	}
	return p.shareManifest(ctx, id)
}

func (p *publisher) shareManifest(ctx context.Context, id string) error {
	shareID, link, err := p.n.ShareLink(ctx, id, p.o.TTL)
	if err == nil {
		p.link.share, err = bareShare(link)
	}
	p.note(func() {
		p.pub.ShareID = shareID
		if err == nil {
			p.pub.Link = p.link.String()
		}
	})
	if err != nil {
		return fmt.Errorf("share manifest: %w", err)
	}
	p.progress(p.man.size - p.done)
	return nil
}
