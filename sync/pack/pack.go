// Package pack writes and reads sealed packs: files that hold many blobs, each
// of which can be opened as soon as its own bytes are there.
//
// A pack has a header with a random salt, the sealed blobs, a sealed directory
// and a trailer. The key of a pack is derived from a content key and the
// header; a blob's nonce is its offset, and its kind, its id and its offset are
// authenticated with it, so no blob can take the place of another one. The
// content key is a parameter: the drive has its own, a private link has one
// that is used once. docs/format.md describes every byte.
package pack

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
)

const (
	// MaxSize is the largest pack in bytes: one slice of the network.
	MaxSize = 32 << 20
	// MaxBlob is the largest blob in bytes before it is compressed.
	MaxBlob = 16 << 20
	// HeaderSize is the length of the header in bytes.
	HeaderSize = 40
	// TrailerSize is the length of the trailer in bytes.
	TrailerSize = 8
	// Overhead is what sealing adds to a blob: a byte that says how it is
	// stored, and the tag.
	Overhead = 1 + tagSize

	tagSize   = 16
	magic     = "STPK"
	endMagic  = "STPE"
	version   = 1
	saltSize  = 32
	keyInfo   = "stratosdrive pack 1 "
	saltStart = HeaderSize - saltSize
)

// Use says what a pack is for. Readers refuse a pack of another use.
type Use byte

// The uses of packs.
const (
	Content  Use = 1 // chunks of files
	Metadata Use = 2 // folders, chunk lists, commits, indexes
	Head     Use = 3 // the newest commit of a device, with small changes inside
	Part     Use = 4 // a part of a privately shared file
	Manifest Use = 5 // the list of parts of a privately shared file
)

// Kind says what a blob holds.
type Kind byte

// The kinds of blobs.
const (
	Data      Kind = 1 // a chunk of a file
	Folder    Kind = 2 // a folder or a part of one
	List      Kind = 3 // a part of a long list of chunks
	Root      Kind = 4 // the root of a tree
	Commit    Kind = 5
	Index     Kind = 6
	Record    Kind = 7 // what a head says
	Directory Kind = 8 // the list of blobs at the end of a pack
	Parts     Kind = 9 // the list of parts of a shared file
)

// ID is the keyed hash of a blob's content.
type ID [32]byte

// String returns the id in hex, for logs.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// Blob says where a blob lies in its pack. Length is that of the sealed blob.
type Blob struct {
	Kind   Kind
	ID     ID
	Offset uint32
	Length uint32
}

// ErrDamaged is returned for a pack or blob that is not what was written:
// cut short, altered, moved, or sealed under another key.
var ErrDamaged = errors.New("pack is damaged")

// ErrNewer is returned for a pack of a version this program does not know.
var ErrNewer = errors.New("pack was written by a newer version of the program")

// Opener opens the blobs of one pack. It is safe for several goroutines.
type Opener struct {
	aead cipher.AEAD
}

// NewOpener reads the header of a pack, of which [HeaderSize] bytes are needed.
func NewOpener(contentKey []byte, use Use, header []byte) (*Opener, error) {
	if len(header) < HeaderSize || string(header[:4]) != magic {
		return nil, fmt.Errorf("%w: no header", ErrDamaged)
	}
	if header[4] != version {
		return nil, fmt.Errorf("%w: version %d", ErrNewer, header[4])
	}
	if Use(header[5]) != use || header[6] != 0 || header[7] != 0 {
		return nil, fmt.Errorf("%w: header %x", ErrDamaged, header[:8])
	}
	aead, err := packCipher(contentKey, header[:HeaderSize])
	return &Opener{aead}, err
}

func packCipher(contentKey, header []byte) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, contentKey, header[saltStart:], keyInfo+string(header[:saltStart]), 32)
	if err != nil {
		return nil, fmt.Errorf("derive pack key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("pack cipher: %w", err)
	}
	return cipher.NewGCM(block)
}

// Open returns the content of a blob from its sealed bytes, which are left
// unchanged. Bytes that differ in any bit, or that belong to another place,
// are [ErrDamaged].
func (o *Opener) Open(b Blob, sealed []byte) ([]byte, error) {
	if len(sealed) != int(b.Length) || len(sealed) < Overhead {
		return nil, fmt.Errorf("%w: blob of %d bytes has %d", ErrDamaged, b.Length, len(sealed))
	}
	plain, err := o.aead.Open(nil, nonce(b.Offset), sealed, extra(b))
	if err != nil {
		return nil, fmt.Errorf("%w: blob at %d", ErrDamaged, b.Offset)
	}
	return expand(plain)
}

func nonce(offset uint32) []byte {
	var n [12]byte
	binary.BigEndian.PutUint32(n[8:], offset)
	return n[:]
}

func extra(b Blob) []byte {
	e := make([]byte, 0, 1+len(b.ID)+4)
	e = append(e, byte(b.Kind))
	e = append(e, b.ID[:]...)
	return binary.BigEndian.AppendUint32(e, b.Offset)
}
