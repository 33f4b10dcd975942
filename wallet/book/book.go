package book

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Errors that callers decide on; each comes with a sentence for people.
var (
	ErrDamaged = errors.New("damaged address book")
	ErrNewer   = errors.New("address book of a newer version")
	ErrUnknown = errors.New("not in the address book")
)

// Entry is an address with the name that the user gave it.
type Entry struct {
	Address  stratos.Address
	Name     string    // one line, unique but for letter case
	Memo     string    // sent with every payment unless another one is given
	Exchange bool      // an exchange, which wants a memo with every payment
	Used     time.Time // last payment to it; zero before the first
}

// Longest values, in bytes; a memo is bounded by the chain.
const (
	maxName = 100
	maxMemo = 256
	maxFile = 16 << 20
)

// Book is an address book in one file, which is read at every call, so that
// several programs can use it at once. docs/profile.md describes the file.
type Book struct{ path string }

// Open returns the book at path, which need not exist yet.
func Open(path string) *Book { return &Book{path} }

// bookFile is the file; addresses are written as st1....
type bookFile struct {
	Version int         `json:"version"` // 1
	Entries []entryJSON `json:"entries"`
}

type entryJSON struct {
	Address  string     `json:"address"`
	Name     string     `json:"name"`
	Memo     string     `json:"memo,omitempty"`
	Exchange bool       `json:"exchange,omitempty"`
	Used     *time.Time `json:"used,omitempty"`
}

// List returns all entries by name.
func (b *Book) List() ([]Entry, error) {
	raw, err := os.ReadFile(b.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.Say(err, "The address book could not be read. Please check the disk.")
	}
	return parse(raw)
}

// parse reads a file.
func parse(raw []byte) ([]Entry, error) {
	var head struct {
		Version int `json:"version"`
	}
	if json.Unmarshal(raw, &head) == nil && head.Version > 1 { // whose entries may be of any form
		return nil, fault.Say(ErrNewer, "The address book was saved by a newer version of the program. Please update.")
	}
	f := bookFile{}
	if err := json.Unmarshal(raw, &f); err != nil || len(raw) > maxFile || f.Version < 1 {
		return nil, damaged(err)
	}
	list := make([]Entry, 0, len(f.Entries))
	for _, e := range f.Entries {
		address, err := stratos.ParseAddress(e.Address)
		if err != nil {
			return nil, damaged(err)
		}
		entry := Entry{Address: address, Name: e.Name, Memo: e.Memo, Exchange: e.Exchange}
		if e.Used != nil {
			entry.Used = *e.Used
		}
		list = append(list, entry)
	}
	slices.SortStableFunc(list, byName)
	return list, nil
}

func byName(a, b Entry) int {
	return cmp.Or(strings.Compare(fold(a.Name), fold(b.Name)), strings.Compare(a.Name, b.Name))
}

// fold is the form of a name in which letter case does not count.
func fold(name string) string { return strings.ToLower(strings.ToUpper(name)) }

func damaged(err error) error {
	return fault.Say(fmt.Errorf("%w: %w", ErrDamaged, cmp.Or(err, ErrDamaged)),
		"The address book is damaged. Your money is safe; put back a copy of the file, or remove it to begin a new one.")
}

// Find returns the entry of an address.
func (b *Book) Find(a stratos.Address) (Entry, bool, error) {
	list, err := b.List()
	for _, e := range list {
		if e.Address == a {
			return e, true, nil
		}
	}
	return Entry{}, false, err
}

// Named returns the entry of a name in any letter case.
func (b *Book) Named(name string) (Entry, bool, error) {
	list, err := b.List()
	for _, e := range list {
		if fold(e.Name) == fold(strings.TrimSpace(name)) {
			return e, true, nil
		}
	}
	return Entry{}, false, err
}

// Search returns the entries whose name or address holds text, in any letter
// case; the address in either form.
func (b *Book) Search(text string) ([]Entry, error) {
	list, err := b.List()
	text = fold(strings.TrimSpace(text))
	return slices.DeleteFunc(list, func(e Entry) bool {
		return !strings.Contains(fold(e.Name), text) && !strings.Contains(e.Address.String(), text) &&
			!strings.Contains(strings.ToLower(e.Address.Hex()), text)
	}), err
}

