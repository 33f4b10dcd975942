package wire

import (
	"crypto/md5"
	"fmt"
	"hash"
	"io"

	"golang.org/x/crypto/sha3"
)

// Kind is the way a file is stored; it is the codec byte of its hash.
type Kind byte

const (
	Ordinary Kind = 0x66 // hash starts v05j1m5
	Video    Kind = 0x72 // hash starts v05p1m5
	Legacy   Kind = 0x55 // hash starts v05ahm5; from files of old clients
)

// FileHasher computes the hash of a file from its bytes, written in order.
// The zero value is not usable, see [NewFileHasher].
type FileHasher struct{ h hash.Hash }

// NewFileHasher starts a hash for ordinary files and videos.
func NewFileHasher() *FileHasher {
	return &FileHasher{h: sha3.NewLegacyKeccak256()}
}

// Write takes the next bytes of the file. It never fails.
func (f *FileHasher) Write(p []byte) (int, error) { return f.h.Write(p) }

// Reset starts again.
func (f *FileHasher) Reset() { f.h.Reset() }

// Sum returns the hash of what was written, in the form for kind. It panics
// for [Legacy], which is another algorithm: see [HashFile].
func (f *FileHasher) Sum(kind Kind) string { return f.SumTagged(kind, "") }

// SumTagged is like Sum for a file that a node terminal encrypted under an
// encryption tag of eight characters.
func (f *FileHasher) SumTagged(kind Kind, tag string) string {
	if kind != Ordinary && kind != Video {
		panic("wire: no such kind of file hash")
	}
	inner := shortMultihash(f.h.Sum(nil))
	return encodeCID(byte(kind), keccak([]byte(tag), inner))
}

// shortMultihash is the 22-byte multihash of a keccak-256 sum cut to 20 bytes.
func shortMultihash(sum []byte) []byte {
	return append([]byte{codeKeccak256, digestLength}, sum[:digestLength]...)
}

func keccak(parts ...[]byte) []byte {
	h := sha3.NewLegacyKeccak256()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// Hasher computes the hash of a file of one kind from its bytes, written in
// order.
type Hasher interface {
	io.Writer
	ID() string // the file hash of what was written
}

// NewHasher returns a hasher for any kind.
func NewHasher(kind Kind) Hasher {
	if kind == Legacy {
		return legacyHasher{md5.New()}
	}
	return kindHasher{NewFileHasher(), kind}
}

type kindHasher struct {
	*FileHasher
	kind Kind
}

func (k kindHasher) ID() string { return k.Sum(k.kind) }

type legacyHasher struct{ hash.Hash }

func (l legacyHasher) ID() string { return encodeCID(byte(Legacy), keccak(l.Sum(nil))) }

// HashFile reads r to its end and returns the file hash and the size.
func HashFile(r io.Reader, kind Kind) (id string, size int64, err error) {
	h := NewHasher(kind)
	size, err = io.CopyBuffer(onlyWriter{h}, onlyReader{r}, make([]byte, 256<<10))
	if err != nil {
		return "", size, fmt.Errorf("hash file: %w", err)
	}
	return h.ID(), size, nil
}

// onlyReader and onlyWriter keep io.CopyBuffer to the buffer given to it.
type (
	onlyReader struct{ io.Reader }
	onlyWriter struct{ io.Writer }
)

// ValidFileHash tells whether a node accepts id as a file hash: a version 1
// content id of any base with a 20-byte keccak-256 multihash.
func ValidFileHash(id string) bool {
	_, err := parseFileHash(id)
	return err == nil
}

// CanonicalFileHash tells whether id is a file hash in the form that
// [FileHasher] writes: one spelling for one content.
func CanonicalFileHash(id string) bool {
	c, err := parseFileHash(id)
	return err == nil && c.codec < 0x80 && encodeCID(byte(c.codec), c.multihash[2:]) == id
}

// IsVideo tells whether id is the hash of a file stored as a video stream.
func IsVideo(id string) bool {
	c, err := parseFileHash(id)
	return err == nil && c.codec == uint64(Video)
}

// KindOf returns the kind of a file by its hash; an unknown codec counts as
// ordinary, as nodes treat it.
func KindOf(id string) Kind {
	c, err := parseFileHash(id)
	switch {
	case err == nil && c.codec == uint64(Video):
		return Video
	case err == nil && c.codec == uint64(Legacy):
		return Legacy
	}
	return Ordinary
}

func parseFileHash(id string) (cid, error) {
	c, err := parseCID(id)
	if err != nil {
		return c, err
	}
	hash := c.multihash
	if c.version != 1 || len(hash) != 2+digestLength || hash[0] != codeKeccak256 || hash[1] != digestLength {
		return c, fmt.Errorf("%w: not a file hash", ErrCID)
	}
	return c, nil
}
