package vault

import (
	"encoding/binary"
	"errors"
	"fmt"
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
	fieldCreated // Unix seconds, 8 bytes
)

const contentUnit = 1024

var errContent = errors.New("vault content")

// encode writes the fields; the caller wipes the result.
func (c *Content) encode() ([]byte, error) {
	if (len(c.Words) == 0) == (len(c.RawKey) == 0) {
		return nil, fmt.Errorf("%w: needs either words or a key", errContent)
	}
	if len(c.Passphrase)+len(c.Words)+len(c.RawKey)+len(c.Name) > 16*1024 {
		return nil, fmt.Errorf("%w: too long", errContent)
	}
	size := len(c.Words) + len(c.Passphrase) + len(c.RawKey) + len(c.Name) + 8 + 5*3 + 1
	out := make([]byte, 0, (size+contentUnit-1)/contentUnit*contentUnit) // never grows: no stray copies
	created := binary.BigEndian.AppendUint64(nil, uint64(c.Created.Unix()))
	for i, value := range [][]byte{c.Words, c.Passphrase, c.RawKey, []byte(c.Name), created} {
		if len(value) == 0 {
			continue
		}
		out = append(out, byte(fieldWords+i))
		out = binary.BigEndian.AppendUint16(out, uint16(len(value)))
		out = append(out, value...)
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
		if len(value) != 8 {
			return fmt.Errorf("%w: date", errContent)
		}
		c.Created = time.Unix(int64(binary.BigEndian.Uint64(value)), 0).UTC()
	default:
		return fmt.Errorf("%w: unknown field %d", errContent, field)
	}
	return nil
}
