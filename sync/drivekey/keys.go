// Package drivekey derives the keys of a drive, or of one privately shared
// file, from a secret of 32 bytes, and makes the names its files have on the
// network.
package drivekey

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"sync"

	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// SecretSize is the length of the secret in bytes.
const SecretSize = 32

// Purposes of a secret; keys of one purpose tell nothing about those of another.
const (
	Drive = "drive/1/"
	Link  = "link/1/"
)

// Keys are the keys derived from one secret.
type Keys struct {
	Content  []byte    // seals packs of file content
	Metadata []byte    // seals packs of folders, commits and indexes, and heads
	chunkID  []byte    // makes ids of blobs
	chunker  []byte    // decides where files are cut
	tag      []byte    // marks file names on the network
	hashers  sync.Pool // of *hasher
}

// hasher makes ids of blobs, one after the other.
type hasher struct {
	hash.Hash
	kind [1]byte
	id   pack.ID
}

// Derive derives the keys of a purpose by HKDF-SHA256 without salt; the info
// is the purpose followed by the name of the key.
func Derive(secret []byte, purpose string) (*Keys, error) {
	if len(secret) != SecretSize {
		return nil, fmt.Errorf("drive secret has %d bytes, want %d", len(secret), SecretSize)
	}
	k := &Keys{}
	for name, to := range map[string]*[]byte{
		"content": &k.Content, "metadata": &k.Metadata, "chunk-id": &k.chunkID, "chunker": &k.chunker, "tag": &k.tag,
	} {
		key, err := hkdf.Key(sha256.New, secret, nil, purpose+name, 32)
		if err != nil {
			return nil, fmt.Errorf("derive %s key: %w", name, err)
		}
		*to = key
	}
	k.hashers.New = func() any { return &hasher{Hash: hmac.New(sha256.New, k.chunkID)} }
	return k, nil
}

// Chunker is the key that decides where files are cut.
func (k *Keys) Chunker() []byte { return k.chunker }

// ForUse returns the content key of packs of that use.
func (k *Keys) ForUse(u pack.Use) []byte {
	if u == pack.Content || u == pack.Part {
		return k.Content
	}
	return k.Metadata
}

// ID returns the id of a blob: HMAC-SHA256 of its kind and content.
func (k *Keys) ID(kind pack.Kind, content []byte) pack.ID {
	h := k.hashers.Get().(*hasher) //nolint:forcetypeassert // holds nothing else
	defer k.hashers.Put(h)
	h.Reset()
	h.kind[0] = byte(kind)
	h.Write(h.kind[:])
	h.Write(content)
	h.Sum(h.id[:0])
	return h.id
}

const (
	nameNonce = 8
	nameTag   = 16
)

// NewName returns a name for a file on the network: 48 hex digits, different
// each time, that tell its use to who holds the keys and nothing to others.
func (k *Keys) NewName(u pack.Use) string {
	nonce := make([]byte, nameNonce)
	rand.Read(nonce)
	return hex.EncodeToString(append(nonce, k.nameTag(u, nonce)...))
}

func (k *Keys) nameTag(u pack.Use, nonce []byte) []byte {
	m := hmac.New(sha256.New, k.tag)
	m.Write([]byte{byte(u)})
	m.Write(nonce)
	return m.Sum(nil)[:nameTag]
}

// UseOf returns the use of a file by its name on the network. It is false for
// names that these keys did not make.
func (k *Keys) UseOf(name string) (pack.Use, bool) {
	p, err := hex.DecodeString(name)
	if err != nil || len(p) != nameNonce+nameTag {
		return 0, false
	}
	for u := pack.Content; u <= pack.Manifest; u++ {
		if hmac.Equal(p[nameNonce:], k.nameTag(u, p[:nameNonce])) {
			return u, true
		}
	}
	return 0, false
}

// Mark returns a value that recognizes the drive of these keys, for the marker
// file in its folder. It is of no use to who does not hold the keys.
func (k *Keys) Mark() string {
	m := hmac.New(sha256.New, k.tag)
	m.Write([]byte("marker"))
	return hex.EncodeToString(m.Sum(nil)[:nameTag])
}
