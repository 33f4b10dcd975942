package publish

import (
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/fetch"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// What callers may decide on.
var (
	ErrLink     = errors.New("not a private link")
	ErrDamaged  = errors.New("shared object is damaged")
	ErrNewer    = errors.New("shared object was made by a newer version of the program")
	ErrChanged  = errors.New("file changed while it was read")
	ErrTooLarge = errors.New("file is too large for a private link")

	// ErrNotFound is what a [Network] and a [SharedNetwork] wrap in their
	// errors for a file, a share or a link that is not there (any more).
	ErrNotFound = errors.New("not on the network")
)

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}

// classify adds this package's word to the errors of the formats below.
func classify(err error) error {
	switch {
	case errors.Is(err, pack.ErrNewer), errors.Is(err, codec.ErrNewer):
		return fmt.Errorf("%w: %w", ErrNewer, err)
	case errors.Is(err, pack.ErrDamaged), errors.Is(err, codec.ErrMalformed), errors.Is(err, fetch.ErrShort):
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

// explain gives an error of opening or reading a sentence, where no other did.
func explain(err error, doing, sentence string) error {
	err = fmt.Errorf("%s: %w", doing, classify(err))
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, ErrNotFound):
		return fault.Say(err, "This link leads nowhere: it has expired, its owner took it back, or it is a link of another network. Ask for a new one.")
	case errors.Is(err, ErrNewer):
		return fault.Say(err, "This was shared by a newer version of the program. Update yours, then open the link again.")
	case errors.Is(err, ErrDamaged):
		return fault.Say(err, "%s", sentence)
	}
	return err
}
