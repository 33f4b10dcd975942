package restore

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Kinds of blobs, uses of packs, and sizes in bytes.
const (
	dataBlob, folderBlob, listBlob, rootBlob, commitBlob, indexBlob, recordBlob, directoryBlob = 1, 2, 3, 4, 5, 6, 7, 8

	contentPack, metadataPack, headPack, headerSize, trailerSize, maxPack, maxBlob = 1, 2, 3, 40, 8, 32 << 20, 16 << 20
)

// ID names a blob.
type ID = [32]byte

// key finds a blob.
type key struct {
	kind byte
	id   ID
}

// place is where a blob lies.
type place struct {
	file        string
	use         byte
	size        int64 // of the file
	off, length uint32
}

// Kinds of entries.
const Folder, Regular, Link byte = 1, 2, 3

// Entry is something in a folder.
type Entry struct {
	Path    string // in the drive, with slashes
	Kind    byte
	Mode    uint32 // permission bits
	Time    time.Time
	Size    int64
	Content string // of a link its target; of a file see [Drive.Chunks]
	folder  ID
}

// Chunk is a part of a file.
type Chunk struct {
	ID           ID
	Offset, Size int64
}

func derive(secret []byte, name string) []byte {
	return must(hkdf.Key(sha256.New, secret, nil, "drive/1/"+name, 32))
}

func sum(key []byte, first byte, rest []byte) ID {
	m := hmac.New(sha256.New, key)
	m.Write(append([]byte{first}, rest...))
	return ID(m.Sum(nil))
}

// isHead tells by its name whether a file is a head of this drive.
func (d *Drive) isHead(name string) bool {
	p, _ := hex.DecodeString(name)
	tag := sum(d.tag, headPack, p[:min(8, len(p))])
	return len(p) == 24 && string(p[8:]) == string(tag[:16])
}

// open reads one blob at its place and proves it.
func (d *Drive) open(ctx context.Context, k key, at place) []byte {
	require(at.size >= headerSize+trailerSize && at.size <= maxPack, errMalformed)
	raw := must(d.net.Download(ctx, at.file, at.size))
	require(int64(len(raw)) == at.size && string(raw[:4]) == "STPK" && raw[5] == at.use && raw[6]|raw[7] == 0, errMalformed)
	require(raw[4] == 1, ErrNewer)
	from := d.metadata
	if at.use == contentPack {
		from = d.content
	}
	key := must(hkdf.Key(sha256.New, from, raw[8:headerSize], "stratosdrive pack 1 "+string(raw[:8]), 32))
	seal := must(cipher.NewGCM(must(aes.NewCipher(key))))
	end := uint64(at.off) + uint64(at.length)
	require(at.off >= headerSize && end <= uint64(len(raw)), errMalformed)
	offset := binary.BigEndian.AppendUint32(nil, at.off)
	plain, err := seal.Open(nil, append(make([]byte, 8), offset...), raw[at.off:end], slices.Concat([]byte{k.kind}, k.id[:], offset))
	require(err == nil && len(plain) > 0 && plain[0] < 2, errMalformed)
	body := plain[1:]
	if plain[0] == 1 {
		body, err = d.zstd.DecodeAll(body, nil)
	}
	require(err == nil && (k.id == ID{} || sum(d.chunkID, k.kind, body) == k.id), errMalformed)
	return body
}

// blob reads a blob from the first place that still has it.
func (d *Drive) blob(ctx context.Context, kind byte, x ID) (body []byte) {
	lost := ErrLost // no pack has it
	for _, at := range d.places[key{kind, x}] {
		if lost = unlessLost(func() { body = d.open(ctx, key{kind, x}, at) }); lost == nil {
			return body
		}
	}
	panic(failure{lost})
}

func (d *Drive) walk(ctx context.Context, folder ID, prefix string, each func(Entry, error)) {
	var entries []Entry
	if lost := unlessLost(func() { entries = d.folder(ctx, folder) }); lost != nil {
		each(Entry{Path: strings.TrimSuffix(prefix, "/"), Kind: Folder}, lost)
	}
	for _, e := range entries {
		e.Path = prefix + e.Path
		each(e, nil)
		if e.Kind == Folder {
			d.walk(ctx, e.folder, e.Path+"/", each)
		}
	}
	require(ctx.Err() == nil, ctx.Err())
}

