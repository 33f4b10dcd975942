package fake

import (
	"context"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// SampleOffer is a newer version that can be fetched.
func SampleOffer() *app.UpdateOffer {
	return &app.UpdateOffer{
		Version: "v1.2.0", Date: Now.AddDate(0, 0, -3), Size: 96 << 20, Way: app.ByRestart, Kind: "tar",
		Notes: "Folders with many files open faster.\nA video goes on where it was left on another computer.\nLinks can be given an end.",
	}
}

// Updates is Newer.
func (b *Backend) Updates() app.Updates { return b.Newer }

// SetChecksUpdates keeps the choice.
func (b *Backend) SetChecksUpdates(on bool) error {
	if b.Err == nil {
		b.Newer.Auto = on
	}
	return b.Err
}

// CheckUpdates looks and finds the sample.
func (b *Backend) CheckUpdates(ctx context.Context) (app.Updates, error) {
	b.note("check updates")
	if err := b.wait(ctx); err != nil {
		return app.Updates{}, err
	}
	b.Newer.Looked, b.Newer.Offer = Now, SampleOffer()
	return b.Newer, nil
}

// GetUpdate tells of a third, and fetches the rest when the gate is open.
func (b *Backend) GetUpdate(ctx context.Context, tell func(done, total int64)) (app.UpdateOffer, error) {
	b.note("get update")
	o := *b.Newer.Offer
	tell(o.Size/3, o.Size)
	if err := b.wait(ctx); err != nil {
		return app.UpdateOffer{}, err
	}
	tell(o.Size, o.Size)
	o.Path = "/updates/new"
	b.Newer.Offer = &o
	return o, nil
}

// BringUpdate notes that the version is brought in.
func (b *Backend) BringUpdate(ctx context.Context) (app.UpdateOffer, error) {
	b.note("bring update")
	if err := b.wait(ctx); err != nil {
		return app.UpdateOffer{}, err
	}
	return *b.Newer.Offer, nil
}
