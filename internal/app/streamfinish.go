package app

import (
	"bytes"
	"context"
	"os"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// share makes the links: the stream's first, then the card that names it.
func (p *streamPublisher) share(ctx context.Context, poster []byte, size int64) (Link, error) {
	card := publish.Card{Title: p.o.Title, Seconds: p.job.Info.Length.Seconds(), Bytes: size, Poster: poster}
	card.Width, card.Height = p.job.Info.Picture()
	raw, err := card.Encode()
	if err != nil {
		return Link{}, err
	}
	up, err := p.c.Upload(ctx, "card.json", bytes.NewReader(raw), int64(len(raw)), client.UploadOptions{})
	if up.ID != "" {
		p.begun.CardID = up.ID
		err = firstError(err, p.note())
	}
	if err != nil {
		return Link{}, err
	}
	cardShare, err := p.c.Share(ctx, up.ID, client.ShareOptions{Duration: p.o.Duration})
	if p.begun.CardOf = cardShare.ID; err == nil {
		err = p.note()
	}
	if err != nil {
		return Link{}, err
	}
	stream, err := p.c.Share(ctx, p.begun.FileID, client.ShareOptions{Duration: p.o.Duration})
	if p.begun.ShareID = stream.ID; err == nil {
		err = p.note()
	}
	if err != nil {
		return Link{}, err
	}
	return p.finish(ctx, card, stream, cardShare)
}

func (p *streamPublisher) finish(ctx context.Context, card publish.Card, stream, cardShare client.Share) (Link, error) {
	both, err := publish.NewStreamLink(stream.Link, cardShare.Link)
	if err != nil {
		return Link{}, err
	}
	link := Link{
		ID: stream.ID, Name: card.Title, Link: "sds://" + both.Stream, AppLink: both.String(), Path: p.src.path, Size: card.Bytes,
		Seconds: card.Seconds, Public: true, Created: time.Now().UTC().Truncate(time.Second), Item: p.o.item,
	}
	link.Expires = expiry(ctx, p.c, link.ID, link.Created, p.o.Duration)
	err = p.a.changeRegister(func(r *register) {
		delete(r.Streams, p.src.key)
		r.Links = append(r.Links, madeLink{
			Link: link, FileID: p.begun.FileID, Own: p.begun.Own, CardID: p.begun.CardID, CardShare: p.begun.CardOf,
		})
	})
	if err == nil {
		_ = os.MkdirAll(p.a.cacheDir("posters"), 0o700)
		_ = os.WriteFile(p.a.posterFile(link.ID), card.Poster, 0o600) // shown in the list; the card has it too
		_ = os.RemoveAll(p.dir())
	}
	return link, err
}

// forget takes back what a cancelled publishing left.
func (p *streamPublisher) forget(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeBackLimit)
	defer cancel()
	return p.a.dropStream(ctx, p.c, p.src.key, p.begun)
}