// folder returns the entries of a folder, all parts of it.
func (d *Drive) folder(ctx context.Context, x ID) (all []Entry) {
	b := object(d.blob(ctx, folderBlob, x), 'F')
	if b.number() == 0 {
		b.list(func() { all = append(all, readEntry(b)) })
	} else {
		for range 16 {
			if part := b.id(); part != (ID{}) {
				all = append(all, d.folder(ctx, part)...)
			}
		}
	}
	b.end()
	return all
}

func readEntry(b *parser) Entry {
	e := Entry{Path: b.text()}
	require(e.Path != "" && e.Path != "." && e.Path != ".." && !strings.ContainsAny(e.Path, "/\x00"), errMalformed)
	b.device() // the id of the node
	if e.Kind, e.Mode = b.byte(), uint32(b.number()&0o777); e.Kind == Folder {
		e.folder = b.id()
		return e
	}
	e.Time, e.Size, e.Content = b.time(), int64(b.number()), string(b.blob())
	b.text() // the device that made this version
	return e
}

// chunks reads the chunks of a content that begins at an offset of its file.
func (d *Drive) chunks(ctx context.Context, b *parser, off, size int64) (all []Chunk) {
	depth, end := b.number(), off+size
	b.list(func() {
		c := Chunk{b.id(), off, int64(b.number())}
		if off += c.Size; depth == 0 {
			all = append(all, c)
		} else {
			all = append(all, d.chunks(ctx, object(d.blob(ctx, listBlob, c.ID), 'L'), c.Offset, c.Size)...)
		}
	})
	b.end()
	require(off == end, errMalformed)
	return all
}

// parser takes numbers and texts from the front of bytes.
type parser struct{ b []byte }

func (p *parser) bytes(n uint64) []byte {
	require(n <= uint64(len(p.b)), errMalformed)
	out := p.b[:n]
	p.b = p.b[n:]
	return out
}

func (p *parser) number() uint64 {
	v, n := binary.Uvarint(p.b)
	require(n > 0 && (n == 1 || p.b[n-1] != 0), errMalformed)
	p.b = p.b[n:]
	return v
}

func (p *parser) list(each func()) {
	for n := p.number(); n > 0; n-- {
		each()
	}
}

func (p *parser) text() string {
	s := string(p.blob())
	require(utf8.ValidString(s), errMalformed)
	return s
}

func (p *parser) time() time.Time { u := p.number(); return time.Unix(0, int64(u>>1)^-int64(u&1)) }

func (p *parser) byte() byte       { return p.bytes(1)[0] }
func (p *parser) device() [16]byte { return [16]byte(p.bytes(16)) }
func (p *parser) id() ID           { return ID(p.bytes(32)) }
func (p *parser) blob() []byte     { return p.bytes(p.number()) }
func (p *parser) end()             { require(len(p.b) == 0, errMalformed) }

// object begins to read an object whose first letter says what it is.
func object(b []byte, letter byte) *parser {
	p := &parser{b}
	require(p.byte() == letter, errMalformed)
	require(p.byte() == 1, ErrNewer)
	return p
}

var errMalformed = fmt.Errorf("%w: malformed", ErrLost)

// failure carries an error up to where it decides something: most steps can
// only be done if all steps before them were.
type failure struct{ error }

func require(holds bool, err error) {
	if !holds {
		panic(failure{err})
	}
}

func must[T any](v T, err error) T {
	require(err == nil, err)
	return v
}

func try(do func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(failure).error // all else is a mistake of ours
		}
	}()
	do()
	return nil
}

// unlessLost does what may be lost on the network, and tells whether it was.
func unlessLost(do func()) (lost error) {
	lost = try(do)
	require(lost == nil || errors.Is(lost, ErrLost), lost)
	return lost
}
