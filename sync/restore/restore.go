// Package restore reads a drive from the storage network. It was written from
// docs/format.md alone and shares no code with what writes drives: so it
// proves that page, and it still reads a drive should that code be wrong. A
// test of the house keeps it so, and short.
package restore

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/klauspost/compress/zstd"
)

// Network is the storage network as the account of the drive sees it.
type Network interface {
	// Shares and List return the files that are shared, and all files.
	Shares(ctx context.Context) ([]File, error)
	List(ctx context.Context) ([]File, error)
	// Download returns a whole file, which must not be changed. It should keep
	// those that came last, for they are asked for many times. A file that is
	// gone or damaged is ErrLost: the reader goes on without it. Any other
	// error ends its work.
	Download(ctx context.Context, id string, size int64) ([]byte, error)
}

// File is a file on the network.
type File struct {
	ID, Name string
	Size     int64     // bytes
	Created  time.Time // where it is known
}

// What callers decide on.
var (
	ErrLost  = errors.New("not on the network as it was written")
	ErrNewer = errors.New("written by a newer version of the program")
)

// Drive is a drive that is read.
type Drive struct {
	Tips     []Commit // that no other contains, the newest first; none if there is no drive
	Warnings []string // why these may not be the newest

	net                             Network
	content, metadata, chunkID, tag []byte // keys
	zstd                            *zstd.Decoder
	heads                           []head
	places                          map[key][]place
}

// Commit is a state of the drive.
type Commit struct {
	ID, top ID
	By      string // a device's name; merges have none
	Time    time.Time
}

type head struct {
	device  [16]byte
	name    string
	counter uint64
	commit  ID
	seen    []head // of other devices
}

// Open finds a drive by its 32-byte secret: its heads, what they say, and the
// lists of where everything lies.
func Open(ctx context.Context, net Network, secret []byte) (d *Drive, err error) {
	d = &Drive{net: net, places: map[key][]place{}}
	return d, try(func() {
		d.content, d.metadata = derive(secret, "content"), derive(secret, "metadata")
		d.chunkID, d.tag = derive(secret, "chunk-id"), derive(secret, "tag")
		d.zstd = must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxBlob)))
		d.findHeads(ctx)
		d.findTips(ctx)
	})
}

// Commit returns the commit of that id, one of [Drive.Tips] of an earlier day.
func (d *Drive) Commit(ctx context.Context, x ID) (c Commit, err error) {
	return c, try(func() {
		b := object(d.blob(ctx, commitBlob, x), 'C')
		root := b.id()
		b.list(func() { b.id() }) // its parents
		b.number()
		b.device()
		c = Commit{ID: x, By: b.text(), Time: b.time()}
		b.end()
		c.top = object(d.blob(ctx, rootBlob, root), 'R').id()
	})
}

// Walk calls each with everything in a commit. A folder comes before what is in
// it; one that cannot be read comes once more, with the reason.
func (d *Drive) Walk(ctx context.Context, c Commit, each func(Entry, error)) error {
	return try(func() { d.walk(ctx, c.top, "", each) })
}

// Chunks returns the chunks of a file in order; their sizes make up that of the
// file. ErrLost means that this list cannot be read.
func (d *Drive) Chunks(ctx context.Context, e Entry) (all []Chunk, err error) {
	return all, try(func() { all = d.chunks(ctx, &parser{[]byte(e.Content)}, 0, e.Size) })
}

// Read returns the bytes of a chunk, proved by its id, or ErrLost. It is safe
// for several goroutines; chunks are best read in the order of [Drive.Where].
func (d *Drive) Read(ctx context.Context, c Chunk) (body []byte, err error) {
	return body, try(func() { body = d.blob(ctx, dataBlob, c.ID) })
}

// Where tells in which file of the network a chunk lies, and at which offset;
// the file is empty if no list names the chunk.
func (d *Drive) Where(c Chunk) (file string, offset uint32) {
	for _, at := range d.places[key{dataBlob, c.ID}] {
		return at.file, at.off
	}
	return "", 0
}

// Is tells whether bytes are those of a chunk.
func (d *Drive) Is(c Chunk, body []byte) bool { return sum(d.chunkID, dataBlob, body) == c.ID }

// Mark recognizes the drive, for the marker of a folder.
func (d *Drive) Mark() ID { return sum(d.tag, 'm', []byte("arker")) }

