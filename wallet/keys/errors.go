package keys

import (
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Errors of [Import] that callers decide on; each comes with a sentence for
// people.
var (
	ErrPassword    = errors.New("wrong password of a key file") // also where the file is damaged in a way that looks the same
	ErrDamaged     = errors.New("damaged key file")
	ErrUnsupported = errors.New("unsupported key file")
)

func wrongPassword(password []byte) error {
	if len(password) == 0 {
		return fault.Wrong(ErrPassword, "This file is locked with a password. Please type the password it was saved with.")
	}
	return fault.Say(ErrPassword, "This password does not open the file. Please try again; if you are sure of the password, the file is damaged.")
}

// damagedFile never repeats what the file says.
func damagedFile(cause error) error {
	if cause == nil {
		cause = ErrDamaged
	} else {
		cause = errors.Join(ErrDamaged, cause)
	}
	return fault.Say(cause, "This key file is damaged or incomplete. Nothing was imported; try another copy of it, or the words of the wallet.")
}

func unsupported(format string, args ...any) error {
	return fault.Say(ErrUnsupported, format, args...)
}
