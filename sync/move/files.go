package move

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// file is one content, under the first name it was met with.
type file struct {
	id      pack.ID // for notes
	content string
	name    string
	size    int64
	current bool // it is in the drive now
}

const (
	// workers is how many files are read at a time.
	workers = 4
	// bagFiles is how many files are noted at a time, bagBytes how large they are
	// together.
	bagFiles = 256
	bagBytes = 64 << 20
)

// meter counts what has arrived.
type meter struct {
	meterMu     sync.Mutex
	sent, total int64
}

// arrived implements [repo.Progress].
func (c *copier) arrived(_ string, n int64) {
	c.meterMu.Lock()
	defer c.meterMu.Unlock() // progress is told one after the other
	c.sent += n
	if c.Progress != nil {
		c.Progress(min(c.sent, c.total), c.total)
	}
}

// bag gathers the chunks of files until they are noted.
type bag struct {
	bagMu sync.Mutex
	fresh map[pack.ID][]object.Ref
	bytes int64
}

// gather finds the states whose trees are still there, and every content in
// them, the newest first.
func (c *copier) gather(ctx context.Context) error {
	keep := map[pack.ID]bool{c.tip: true}
	for _, id := range c.Keep {
		keep[id] = true
	}
	met := map[string]bool{}
	for _, x := range c.Log.Commits {
		if !keep[x.ID] {
			continue
		}
		t, err := c.From.Tree(ctx, x.Root)
		if missing(err) && x.ID != c.tip {
			continue
		}
		if err != nil {
			return err
		}
		c.states = append(c.states, x)
		c.gatherFiles(t, met, x.ID == c.tip)
	}
	return nil
}

func (c *copier) gatherFiles(t *tree.Tree, met map[string]bool, current bool) {
	for _, n := range t.Nodes().All() {
		if n.Kind != tree.File || met[n.Content] {
			continue
		}
		met[n.Content] = true
		c.files = append(c.files, file{sha256.Sum256([]byte(n.Content)), n.Content, n.Name, n.Size, current})
		c.total += n.Size
	}
}

// missing reports whether the network does not have something any more.
func missing(err error) bool { return errors.Is(err, state.ErrNotFound) || repo.IsLost(err) }

// copyFiles copies what is in the drive now before what was in it once.
func (c *copier) copyFiles(ctx context.Context) error {
	split := 0
	for split < len(c.files) && c.files[split].current {
		split++
	}
	for _, part := range [][]file{c.files[:split], c.files[split:]} {
		here, away := c.divide(part)
		err := c.copyLocal(ctx, here)
		if err == nil {
			err = c.fetch(ctx, away)
		}
		if err := errors.Join(err, c.empty(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// divide tells files that should lie on this disk from the others.
func (c *copier) divide(files []file) (here, away []file) {
	for _, f := range files {
		if local := c.local(f); local != nil {
			_ = local.Close()
			here = append(here, f)
			continue
		}
		away = append(away, f)
	}
	return here, away
}

func (c *copier) local(f file) LocalFile {
	if c.Local == nil {
		return nil
	}
	return c.Local(f.content)
}

// copyLocal copies files whose packs need not be fetched.
func (c *copier) copyLocal(ctx context.Context, files []file) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for _, f := range files {
		if ctx.Err() != nil {
			break
		}
		g.Go(func() error { return c.copyFile(ctx, f) })
	}
	return g.Wait()
}

// fetch copies files in the order of their packs.
func (c *copier) fetch(ctx context.Context, files []file) error {
	contents := make([]string, len(files))
	for i, f := range files {
		contents[i] = f.content
	}
	return c.From.Restore(ctx, contents, workers, func(ctx context.Context, i int) error { return c.copyFile(ctx, files[i]) })
}

// copyFile copies a content unless all of it is there.
func (c *copier) copyFile(ctx context.Context, f file) error {
	chunks, known, err := c.To.Copied(ctx, f.id)
	if err != nil {
		return err
	}
	if known {
		name, there, err := c.in.Content(ctx, chunks)
		if err != nil {
			return err
		}
		if there {
			c.arrived(f.name, f.size)
			return c.note(ctx, f, name, nil)
		}
	}
	if chunks, err = c.read(ctx, f); err != nil {
		if missing(err) && !f.current {
			c.bagMu.Lock()
			defer c.bagMu.Unlock()
			c.result.Lost++
			return nil
		}
		return err
	}
	name, _, err := c.in.Content(ctx, chunks)
	if err != nil {
		return err
	}
	return c.note(ctx, f, name, chunks)
}

func (c *copier) read(ctx context.Context, f file) ([]object.Ref, error) {
	var local io.ReaderAt
	if on := c.local(f); on != nil {
		defer on.Close()
		local = on
	}
	src, err := c.From.OpenContentOver(ctx, f.content, local)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	chunks, err := c.in.Chunks(ctx, f.name, src, f.size)
	if err != nil {
		return nil, fmt.Errorf("copy file: %w", err)
	}
	return chunks, nil
}

// note keeps what a content is called in the new drive.
func (c *copier) note(ctx context.Context, f file, name string, chunks []object.Ref) error {
	c.bagMu.Lock()
	c.names[f.content] = name
	c.result.Files++
	c.result.Bytes += f.size
	if chunks != nil {
		c.fresh[f.id] = chunks
		c.bytes += f.size
	}
	full := len(c.fresh) >= bagFiles || c.bytes >= bagBytes
	c.bagMu.Unlock()
	if !full {
		return nil
	}
	return c.empty(ctx)
}

// empty makes the notes last. A note whose chunks did not arrive is of no harm:
// that is looked at before it is used.
func (c *copier) empty(ctx context.Context) error {
	c.bagMu.Lock()
	fresh := c.fresh
	c.fresh, c.bytes = map[pack.ID][]object.Ref{}, 0
	c.bagMu.Unlock()
	return c.To.NoteCopied(context.WithoutCancel(ctx), fresh)
}
