package publish

import (
	"cmp"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/codec"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

const (
	manifestLetter  = 'P'
	manifestVersion = 2
	// The first version knows neither folders nor who published.
	plainVersion = 1
	maxFrom      = 64 // bytes of an address

	// MaxFile is the largest file in bytes that a private link can lead to:
	// the list of its chunks has to fit into one blob.
	MaxFile = 1 << 39
	// maxChunk is the largest chunk in bytes.
	maxChunk = 4 << 20

	leastBlob = 1 + 1 + 32 + 1        // encoded
	leastPart = 1 + 1 + 1 + leastBlob // encoded
)

// manifest says what an object is and where its bytes lie.
type manifest struct {
	name, mime string
	size       int64
	parts      []part

	version byte // 0 is the first
	from    string
	folder  bool
	tree    tree
}

// part is a pack that holds chunks. The one without a link is the pack that
// the manifest itself lies in.
type part struct {
	link  string
	size  int64 // of the file on the network; 0 where there is no link
	blobs []blob
}

// blob is a chunk of the file, sealed in a part. In their part, blobs follow
// each other without gaps from the end of the header on.
type blob struct {
	off, size int64 // in the file
	id        pack.ID
	part      int
	at        uint32 // in the part
	sealed    uint32 // length there
}

func (b blob) place() pack.Blob {
	return pack.Blob{Kind: pack.Data, ID: b.id, Offset: b.at, Length: b.sealed}
}

func (m manifest) encode() []byte {
	var w codec.Writer
	w.Head(manifestLetter, max(m.version, plainVersion))
	w.Text(m.name)
	w.Text(m.mime)
	w.Uint(uint64(m.size))
	w.Uint(uint64(len(m.parts)))
	for _, p := range m.parts {
		w.Text(p.link)
		w.Uint(uint64(p.size))
		w.Uint(uint64(len(p.blobs)))
		for _, b := range p.blobs {
			w.Uint(uint64(b.off))
			w.Uint(uint64(b.size))
			w.Fixed(b.id[:])
			w.Uint(uint64(b.sealed))
		}
	}
	if m.version > plainVersion {
		m.encodeMore(&w)
	}
	return w.Bytes()
}

// encodeMore writes what the first version has not.
func (m manifest) encodeMore(w *codec.Writer) {
	w.Text(m.from)
	if !m.folder {
		w.Uint(0)
		return
	}
	w.Uint(1)
	m.tree.encode(w)
}

func (m *manifest) readMore(r *codec.Reader) {
	m.from = r.Text(maxFrom)
	if m.folder = r.UintMax(1) == 1; m.folder {
		m.tree = readTree(r)
	}
}

// decodeManifest reads what encode wrote and checks all of it, so that what it
// returns can be trusted to describe each byte of a file once.
func decodeManifest(p []byte) (manifest, error) {
	r := codec.NewReader(p)
	version := r.Head(manifestLetter, manifestVersion)
	m := manifest{name: r.Text(maxName), mime: r.Text(maxMime), size: int64(r.UintMax(MaxFile)), version: version}
	m.parts = make([]part, r.Count(leastPart))
	seen := make(map[string]bool, len(m.parts))
	for i := range m.parts {
		if r.Err() != nil {
			break
		}
		m.parts[i] = readPart(r, i)
		if link := m.parts[i].link; seen[link] {
			r.Fail("part %d lies where another does", i)
		} else {
			seen[link] = true
		}
	}
	if version > plainVersion {
		m.readMore(r)
	}
	if err := r.End(); err != nil {
		return manifest{}, classify(err)
	}
	return m, m.check()
}

func readPart(r *codec.Reader, i int) part {
	p := part{link: r.Text(maxLink), size: int64(r.UintMax(pack.MaxSize))}
	p.blobs = make([]blob, r.Count(leastBlob))
	at := uint64(pack.HeaderSize)
	for k := range p.blobs {
		b := &p.blobs[k]
		b.off, b.size, b.part, b.at = int64(r.UintMax(MaxFile)), int64(r.UintMax(maxChunk)), i, uint32(at)
		copy(b.id[:], r.Fixed(len(b.id)))
		b.sealed = uint32(r.UintMax(maxChunk + pack.Overhead))
		at += uint64(b.sealed)
		if at > pack.MaxSize || b.size == 0 || b.sealed < pack.Overhead {
			r.Fail("blob %d of part %d", k, i)
			break
		}
	}
	if own := i == 0 && p.link == ""; own != (p.size == 0) || (!own && checkShare(p.link) != nil) {
		r.Fail("place of part %d", i)
	}
	if len(p.blobs) == 0 || (p.size > 0 && int64(at)+pack.TrailerSize+pack.Overhead > p.size) {
		r.Fail("size of part %d", i)
	}
	return p
}

// check refuses a name that is not one, and chunks that leave a gap or overlap.
func (m manifest) check() error {
	if m.name != cleanName(m.name) {
		return damaged("name of the file")
	}
	at := int64(0)
	for _, b := range m.inOrder() {
		if b.off != at {
			return damaged("chunk at %d, want %d", b.off, at)
		}
		at += b.size
	}
	if at != m.size {
		return damaged("chunks of %d bytes, want %d", at, m.size)
	}
	if strings.IndexFunc(m.from, hidden) >= 0 {
		return damaged("address of the publisher")
	}
	return m.checkFolder()
}

// checkFolder refuses a folder whose files are not all of its bytes, and a
// chunk that belongs to two files.
func (m manifest) checkFolder() error {
	if !m.folder {
		return nil
	}
	if sum := m.tree.bytes(); sum != m.size {
		return damaged("files of %d bytes, want %d", sum, m.size)
	}
	chunks := m.inOrder()
	for i, start := range m.tree.starts() {
		end := start + m.tree[i].Size
		for ; len(chunks) > 0 && chunks[0].off < end; chunks = chunks[1:] {
			if chunks[0].off+chunks[0].size > end {
				return damaged("chunk of two files")
			}
		}
	}
	return m.tree.check()
}

// inOrder returns the chunks as they follow each other in the file.
func (m manifest) inOrder() []blob {
	n := 0
	for _, p := range m.parts {
		n += len(p.blobs)
	}
	all := make([]blob, 0, n)
	for _, p := range m.parts {
		all = append(all, p.blobs...)
	}
	slices.SortFunc(all, func(a, b blob) int { return cmp.Compare(a.off, b.off) })
	return all
}
