package fake

import (
	"context"
	"slices"
)

// HoldTransfer notes it.
func (b *Backend) HoldTransfer(_ context.Context, p string) error {
	b.note("hold " + p)
	if b.Err == nil {
		b.Told.Held = append(b.Told.Held, p)
	}
	return b.Err
}

// ReleaseTransfer notes it.
func (b *Backend) ReleaseTransfer(_ context.Context, p string) error {
	b.note("release " + p)
	b.Told.Held = slices.DeleteFunc(b.Told.Held, func(held string) bool { return held == p })
	return b.Err
}
