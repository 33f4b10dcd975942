package state

import (
	"errors"
	"fmt"

	"modernc.org/sqlite" // the driver
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// ErrVersion is returned for a state file that another version of the program
// wrote.
var ErrVersion = errors.New("state file of another version")

// IsUseless reports whether an error says that a state file cannot be read: it
// is damaged, or of another version. Then it may be put aside and made anew;
// after any other error it may be fine the next time.
func IsUseless(err error) bool {
	if errors.Is(err, ErrVersion) {
		return true
	}
	code, _ := codeOf(err)
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}

// named lets callers tell that something failed because there was no room for
// it, with [disk.IsFull]. The file is as it was before.
func named(err error) error {
	switch code, extended := codeOf(err); {
	case code == sqlite3.SQLITE_FULL, extended == sqlite3.SQLITE_IOERR_SHMSIZE:
		return fmt.Errorf("%w: %w", disk.ErrFull, err)
	}
	return err
}

// codeOf returns the code of an error of SQLite, without and with its details.
func codeOf(err error) (code, extended int) {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return 0, 0
	}
	return e.Code() & 0xff, e.Code()
}
