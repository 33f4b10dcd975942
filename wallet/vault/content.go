package vault

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// Content is what a vault keeps secret. Either Words or RawKey is set.
type Content struct {
	Words      []byte    // BIP-39 words, lower case, single spaces
	Passphrase []byte    // of the words; may be empty
	RawKey     []byte    // 32 bytes, for a wallet imported by its key
	Name       string    // what the user calls the wallet
	Created    time.Time // to the second
	Accounts   []Account // in use besides the first, which always is; only of words
	BackedUp   time.Time // when the user proved to have the words; zero before
}

// Account is an account of a wallet's words that the user works with.
type Account struct {
	Index uint32 // last step of the derivation path
	Name  string // what the user calls it; may be empty
}

// Wipe overwrites the secrets. The name and the date are not secret enough.
func (c *Content) Wipe() {
	clear(c.Words)
	clear(c.Passphrase)
	clear(c.RawKey)
}

// Key derives the key of the wallet's account number index, m/44'/606'/0'/0/index
// of the words. A raw key has only account 0. Wiping it is the caller's.
func (c *Content) Key(index uint32) (stratos.PrivateKey, error) {
	if len(c.RawKey) == 0 {
		return keys.FromWords(c.Words, c.Passphrase, index)
	}
	if index != 0 {
		return stratos.PrivateKey{}, fmt.Errorf("derive key: a raw key has no account %d", index)
	}
	return stratos.NewPrivateKey(c.RawKey)
}

// AllAccounts lists the accounts in use, the first one, index 0, included, in
// the order of their indexes.
func (c *Content) AllAccounts() []Account {
	all := slices.Clone(c.Accounts)
	if !slices.ContainsFunc(all, func(a Account) bool { return a.Index == 0 }) {
		all = append(all, Account{})
	}
	slices.SortFunc(all, func(a, b Account) int { return cmp.Compare(a.Index, b.Index) })
	return all
}

// Fields of the sealed content: one byte for the field, two for the length of
// its value, big-endian. Field 0 ends the list; zeros follow up to the next
// multiple of contentUnit, so that the file's size does not tell 12 words
// from 24.
const (
	fieldEnd = iota
	fieldWords
	fieldPassphrase
	fieldRawKey
	fieldName
	fieldCreated  // Unix seconds, 8 bytes
	fieldAccount  // index, 4 bytes, and name; any number of times; since version 2
	fieldBackedUp // Unix seconds, 8 bytes; since version 2
)

const (
	contentUnit = 1024
	maxContent  = 96 * 1024
)

var errContent = errors.New("vault content")

// field is one value of the content.
type field struct {
	number byte
	value  []byte
}

// fields lists what is set.
func (c *Content) fields() []field {
	list := []field{
		{fieldWords, c.Words},
		{fieldPassphrase, c.Passphrase},
		{fieldRawKey, c.RawKey},
		{fieldName, []byte(c.Name)},
		{fieldCreated, binary.BigEndian.AppendUint64(nil, uint64(c.Created.Unix()))},
	}
	for _, a := range c.Accounts {
		list = append(list, field{fieldAccount, append(binary.BigEndian.AppendUint32(nil, a.Index), a.Name...)})
	}
	if !c.BackedUp.IsZero() {
		list = append(list, field{fieldBackedUp, binary.BigEndian.AppendUint64(nil, uint64(c.BackedUp.Unix()))})
	}
	return slices.DeleteFunc(list, func(f field) bool { return len(f.value) == 0 })
}

// encode writes the fields; the caller wipes the result.
func (c *Content) encode() ([]byte, error) {
	if (len(c.Words) == 0) == (len(c.RawKey) == 0) {
		return nil, fmt.Errorf("%w: needs either words or a key", errContent)
	}
	size := 1
	for _, f := range c.fields() {
		size += 3 + len(f.value)
		if len(f.value) > 16*1024 {
			return nil, fmt.Errorf("%w: too long", errContent)
		}
	}
	if size > maxContent {
		return nil, fmt.Errorf("%w: too long", errContent)
	}
	out := make([]byte, 0, (size+contentUnit-1)/contentUnit*contentUnit) // never grows: no stray copies
	for _, f := range c.fields() {
		out = append(out, f.number)
		out = binary.BigEndian.AppendUint16(out, uint16(len(f.value)))
		out = append(out, f.value...)
	}
	return out[:cap(out)], nil
}

// decodeContent reads the fields into fresh slices.
func decodeContent(raw []byte) (*Content, error) {
	c := &Content{}
	for len(raw) > 0 && raw[0] != fieldEnd {
		if len(raw) < 3 {
			return nil, fmt.Errorf("%w: cut off", errContent)
		}
		field, size := raw[0], int(binary.BigEndian.Uint16(raw[1:]))
		raw = raw[3:]
		if len(raw) < size {
			return nil, fmt.Errorf("%w: cut off", errContent)
		}
		if err := c.set(field, raw[:size]); err != nil {
			return nil, err
		}
		raw = raw[size:]
	}
	if (len(c.Words) == 0) == (len(c.RawKey) == 0) {
		return nil, fmt.Errorf("%w: neither words nor key", errContent)
	}
	return c, nil
}

func (c *Content) set(field byte, value []byte) error {
	switch field {
	case fieldWords:
		c.Words = append([]byte(nil), value...)
	case fieldPassphrase:
		c.Passphrase = append([]byte(nil), value...)
	case fieldRawKey:
		c.RawKey = append([]byte(nil), value...)
	case fieldName:
		c.Name = string(value)
	case fieldCreated:
		return setTime(&c.Created, value)
	case fieldBackedUp:
		return setTime(&c.BackedUp, value)
	case fieldAccount:
		if len(value) < 4 {
			return fmt.Errorf("%w: account", errContent)
		}
		c.Accounts = append(c.Accounts, Account{binary.BigEndian.Uint32(value), string(value[4:])})
	default:
		return fmt.Errorf("%w: unknown field %d", errContent, field)
	}
	return nil
}

func setTime(t *time.Time, value []byte) error {
	if len(value) != 8 {
		return fmt.Errorf("%w: date", errContent)
	}
	*t = time.Unix(int64(binary.BigEndian.Uint64(value)), 0).UTC()
	return nil
}
