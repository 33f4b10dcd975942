package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Sizes of the format, in bytes; docs/vault.md has the whole layout.
const (
	keySize      = chacha20poly1305.KeySize
	nonceSize    = chacha20poly1305.NonceSizeX
	wrappedSize  = keySize + chacha20poly1305.Overhead
	saltSize     = 16
	keyringID    = 16
	passwordSize = 4 + 4 + 1 + saltSize + nonceSize + wrappedSize
	keyringSize  = keyringID + nonceSize + wrappedSize
	checkSize    = sha256.Size
	maxFileSize  = 128 * 1024
	maxSlots     = 16
)

// Version is the format version that this package writes. It reads all up to
// that one.
const Version = 2

var magic = []byte("STOSVLT\n")

// Kinds of key slots. Slots of unknown kinds are kept and passed over.
const (
	slotPassword = 1
	slotKeyring  = 2
)

var (
	errFormat  = errors.New("not a vault file")
	errVersion = errors.New("unknown vault version")
)

// slot is one way to the content key.
type slot struct {
	kind byte
	body []byte
}

// file is a vault file in parts.
type file struct {
	version uint16
	public  stratos.PublicKey
	slots   []slot
	nonce   []byte
	sealed  []byte
}

// preamble is the part that the wrapped keys are bound to: magic, version and
// public key.
func (f *file) preamble() []byte {
	out := append([]byte(nil), magic...)
	out = binary.BigEndian.AppendUint16(out, f.version)
	return append(out, f.public[:]...)
}

// header is everything before the sealed content, which is bound to it.
func (f *file) header() []byte {
	out := append(f.preamble(), byte(len(f.slots)))
	for _, s := range f.slots {
		out = append(out, s.kind)
		out = binary.BigEndian.AppendUint16(out, uint16(len(s.body)))
		out = append(out, s.body...)
	}
	return append(out, f.nonce...)
}

// encode writes the file with its check sum.
func (f *file) encode() []byte {
	out := append(f.header(), f.sealed...)
	sum := sha256.Sum256(out)
	return append(out, sum[:]...)
}

// parse reads a file. It knows damage by the check sum, so that a wrong
// password is never mistaken for it.
func parse(raw []byte) (*file, error) {
	if len(raw) > maxFileSize || !bytes.HasPrefix(raw, magic) || len(raw) < len(magic)+2+checkSize {
		return nil, errFormat
	}
	version := binary.BigEndian.Uint16(raw[len(magic):])
	if version < 1 || version > Version {
		return nil, fmt.Errorf("%w %d", errVersion, version)
	}
	body, check := raw[:len(raw)-checkSize], raw[len(raw)-checkSize:]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], check) {
		return nil, fmt.Errorf("%w: check sum", errFormat)
	}
	r := reader{rest: body[len(magic)+2:]}
	f := &file{version: version}
	key := r.take(len(f.public))
	f.readSlots(&r)
	f.nonce = r.take(nonceSize)
	f.sealed = r.rest
	if r.short || len(f.sealed) < chacha20poly1305.Overhead || len(f.slots) > maxSlots {
		return nil, fmt.Errorf("%w: cut off", errFormat)
	}
	var err error
	if f.public, err = stratos.ParsePublicKey(key); err != nil {
		return nil, fmt.Errorf("%w: %v", errFormat, err)
	}
	return f, f.checkSlots()
}

func (f *file) readSlots(r *reader) {
	for range r.number(1) {
		kind := byte(r.number(1))
		f.slots = append(f.slots, slot{kind, r.take(r.number(2))})
	}
}

// checkSlots tells whether the slots of known kinds have the right form.
func (f *file) checkSlots() error {
	for _, s := range f.slots {
		switch s.kind {
		case slotPassword:
			if len(s.body) != passwordSize || !s.params().valid() {
				return fmt.Errorf("%w: password slot", errFormat)
			}
		case slotKeyring:
			if len(s.body) != keyringSize {
				return fmt.Errorf("%w: keyring slot", errFormat)
			}
		}
	}
	return nil
}

// params reads the cost of a password slot.
func (s slot) params() Params {
	return Params{
		MemoryKiB: binary.BigEndian.Uint32(s.body),
		Time:      binary.BigEndian.Uint32(s.body[4:]),
		Threads:   s.body[8],
	}
}

// reader takes bytes off the front of rest and remembers when it ran short.
type reader struct {
	rest  []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.short, r.rest = true, nil
		return make([]byte, n)
	}
	taken := r.rest[:n:n]
	r.rest = r.rest[n:]
	return taken
}

func (r *reader) number(size int) (n int) {
	for _, b := range r.take(size) {
		n = n<<8 | int(b)
	}
	return n
}
