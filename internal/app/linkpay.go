package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math/big"
	"os"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/sync/repo"
)

// ErrNoOzone is wrapped where there is not enough ozone for something.
var ErrNoOzone = client.ErrNoOzone

// NeedsOzone tells whether something failed because there is not enough ozone.
func NeedsOzone(err error) bool { return errors.Is(err, ErrNoOzone) || errors.Is(err, repo.ErrNoOzone) }

// leastOffer is the least ozone that is offered at once, in noz: 10 ozone, so
// that opening the next link does not ask again.
const leastOffer = 10_000_000_000

// OfferOzone quotes what has to be bought to get what others share, for noz
// beyond what there is; it pays for links only.
func (a *App) OfferOzone(ctx context.Context, noz string) (OzoneQuote, error) {
	missing := nozOf(noz)
	if o, err := a.Ozone(ctx); err == nil {
		missing.Sub(missing, nozOf(o.PublishNoz))
	}
	if missing.Cmp(big.NewInt(leastOffer)) < 0 {
		missing.SetInt64(leastOffer)
	}
	price, err := a.priceOf(ctx, missing)
	if err != nil {
		return OzoneQuote{}, err
	}
	return a.QuoteOzoneFor(ctx, price.Format(stratos.STOS), PublishAccount)
}

// FreeOzone gets ozone for links on the practice network, where it costs
// nothing. A wallet that owns nothing yet gets some for its drive too, so that
// what a link leads to can be kept there.
func (a *App) FreeOzone(ctx context.Context) error {
	if !a.onPractice() {
		return fault.Wrong(nil, "Only the practice network gives ozone away. Nothing was bought.")
	}
	if err := a.firstMoney(ctx); err != nil {
		return err
	}
	if _, err := a.Credit(ctx); err != nil {
		return err
	}
	q, err := a.QuoteOzoneFor(ctx, firstOzone, PublishAccount)
	if err != nil {
		return err
	}
	_, err = a.BuyOzoneUnlocked(ctx, q)
	return err
}

// LinkFile fetches the file that a link leads to into the cache, to open it
// with another program, and returns where it lies.
func (a *App) LinkFile(ctx context.Context, link string, progress func(done, total int64)) (string, error) {
	name := sha256.Sum256([]byte(link))
	dir := filepath.Join(a.cacheDir("links"), hex.EncodeToString(name[:12]))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", explainDisk(err)
	}
	got, err := a.getLink(ctx, link, GetOptions{To: dir, Progress: progress})
	return got.Path, err
}