// Put adds an entry or replaces the one of the same address. A name that
// another address has, or one that cannot be used, is refused.
func (b *Book) Put(e Entry) error {
	e.Name = strings.TrimSpace(e.Name)
	if err := e.check(); err != nil {
		return err
	}
	return b.change(func(list []Entry) ([]Entry, error) {
		for _, other := range list {
			if other.Address != e.Address && fold(other.Name) == fold(e.Name) {
				return nil, fault.Wrong(nil, "The name %s is already given to another address. Please choose another one.", e.Name)
			}
		}
		list = slices.DeleteFunc(list, func(o Entry) bool { return o.Address == e.Address })
		return append(list, e), nil
	})
}

func (e Entry) check() error {
	switch {
	case e.Address == stratos.Address{}:
		return fault.Wrong(stratos.ErrAddress, "An entry of the address book needs an address.")
	case e.Name == "" || len(e.Name) > maxName || !oneLine(e.Name):
		return fault.Wrong(nil, "Please give the address a short name of one line.")
	case len(e.Memo) > maxMemo || !utf8.ValidString(e.Memo):
		return fault.Wrong(nil, "A memo has at most %d characters.", maxMemo)
	}
	if _, err := stratos.ParseAddress(e.Name); err == nil {
		return fault.Wrong(nil, "A name must not be an address itself.")
	}
	return nil
}

// oneLine refuses control characters and those that turn the direction of
// text around, with which one name can be made to look like another.
func oneLine(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2060 && r <= 0x2069 || r == 0xfeff
	})
}

// Remove takes an address out of the book; one that is not in it is an
// [ErrUnknown].
func (b *Book) Remove(a stratos.Address) error {
	return b.change(func(list []Entry) ([]Entry, error) {
		rest := slices.DeleteFunc(slices.Clone(list), func(e Entry) bool { return e.Address == a })
		if len(rest) == len(list) {
			return nil, fault.Wrong(ErrUnknown, "This address is not in the address book.")
		}
		return rest, nil
	})
}

// Paid notes a payment to an address, if it is in the book.
func (b *Book) Paid(a stratos.Address, at time.Time) error {
	_, known, err := b.Find(a)
	if !known {
		return err
	}
	return b.change(func(list []Entry) ([]Entry, error) {
		for i := range list {
			if list[i].Address == a && at.After(list[i].Used) {
				list[i].Used = at.UTC().Truncate(time.Second)
			}
		}
		return list, nil
	})
}

// change reads, edits and writes the file while no other program does.
func (b *Book) change(edit func([]Entry) ([]Entry, error)) error {
	if err := os.MkdirAll(filepath.Dir(b.path), 0o700); err != nil {
		return unwritable(err)
	}
	lock := flock.New(b.path + ".lock")
	if err := lock.Lock(); err != nil {
		return unwritable(err)
	}
	defer lock.Unlock()
	list, err := b.List()
	if err != nil {
		return err
	}
	if list, err = edit(list); err != nil {
		return err
	}
	slices.SortStableFunc(list, byName)
	raw, err := encode(list)
	if err == nil {
		err = writeFile(b.path, raw)
	}
	if err != nil {
		return unwritable(err)
	}
	return nil
}

func encode(list []Entry) ([]byte, error) {
	f := bookFile{Version: 1, Entries: []entryJSON{}}
	for _, e := range list {
		j := entryJSON{Address: e.Address.String(), Name: e.Name, Memo: e.Memo, Exchange: e.Exchange}
		if !e.Used.IsZero() {
			j.Used = &e.Used
		}
		f.Entries = append(f.Entries, j)
	}
	raw, err := json.MarshalIndent(f, "", "  ")
	return append(raw, '\n'), err
}

func unwritable(err error) error {
	return fault.Say(err, "The address book could not be saved. Please check that the disk has room and can be written, then try again.")
}

// writeFile puts raw at path by temporary file and rename.
func writeFile(path string, raw []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".book-*") // created 0600
	if err != nil {
		return fmt.Errorf("write address book: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(raw)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write address book: %w", err)
	}
	return nil
}
