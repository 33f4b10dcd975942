package wire

import (
	"errors"
	"fmt"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// ErrHandle is wrapped by every error about text that is not a file handle.
var ErrHandle = errors.New("not a file handle")

const (
	handleScheme = "sdm://"
	handleLength = len(handleScheme) + AddressLength + 1 + HashLength
)

// Handle names a file of an owner: sdm://OWNER/HASH, optionally followed by
// one separator and a file name.
type Handle struct {
	Owner string
	Hash  string
	Name  string
}

// String returns the handle without the name.
func (h Handle) String() string { return handleScheme + h.Owner + "/" + h.Hash }

// ParseHandle reads a handle by fixed offsets, as requestDownload does.
// Neither owner nor hash is looked at; see [Handle.Check].
func ParseHandle(text string) (Handle, error) {
	if len(text) < handleLength {
		return Handle{}, fmt.Errorf("%w: too short", ErrHandle)
	}
	if !strings.HasPrefix(text, handleScheme) || text[handleLength-HashLength-1] != '/' {
		return Handle{}, fmt.Errorf("%w: wrong format", ErrHandle)
	}
	h := Handle{
		Owner: text[len(handleScheme) : len(handleScheme)+AddressLength],
		Hash:  text[handleLength-HashLength : handleLength],
	}
	if len(text) > handleLength {
		h.Name = text[handleLength+1:]
	}
	return h, nil
}

// Check tells whether owner and hash are well formed.
func (h Handle) Check() error {
	if !strings.HasPrefix(h.Owner, stratos.PrefixAccount+"1") {
		return fmt.Errorf("%w: owner is not an address", ErrHandle)
	}
	if _, err := stratos.ParseAddress(h.Owner); err != nil {
		return fmt.Errorf("%w: owner: %v", ErrHandle, err)
	}
	if !ValidFileHash(h.Hash) {
		return fmt.Errorf("%w: not a file hash", ErrHandle)
	}
	return nil
}

// ParseDataMeshID reads sdm://OWNER/HASH strictly: both parts are checked and
// nothing may follow.
func ParseDataMeshID(text string) (Handle, error) {
	rest, ok := strings.CutPrefix(text, handleScheme)
	if !ok {
		return Handle{}, fmt.Errorf("%w: it does not start with sdm://", ErrHandle)
	}
	parts := strings.Split(rest, "/")
	if len(parts) != 2 {
		return Handle{}, fmt.Errorf("%w: no owner or no hash", ErrHandle)
	}
	h := Handle{Owner: parts[0], Hash: parts[1]}
	return h, h.Check()
}
