package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// publisher is the storage network of one account as private links need it.
type publisher struct{ c *client.Client }

// Upload stores sealed content and returns its file id once the network holds it.
func (p publisher) Upload(ctx context.Context, name string, src io.ReaderAt, size int64) (string, error) {
	up, err := p.c.Upload(ctx, name, src, size, client.UploadOptions{})
	return up.ID, err
}

// ShareLink makes a public link to a stored file.
func (p publisher) ShareLink(ctx context.Context, id string, ttl time.Duration) (shareID, link string, err error) {
	s, err := p.c.Share(ctx, id, client.ShareOptions{Duration: ttl})
	return s.ID, s.Link, err
}

// StopShare ends a link; the error wraps [publish.ErrNotFound] when there is none.
func (p publisher) StopShare(ctx context.Context, shareID string) error {
	return asPublish(p.c.StopShare(ctx, shareID))
}

// Delete removes a stored file.
func (p publisher) Delete(ctx context.Context, id string) error {
	return asPublish(p.c.Delete(ctx, id))
}

// FetchShared gives the pieces behind a link as they arrive, in any order and not proven.
func (p publisher) FetchShared(ctx context.Context, link string, piece func(off int64, p []byte) error) error {
	_, err := p.c.FetchShared(client.Urgent(ctx), link, func(client.SharedFile) error { return nil }, piece)
	return asPublish(err)
}

func asPublish(err error) error {
	if errors.Is(err, client.ErrNotFound) || errors.Is(err, client.ErrExpired) {
		return fmt.Errorf("%w: %w", publish.ErrNotFound, err)
	}
	return err
}
