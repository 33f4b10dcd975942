package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/drivekey"
	"github.com/stratosdrive/stratosdrive/sync/media"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// Network is the publishing account's side of the storage network. All methods
// may be called by several goroutines; they try again by themselves where that
// is of use, since an error ends the publishing.
type Network interface {
	// Upload stores size bytes of src as one file and returns its id when the
	// network says that it is FINISHED. With an error, an id says that the
	// file may be there.
	Upload(ctx context.Context, name string, src io.ReaderAt, size int64) (id string, err error)
	// ShareLink makes a share link, with or without sds://, that is valid for
	// ttl; 0 is the network's own choice.
	ShareLink(ctx context.Context, id string, ttl time.Duration) (shareID, link string, err error)
	// StopShare ends a share; one that is not there is [ErrNotFound].
	StopShare(ctx context.Context, shareID string) error
	// Delete removes a file; one that is not there is [ErrNotFound].
	Delete(ctx context.Context, id string) error
}

// Options are the choices of a publisher.
type Options struct {
	// From is the address of who publishes, which who has the link sees; empty
	// says nothing.
	From string
	// TTL is how long the link is valid; 0 is the network's own choice.
	TTL time.Duration
	// TempDir holds sealed parts while they are sent, at most five of them;
	// "" is the system's folder for such files.
	TempDir string
	// Progress, if set, is told how many bytes of the file are on the network.
	// Its calls do not overlap.
	Progress func(done, total int64)
	// Note, if set, is told what lies on the network so far, each time that
	// grows, so that a program that dies can [Stop] it later. Its calls do not
	// overlap.
	Note func(Published)
}

// PartRef names a file on the network and its share.
type PartRef struct {
	FileID  string `json:"file_id"`
	ShareID string `json:"share_id,omitempty"`
}

// Published is what a register keeps of a private link. It holds the key.
type Published struct {
	Link    string    `json:"link,omitempty"` // set when all is done
	Name    string    `json:"name"`
	Size    int64     `json:"size"`               // of the file in bytes
	Expires time.Time `json:"expires,omitzero"`   // zero where the network chose
	FileID  string    `json:"file_id,omitempty"`  // of the manifest
	ShareID string    `json:"share_id,omitempty"` // of the manifest
	Parts   []PartRef `json:"parts,omitempty"`    // all other files
}

// Empty reports whether nothing of it is on the network.
func (p Published) Empty() bool { return p.FileID == "" && p.ShareID == "" && len(p.Parts) == 0 }

// uploads is how many parts are on their way at a time.
const uploads = 4

// Publish seals size bytes of src under a fresh key and returns the link. Of
// name only the last element is kept. src is read once, in any order; if it is
// shorter than size, the error is [ErrChanged].
//
// On an error, also when ctx ends, what was stored is taken back. What could
// not be is returned with the error, for a later [Stop].
func Publish(ctx context.Context, n Network, src io.ReaderAt, size int64, name string, o Options) (Published, error) {
	if size < 0 || size > MaxFile {
		return Published{}, fault.Wrong(ErrTooLarge, "This file is too large for a private link, which can lead to 512 GiB at most.")
	}
	name = cleanName(name)
	man := manifest{name: name, size: size}
	p, err := newPublisher(n, []source{{name: name, size: size, open: opened(src)}}, man, o)
	if err != nil {
		return Published{}, fmt.Errorf("publish: %w", err)
	}
	p.carry, p.limit = carried(name, size), partSize(name, size)
	return p.finish(ctx)
}

type publisher struct {
	n      Network
	o      Options
	files  []source
	places []int // of the files in the tree of a folder
	link   Link
	keys   *drivekey.Keys
	zip    *pack.Compressor

	own   bytes.Buffer // the pack of the manifest
	ownW  *pack.Writer
	carry int64 // bytes of the files that it may still take
	limit int   // bytes of a part
	cur   *spool

	mu   sync.Mutex // guards what follows
	man  manifest
	pub  Published
	done int64
}