// findHeads reads the heads that are shared; if there are none or some are
// missing, also those among all files, newest first.
func (d *Drive) findHeads(ctx context.Context) {
	for _, f := range must(d.net.Shares(ctx)) {
		d.tryHead(ctx, f)
	}
	var all []File
	if d.hidden() {
		all = must(d.net.List(ctx))
		slices.SortFunc(all, func(a, b File) int { return b.Created.Compare(a.Created) })
	}
	for i := 0; i < len(all) && (d.hidden() || all[i].Created.Equal(all[i-1].Created)); i++ {
		d.tryHead(ctx, all[i])
	}
	if len(d.heads) > 0 && d.hidden() {
		d.Warnings = append(d.Warnings, "A device has published something that the network does not show.")
	}
}

// hidden tells whether there is a head that was not found.
func (d *Drive) hidden() bool {
	for _, h := range d.heads {
		for _, s := range h.seen {
			if !slices.ContainsFunc(d.heads, func(o head) bool { return o.device == s.device && o.counter >= s.counter }) {
				return true
			}
		}
	}
	return len(d.heads) == 0
}

// tryHead reads a file that may be a head, by the directory at its end.
func (d *Drive) tryHead(ctx context.Context, f File) {
	if !d.isHead(f.Name) {
		return
	}
	lost := unlessLost(func() {
		at := place{file: f.ID, use: headPack, size: f.Size}
		raw := must(d.net.Download(ctx, f.ID, f.Size))
		require(len(raw) >= headerSize+trailerSize, errMalformed)
		end := len(raw) - trailerSize
		at.length = binary.BigEndian.Uint32(raw[end:])
		at.off = uint32(end) - at.length
		require(string(raw[end+4:]) == "STPE", errMalformed)
		b := object(d.open(ctx, key{kind: directoryBlob}, at), 'D')
		d.blobs(b, at)
		b.end()
		d.record(ctx, object(d.blob(ctx, recordBlob, ID{}), 'H'))
	})
	delete(d.places, key{kind: recordBlob})
	if lost != nil {
		d.Warnings = append(d.Warnings, "Something that a device has published cannot be read.")
	}
}

// record reads what a head says, and the indexes it names.
func (d *Drive) record(ctx context.Context, b *parser) {
	h := head{device: b.device(), name: b.text(), counter: b.number(), commit: b.id()}
	b.time()
	b.list(func() { h.seen = append(h.seen, head{device: b.device(), counter: b.number(), commit: b.id()}) })
	b.list(func() {
		k, at := key{indexBlob, b.id()}, place{file: b.text(), use: metadataPack, size: int64(b.number())}
		at.off, at.length = uint32(b.number()), uint32(b.number())
		if !slices.Contains(d.places[k], at) && unlessLost(func() { d.index(ctx, k, at) }) != nil {
			d.Warnings = append(d.Warnings, "A list of where the content of files lies cannot be read.")
		}
	})
	d.packs(b, place{})
	b.list(func() { b.number(); b.blob() })
	b.end()
	d.heads = append(d.heads, h)
}

func (d *Drive) index(ctx context.Context, k key, at place) {
	b := object(d.open(ctx, k, at), 'I')
	d.places[k] = append(d.places[k], at)
	b.list(func() { b.id() }) // indexes that this one replaces
	d.packs(b, at)
	b.end()
}

// packs notes where the blobs of packs lie.
func (d *Drive) packs(b *parser, self place) {
	b.list(func() {
		p := place{file: b.text(), use: b.byte(), size: int64(b.number())}
		if p.file == "" {
			p = self
		}
		d.blobs(b, p)
	})
}

func (d *Drive) blobs(b *parser, p place) {
	p.off, p.length = headerSize, 0
	b.list(func() {
		k, n := key{b.byte(), b.id()}, b.number()
		require(n <= maxPack && p.off <= maxPack, errMalformed)
		p.length = uint32(n)
		d.places[k] = append(d.places[k], p)
		p.off += p.length
	})
}

// findTips finds the commits that no head's history contains but its own.
func (d *Drive) findTips(ctx context.Context) {
	tips := map[ID]Commit{}
	for _, h := range d.heads {
		if slices.ContainsFunc(d.heads, func(o head) bool { return o.contains(h) && !h.contains(o) }) {
			continue
		}
		if unlessLost(func() { tips[h.commit] = must(d.Commit(ctx, h.commit)) }) != nil {
			d.Warnings = append(d.Warnings, "The newest state of the device "+h.name+" cannot be read.")
		}
	}
	d.Tips = slices.SortedFunc(maps.Values(tips), func(a, b Commit) int {
		return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(string(a.ID[:]), string(b.ID[:])))
	})
}

func (h head) contains(o head) bool {
	return h.device == o.device && h.counter > o.counter || slices.ContainsFunc(h.seen, func(s head) bool {
		return s.device == o.device && (s.counter > o.counter || s.counter == o.counter && s.commit == o.commit)
	})
}
