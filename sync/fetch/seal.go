package fetch

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// A kept file of a store with a key (docs/security.md): 4 bytes "SDC1", a salt
// of 16 bytes, then blocks of 64 KiB, the last one shorter, each followed by
// the 16 bytes of AES-256-GCM. The key follows from the store's key, the salt
// and the name by HKDF-SHA256; the nonce is the number of the block, and each
// block is written once.
const (
	sealMagic = "SDC1"
	sealSalt  = 16
	sealHead  = int64(len(sealMagic) + sealSalt)
	sealBlock = int64(64 << 10)
	sealTag   = 16
)

var errSealed = errors.New("kept file is damaged")

// diskName is what a file is called on the disk: noise, where there is a key.
func (s *Store) diskName(name string) string {
	if s.key == nil {
		return name
	}
	m := hmac.New(sha256.New, s.key)
	m.Write([]byte("name/" + name))
	return hex.EncodeToString(m.Sum(nil)[:20])
}

// plainSize is how many bytes a kept file holds, by its size on the disk.
func (s *Store) plainSize(onDisk int64) (int64, error) {
	if s.key == nil {
		return onDisk, nil
	}
	rest := onDisk - sealHead
	blocks := (rest + sealBlock + sealTag - 1) / (sealBlock + sealTag)
	if rest <= sealTag || rest-blocks*sealTag <= (blocks-1)*sealBlock {
		return 0, errSealed
	}
	return rest - blocks*sealTag, nil
}

// makeBody makes a file that is on its way.
func (s *Store) makeBody(path string, size int64) (body, error) {
	f, err := s.disk.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil || s.key == nil {
		return f, err
	}
	head := append([]byte(sealMagic), make([]byte, sealSalt)...)
	rand.Read(head[len(sealMagic):])
	b, err := s.sealed(f, head, size)
	if err == nil {
		_, err = f.WriteAt(head, 0)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return b, nil
}

// openBody opens a whole file.
func (s *Store) openBody(path string, size int64) (body, error) {
	f, err := s.disk.Open(path)
	if err != nil || s.key == nil {
		return f, err
	}
	head := make([]byte, sealHead)
	if _, err := f.ReadAt(head, 0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	b, err := s.sealed(f, head, size)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return b, nil
}

func (s *Store) sealed(f disk.File, head []byte, size int64) (*sealed, error) {
	if string(head[:len(sealMagic)]) != sealMagic {
		return nil, errSealed
	}
	key, err := hkdf.Key(sha256.New, s.key, head[len(sealMagic):], "cache/file", 32)
	if err != nil {
		return nil, fmt.Errorf("derive key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("derive key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	return &sealed{f: f, aead: aead, size: size, open: map[int64]*pending{}, last: -1}, err
}

// sealed is a file of sealed blocks. A block is written when all of its bytes
// have come; until then it is in memory. The file's lock protects it.
type sealed struct {
	f    disk.File
	aead cipher.AEAD
	size int64
	open map[int64]*pending

	last  int64 // block that was read last
	plain []byte
	buf   []byte
}

// pending is a block that is not complete.
type pending struct {
	bytes []byte
	left  int64 // bytes that have not come; none comes twice
}

func (b *sealed) length(block int64) int64 { return min(sealBlock, b.size-block*sealBlock) }

func (b *sealed) nonce(block int64) []byte {
	n := make([]byte, b.aead.NonceSize())
	binary.BigEndian.PutUint64(n[len(n)-8:], uint64(block))
	return n
}

// WriteAt implements [io.WriterAt]. No byte may be written twice.
func (b *sealed) WriteAt(p []byte, off int64) (int, error) {
	for done := 0; done < len(p); {
		block, at := off/sealBlock, off%sealBlock
		w := b.open[block]
		if w == nil {
			w = &pending{make([]byte, b.length(block)), b.length(block)}
			b.open[block] = w
		}
		n := copy(w.bytes[at:], p[done:])
		w.left -= int64(n)
		done, off = done+n, off+int64(n)
		if w.left > 0 {
			continue
		}
		if err := b.flush(block, w.bytes); err != nil {
			return done, err
		}
		delete(b.open, block)
	}
	return len(p), nil
}

func (b *sealed) flush(block int64, plain []byte) error {
	b.buf = b.aead.Seal(b.buf[:0], b.nonce(block), plain, nil)
	_, err := b.f.WriteAt(b.buf, sealHead+block*(sealBlock+sealTag))
	return err
}

// ReadAt implements [io.ReaderAt] for bytes that were written.
func (b *sealed) ReadAt(p []byte, off int64) (int, error) {
	for done := 0; done < len(p); {
		plain, err := b.block(off / sealBlock)
		if err != nil {
			return done, err
		}
		n := copy(p[done:], plain[off%sealBlock:])
		done, off = done+n, off+int64(n)
	}
	return len(p), nil
}

func (b *sealed) block(n int64) ([]byte, error) {
	if w := b.open[n]; w != nil {
		return w.bytes, nil
	}
	if b.last == n {
		return b.plain, nil
	}
	b.last = -1
	raw := make([]byte, b.length(n)+sealTag)
	if m, err := b.f.ReadAt(raw, sealHead+n*(sealBlock+sealTag)); m < len(raw) {
		return nil, errors.Join(errSealed, err)
	}
	plain, err := b.aead.Open(raw[:0], b.nonce(n), raw, nil)
	if err != nil {
		return nil, errSealed
	}
	b.last, b.plain = n, plain
	return plain, nil
}

// Close implements [io.Closer].
func (b *sealed) Close() error { return b.f.Close() }
