package repo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/stratosdrive/stratosdrive/sync/media"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

const (
	// inlineMax is how many sealed bytes of new blobs a head carries itself.
	inlineMax = 128 << 10
	// largeFile is the size from which a file gets packs of its own.
	largeFile = 16 << 20
	// mediaFile is the size from which a media file gets packs of its own.
	mediaFile = 512 << 10
	// firstMedia and nextMedia are the sizes of the packs of media files: the
	// second is what a node sends in one answer (sds.md 3.3).
	firstMedia = 512 << 10
	nextMedia  = 3 << 20
	// sharedDevices is the size of packs while other devices are active: a
	// refused sequence number costs a whole pack.
	activePack = 8 << 20
)

// ErrChanged is returned when a file changed while it was read.
var ErrChanged = errors.New("file changed while it was read")

// Progress is called with the path of a file and how many more of its bytes
// the network has. It may be called by several goroutines.
type Progress func(path string, bytes int64)

// Ingest takes in files and sends their packs while more files come. It ends
// with [Ingest.Commit] or [Ingest.Close].
type Ingest struct {
	repo     *Repo
	up       *uploader
	progress Progress
	shared   *packer
	active   bool // other devices are at work
	first    bool // nothing was stored before
	last     bool // nothing is stored any more: the head names no packs

	mu      sync.Mutex
	claimed map[blobKey]bool
	small   []owned // blobs that may travel in the head
	bytes   int     // their size
	spilled bool    // they no longer may
	refold  bool    // indexes are to be written anew, without packs that are gone
	meta    []pack.Prepared
	root    pack.ID // of the tree that is to be published
}

type blobKey struct {
	kind pack.Kind
	id   pack.ID
}

type owned struct {
	pack.Prepared
	owner string
	size  int64
}

// NewIngest starts to take in files. Packs that an earlier run left behind are
// sent first.
func (r *Repo) NewIngest(ctx context.Context, progress Progress) (*Ingest, error) {
	if progress == nil {
		progress = func(string, int64) {}
	}
	active, err := r.othersActive(ctx)
	if err != nil {
		return nil, err
	}
	stored, err := r.st.HasAny(ctx)
	if err != nil {
		return nil, err
	}
	in := &Ingest{repo: r, progress: progress, active: active, first: !stored, claimed: map[blobKey]bool{}}
	in.up = r.newUploader(ctx, progress)
	in.shared = in.newPacker(pack.Content, in.packLimit)
	if err := r.resumeSpool(ctx, in.up); err != nil {
		in.up.close()
		return nil, err
	}
	return in, nil
}

func (in *Ingest) packLimit() int {
	switch {
	case in.repo.cfg.PackBytes > 0:
		return in.repo.cfg.PackBytes
	case in.active:
		return activePack
	}
	return pack.MaxSize
}

func (in *Ingest) newPacker(use pack.Use, limit func() int) *packer {
	return &packer{repo: in.repo, use: use, limit: limit, queue: in.up.build}
}

// Close ends all transfers. What was sent stays known and is not sent again.
func (in *Ingest) Close() {
	in.up.close()
	in.shared.abandon()
}

// Add takes in the file at path, which src holds, and returns what names its
// content. A file of another size than expected is [ErrChanged].
func (in *Ingest) Add(ctx context.Context, path string, src io.ReaderAt, size int64) (string, error) {
	chunks, err := in.Chunks(ctx, path, src, size)
	if err != nil {
		return "", err
	}
	c, err := object.NewContent(chunks, in.save(ctx))
	return c.String(), err
}

// Chunks is Add without the name of the content: it returns the chunks of the
// file in order.
func (in *Ingest) Chunks(ctx context.Context, path string, src io.ReaderAt, size int64) ([]object.Ref, error) {
	chunks, err := in.cutFile(ctx, path, src, size)
	if err != nil {
		return nil, err
	}
	sum := int64(0)
	for _, c := range chunks {
		sum += c.Size
	}
	if sum != size {
		return nil, ErrChanged
	}
	return chunks, nil
}

func (in *Ingest) cutFile(ctx context.Context, path string, src io.ReaderAt, size int64) ([]object.Ref, error) {
	if media.Is(path) && size >= mediaFile {
		return in.cutMedia(ctx, path, src, size)
	}
	put := in.put
	if size >= largeFile {
		own := in.newPacker(pack.Content, in.packLimit)
		defer own.abandon()
		put = in.putInto(own)
		refs, err := in.cutPlain(ctx, path, src, size, put)
		return refs, errors.Join(err, closeIf(err, own))
	}
	return in.cutPlain(ctx, path, src, size, put)
}

func closeIf(err error, k *packer) error {
	if err != nil {
		return nil
	}
	return k.close()
}

type putter func(ctx context.Context, path string, p []byte) (object.Ref, error)

func (in *Ingest) cutPlain(ctx context.Context, path string, src io.ReaderAt, size int64, put putter) ([]object.Ref, error) {
	var refs []object.Ref
	err := in.repo.cut.CutFile(src, size, func(p []byte) error {
		ref, err := put(ctx, path, p)
		refs = append(refs, ref)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("take in file: %w", err)
	}
	return refs, nil
}

// cutMedia packs what a player reads first before the rest, in packs that are
// quick to fetch.
func (in *Ingest) cutMedia(ctx context.Context, path string, src io.ReaderAt, size int64) ([]object.Ref, error) {
	limit := firstMedia
	own := in.newPacker(pack.Content, func() int {
		n := limit
		limit = nextMedia
		return n
	})
	defer own.abandon()
	put := in.putInto(own)
	at := map[int64]object.Ref{}
	err := in.repo.cut.CutMedia(path, src, size, func(off int64, p []byte) error {
		ref, err := put(ctx, path, p)
		at[off] = ref
		return err
	})
	if err == nil {
		err = own.close()
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, ErrChanged
	}
	if err != nil {
		return nil, fmt.Errorf("take in media file: %w", err)
	}
	return inOrder(at, size)
}

func inOrder(at map[int64]object.Ref, size int64) ([]object.Ref, error) {
	refs := make([]object.Ref, 0, len(at))
	for off := int64(0); off < size; {
		ref, ok := at[off]
		if !ok || ref.Size == 0 {
			return nil, ErrChanged
		}
		refs = append(refs, ref)
		off += ref.Size
	}
	return refs, nil
}
