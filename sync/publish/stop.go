package publish

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// backLimit is how long a failed publishing goes on to take back its parts.
const backLimit = 30 * time.Second

// Stop takes a published object off the network: first the link ends, then
// all other shares, then the files go. What is not there any more is fine, so
// after an error the same call finishes the work. It does all it can before it
// returns the errors met.
func Stop(ctx context.Context, n Network, p Published) error {
	_, err := takeBack(ctx, n, p)
	return err
}

// takeBackLater is takeBack for a context that may have ended.
func takeBackLater(ctx context.Context, n Network, p Published) (Published, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), backLimit)
	defer cancel()
	return takeBack(ctx, n, p)
}

// takeBack returns what is left on the network.
func takeBack(ctx context.Context, n Network, p Published) (Published, error) {
	own, err := takeFile(ctx, n, PartRef{p.FileID, p.ShareID})
	errs := []error{err}
	left := p
	left.FileID, left.ShareID, left.Parts = own.FileID, own.ShareID, nil
	var mu sync.Mutex
	var g errgroup.Group
	g.SetLimit(uploads)
	for _, ref := range p.Parts {
		g.Go(func() error {
			ref, err := takeFile(ctx, n, ref)
			mu.Lock()
			defer mu.Unlock()
			errs = append(errs, err)
			if ref != (PartRef{}) {
				left.Parts = append(left.Parts, ref)
			}
			return nil
		})
	}
	_ = g.Wait()
	if err := errors.Join(errs...); err != nil {
		return left, fmt.Errorf("take back a private link: %w", err)
	}
	return left, nil
}

// takeFile stops a share and deletes its file; it returns what is left. A file
// goes even if its share cannot be stopped.
func takeFile(ctx context.Context, n Network, ref PartRef) (PartRef, error) {
	share, file := ctx.Err(), ctx.Err()
	if share == nil && ref.ShareID != "" {
		share = gone(n.StopShare(ctx, ref.ShareID))
	}
	if share == nil {
		ref.ShareID = ""
	}
	if file == nil && ref.FileID != "" {
		file = gone(n.Delete(ctx, ref.FileID))
	}
	if file == nil {
		ref.FileID = ""
	}
	return ref, errors.Join(share, file)
}

func gone(err error) error {
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}
