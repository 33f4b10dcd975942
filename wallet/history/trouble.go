package history

import (
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Errors that callers decide on; each comes with a sentence for people.
var (
	ErrDamaged = errors.New("damaged history")
	ErrNewer   = errors.New("history of a newer version")
)

// told explains what is wrong with the file to a person. The file is left as it
// is: it may be all that knows of a payment whose outcome is open.
func told(err error) error {
	switch {
	case err == nil || fault.Explained(err):
		return err
	case errors.Is(err, ErrNewer):
		return fault.Say(err, "The wallet's history was saved by a newer version of the program. Your money is safe; please update.")
	case damaged(err):
		return fault.Say(errors.Join(ErrDamaged, err), "The wallet's history is damaged. Your money is safe; put back a copy of the file history.db in the program's folder, or move it away to begin a new one, which is read from the chain.")
	case full(err):
		return fault.Say(err, "The disk is full, so the wallet's history could not be saved. Your money is safe; free some space and try again.")
	}
	return err
}

// damaged tells whether SQLite could make no sense of the file.
func damaged(err error) bool {
	code := codeOf(err)
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}

func full(err error) bool { return codeOf(err) == sqlite3.SQLITE_FULL }

// codeOf is the result code of SQLite behind an error, 0 for none.
func codeOf(err error) int {
	e, is := errors.AsType[*sqlite.Error](err)
	if !is {
		return 0
	}
	return e.Code() & 0xff
}
