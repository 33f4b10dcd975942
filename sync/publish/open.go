package publish

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/stratosdrive/stratosdrive/sync/drivekey"
	"github.com/stratosdrive/stratosdrive/sync/fetch"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// SharedNetwork reads what others share.
type SharedNetwork interface {
	// FetchShared hands over the pieces of the file behind a share link as
	// they arrive, in any order and unproved. It returns nil only when all of
	// the file was delivered. An error of piece ends it. A link that leads
	// nowhere, or not any more, is [ErrNotFound].
	FetchShared(ctx context.Context, link string, piece func(off int64, p []byte) error) error
}

// Open fetches the manifest of a private link and returns the object, of which
// nothing else is fetched yet. Parts are kept in store, sealed as they came. A
// wrong key, and a manifest that is not what [Publish] makes, are [ErrDamaged];
// a link that was stopped or has expired is [ErrNotFound].
func Open(ctx context.Context, n SharedNetwork, link Link, store *fetch.Store) (*Object, error) {
	o := &Object{n: n, store: store, recent: newRecent()}
	o.ctx, o.cancel = context.WithCancel(context.Background())
	err := o.open(ctx, link)
	if err != nil {
		o.cancel()
		return nil, explain(err, "open private link", "This link does not open what it leads to: a part of the link is wrong, or what was shared is damaged. Ask for the link again.")
	}
	return o, nil
}

func (o *Object) open(ctx context.Context, link Link) error {
	keys, err := drivekey.Derive(link.key[:], drivekey.Link)
	if err != nil {
		return err
	}
	var file memFile
	if err := o.take(ctx, link.share, file.piece); err != nil {
		return cmpErr(file.err, err)
	}
	m, own, err := readManifest(file.b, keys)
	if err != nil {
		return err
	}
	o.share, o.keys, o.own, o.man = link.share, keys, own, m
	o.Name, o.Mime, o.Size = m.name, bareMime(m.mime), m.size
	o.chunks, o.starts = m.inOrder(), m.tree.starts()
	o.openers = make([]opener, len(m.parts))
	return nil
}

func cmpErr(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

// ownPack is the manifest's pack, which holds chunks too.
type ownPack struct {
	file   []byte
	opener *pack.Opener
}

func readManifest(file []byte, keys *drivekey.Keys) (manifest, ownPack, error) {
	src := bytes.NewReader(file)
	blobs, o, err := pack.ReadDirectory(src, int64(len(file)), keys.ForUse(pack.Manifest), pack.Manifest)
	if err != nil {
		return manifest{}, ownPack{}, err
	}
	if len(blobs) == 0 || slices.IndexFunc(blobs, isParts) != len(blobs)-1 {
		return manifest{}, ownPack{}, damaged("manifest without its list")
	}
	list := blobs[len(blobs)-1]
	body, err := pack.ReadBlob(src, o, list)
	if err != nil {
		return manifest{}, ownPack{}, err
	}
	if keys.ID(pack.Parts, body) != list.ID {
		return manifest{}, ownPack{}, damaged("list of another manifest")
	}
	m, err := decodeManifest(body)
	return m, ownPack{file, o}, err
}

func isParts(b pack.Blob) bool { return b.Kind == pack.Parts }

// take fetches a file of the object and counts its bytes.
func (o *Object) take(ctx context.Context, share string, piece func(int64, []byte) error) error {
	ctx, stop := o.join(ctx)
	defer stop()
	err := o.n.FetchShared(ctx, netScheme+share, func(off int64, p []byte) error {
		o.fetched.Add(int64(len(p)))
		return piece(off, p)
	})
	if err != nil {
		return fmt.Errorf("fetch from the network: %w", err)
	}
	return nil
}

// memFile gathers a file in memory, up to the size of a pack.
type memFile struct {
	mu  sync.Mutex
	b   []byte
	err error // why a piece was refused
}

func (f *memFile) piece(off int64, p []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if off < 0 || off > pack.MaxSize || off+int64(len(p)) > pack.MaxSize {
		f.err = damaged("piece of %d bytes at %d", len(p), off)
		return f.err
	}
	if grow := int(off) + len(p) - len(f.b); grow > 0 {
		f.b = append(f.b, make([]byte, grow)...)
	}
	copy(f.b[off:], p)
	return nil
}
