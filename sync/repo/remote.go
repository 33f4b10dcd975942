package repo

import (
	"context"
	"errors"
	"io"
	"time"
)

// Remote is the storage network as a drive needs it, for one account. All
// methods may be called by several goroutines. Errors wrap one of the
// sentinels of this package where one fits; anything else is taken as a
// failure that may pass.
type Remote interface {
	// Upload stores size bytes of src as one file and returns its id. It MUST
	// return nil only when the network says that the file is FINISHED. Storing
	// the same bytes again MUST give the same id.
	Upload(ctx context.Context, name string, src io.ReaderAt, size int64) (id string, err error)
	// Download writes the file of that id and size to dst, proved by its id.
	Download(ctx context.Context, id string, size int64, dst io.WriterAt) error
	// Fetch hands over the pieces of a file as they arrive, in any order and
	// unproved. The bytes of a piece are valid until the call returns.
	Fetch(ctx context.Context, id string, piece func(off int64, p []byte) error) error
	// List returns all files of the account, in any order.
	List(ctx context.Context) ([]RemoteFile, error)
	// Share makes a file findable through Shares for a time.
	Share(ctx context.Context, id string, ttl time.Duration) (shareID string, err error)
	// StopShare ends a share. An unknown share is ErrNotFound.
	StopShare(ctx context.Context, shareID string) error
	// Shares returns all shares of the account, in any order.
	Shares(ctx context.Context) ([]RemoteShare, error)
	// Delete removes a file.
	Delete(ctx context.Context, id string) error
}

// Prover is what a Remote may offer besides: it tells whether the network has
// a file already, so that a file which was fully sent before a crash is not
// sent again.
type Prover interface {
	// Stored returns the id that src has on the network, and whether the
	// network says that this file is FINISHED.
	Stored(ctx context.Context, src io.ReaderAt, size int64) (id string, ok bool, err error)
}

// Several is what a Remote with more than one gateway may offer besides.
type Several interface {
	// TryAnother makes the next calls use another gateway, for the one in use
	// does not show everything. It is false if there is no other.
	TryAnother() bool
}

// RemoteFile is a file of the account.
type RemoteFile struct {
	ID      string
	Name    string
	Size    int64
	Created time.Time
}

// RemoteShare is a share of the account.
type RemoteShare struct {
	ShareID string
	FileID  string
	Name    string
	Size    int64
	Expires time.Time
}

// What a Remote says about failures that callers decide on.
var (
	ErrNoOzone  = errors.New("not enough ozone")        // the account cannot pay
	ErrOffline  = errors.New("network is out of reach") // nothing was tried, or nothing answered
	ErrNotFound = errors.New("not on the network")
	ErrRefused  = errors.New("refused by the network")
)

// final reports whether trying again at once is of no use.
func final(err error) bool {
	return errors.Is(err, ErrNoOzone) || errors.Is(err, ErrOffline) || errors.Is(err, ErrNotFound) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