// newPublisher prepares to publish files, whose bytes follow each other.
func newPublisher(n Network, files []source, man manifest, o Options) (*publisher, error) {
	p := &publisher{n: n, files: files, o: o, link: newLink(), man: man}
	if p.man.from = o.From; o.From != "" {
		p.man.version = manifestVersion
	}
	p.pub = Published{Name: man.name, Size: man.size}
	if o.TTL > 0 {
		p.pub.Expires = time.Now().Add(o.TTL).UTC().Truncate(time.Second)
	}
	var err error
	if p.keys, err = drivekey.Derive(p.link.key[:], drivekey.Link); err != nil {
		return p, err
	}
	if p.zip, err = pack.NewCompressor(1); err != nil {
		return p, err
	}
	p.ownW, err = pack.NewWriter(&p.own, p.keys.ForUse(pack.Manifest), pack.Manifest, 0)
	return p, err
}

// finish publishes, and takes back what was stored when that fails.
func (p *publisher) finish(ctx context.Context) (Published, error) {
	err := p.run(ctx)
	if err == nil {
		return p.pub, nil
	}
	err = fmt.Errorf("publish: %w", err)
	if errors.Is(err, ErrChanged) {
		err = fault.Say(err, "%s changed while it was read, so no link was made. Try again when nothing writes to it.", p.changed())
	}
	left, _ := takeBackLater(ctx, p.n, p.pub)
	return left, err
}

// changed names what changed while it was read.
func (p *publisher) changed() string {
	if p.man.folder {
		return "A file in the folder"
	}
	return "The file"
}

func (p *publisher) run(ctx context.Context) error {
	if err := p.sendParts(ctx); err != nil {
		return err
	}
	return p.sendManifest(ctx)
}

// sendParts seals the file part by part and sends several at a time.
func (p *publisher) sendParts(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(uploads)
	err := p.cut(ctx, g)
	if err != nil {
		cancel()
		p.cur.remove()
	}
	if sent := g.Wait(); sent != nil && (err == nil || errors.Is(err, context.Canceled)) {
		err = sent
	}
	return err
}

func (p *publisher) cut(ctx context.Context, g *errgroup.Group) error {
	at := int64(0)
	for i, f := range p.files {
		if err := p.cutFile(ctx, g, i, at); err != nil {
			return err
		}
		at += f.size
	}
	return p.flush(ctx, g)
}

// add seals a chunk of a file into the manifest's own pack or the part at hand.
func (p *publisher) add(ctx context.Context, g *errgroup.Group, name string, off int64, body []byte) error {
	b := blob{off: off, size: int64(len(body)), id: p.keys.ID(pack.Data, body)}
	sealed := p.prepare(name, b.id, body)
	if p.carry -= b.size; p.carry >= 0 {
		return p.carryChunk(b, sealed)
	}
	p.carry = -1 // once one did not fit, the rest goes into parts
	for {
		if p.cur == nil {
			s, err := newSpool(p.o.TempDir, p.keys.ForUse(pack.Part), p.limit)
			if err != nil {
				return err
			}
			p.cur = s
		}
		err := p.cur.add(b, sealed)
		if !errors.Is(err, pack.ErrFull) {
			return err
		}
		if err := p.flush(ctx, g); err != nil {
			return err
		}
	}
}

func (p *publisher) prepare(name string, id pack.ID, body []byte) pack.Prepared {
	if media.Is(name) {
		return pack.Plain(pack.Data, id, body)
	}
	return p.zip.Prepare(pack.Data, id, body)
}

func (p *publisher) carryChunk(b blob, sealed pack.Prepared) error {
	at, err := p.ownW.Add(sealed)
	if err != nil {
		return err
	}
	if len(p.man.parts) == 0 {
		p.man.parts = []part{{}}
	}
	b.at, b.sealed = at.Offset, at.Length
	p.man.parts[0].blobs = append(p.man.parts[0].blobs, b)
	return nil
}

// note changes what is known to lie on the network and tells the caller.
func (p *publisher) note(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	if p.o.Note != nil {
		now := p.pub
		now.Parts = slices.Clone(now.Parts)
		p.o.Note(now)
	}
}

func (p *publisher) progress(n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += n
	if p.o.Progress != nil {
		p.o.Progress(p.done, p.man.size)
	}
}
