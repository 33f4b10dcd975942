package wire

import (
	"encoding/binary"
	"hash"

	"golang.org/x/crypto/sha3"
)

const codecSlice = 0x55

// SliceHasher computes the hash of one slice from its bytes as they are
// stored, written in order.
type SliceHasher struct {
	h    hash.Hash
	file []byte // the multihash of the file
}

// NewSliceHasher starts the hash of slice number, counted from 1, of the file.
// It fails when fileHash is not a file hash.
func NewSliceHasher(fileHash string, number uint64) (*SliceHasher, error) {
	c, err := parseFileHash(fileHash)
	if err != nil {
		return nil, err
	}
	h := sha3.NewLegacyKeccak256()
	h.Write(binary.BigEndian.AppendUint64(nil, number))
	return &SliceHasher{h: h, file: c.multihash}, nil
}

// Write takes the next bytes of the slice. It never fails.
func (s *SliceHasher) Write(p []byte) (int, error) { return s.h.Write(p) }

// Sum returns the slice hash of what was written.
func (s *SliceHasher) Sum() string {
	mixed := shortMultihash(s.h.Sum(nil))
	for i := range mixed {
		mixed[i] ^= s.file[i]
	}
	return encodeCID(codecSlice, keccak(mixed))
}

// SliceHash returns the hash of slice number, counted from 1.
func SliceHash(fileHash string, number uint64, data []byte) (string, error) {
	h, err := NewSliceHasher(fileHash, number)
	if err != nil {
		return "", err
	}
	h.Write(data)
	return h.Sum(), nil
}
