package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/player/fetch"
)

// Segments is a stream of the storage network: a playlist and the segments
// that it names, all asked for by name. It MUST allow several calls at a time.
type Segments interface {
	// Segment starts to read one. size is -1 where it is not known. The body
	// is closed by the caller, and ends with an error soon after ctx ends.
	Segment(ctx context.Context, name string) (body io.ReadCloser, size int64, contentType string, err error)
}

// Keeper keeps what came on disk, within a limit, for this time and the next.
// It MUST give back what was written or nothing, and allow several calls at a
// time.
type Keeper interface {
	// Fetch keeps the pieces that src delivers of something of size bytes and
	// tells how many bytes came. Two of the same name may run at a time.
	Fetch(ctx context.Context, name string, size int64, src func(ctx context.Context, piece func(off int64, p []byte) error) error, arrived func(n int64)) error
	// Peek reads bytes that are here; anything else is an error.
	Peek(name string, p []byte, off int64) error
	// Here returns how many bytes from the start on are here.
	Here(name string) int64
	// Whole returns the size of what is here whole, 0 for nothing.
	Whole(name string) int64
	// Drop gives up what is kept.
	Drop(name string)
}

// Limits of a segment: the largest that nodes cut are some 90 MB.
const (
	maxSegment  = 1 << 30
	maxUnsized  = 64 << 20 // of one whose size is not told
	slotShift   = 40       // each segment has room for so many bits of offset
	guessedRate = 625_000
	leastGuess  = 64 << 10
)

// streamVideo is a stream as a [Video]: byte k of segment i is at i<<40 + k.
type streamVideo struct {
	segments Segments
	keep     Keeper
	key      string // what the stream is called in keep, the same each time
	list     *Playlist

	mu    sync.Mutex
	sizes []int64 // -1 where not known
}

func newStreamVideo(segments Segments, keep Keeper, key string, list *Playlist) *streamVideo {
	v := &streamVideo{segments: segments, keep: keep, key: key, list: list, sizes: make([]int64, len(list.Segments))}
	for i := range v.sizes {
		if v.sizes[i] = -1; keep.Whole(v.name(i)) > 0 {
			v.sizes[i] = keep.Whole(v.name(i))
		}
	}
	return v
}

// name is what a segment is called in the cache.
func (v *streamVideo) name(i int) string { return v.key + "/" + v.list.Segments[i].Name }

func (v *streamVideo) size(i int) int64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.sizes[i]
}

// Layout implements [Video].
func (v *streamVideo) Layout() fetch.Layout {
	var l fetch.Layout
	for i, s := range v.list.Segments {
		p := fetch.Part{Size: v.size(i)}
		if p.Size < 0 {
			p = fetch.Part{Size: max(int64(s.Seconds*guessedRate), leastGuess), Guessed: true}
		}
		l.Parts = append(l.Parts, p)
		l.Extents = append(l.Extents, fetch.Extent{Off: int64(i) << slotShift, Len: p.Size, Part: i})
	}
	return l
}

// Here implements [Video].
func (v *streamVideo) Here(part int) int64 { return v.keep.Here(v.name(part)) }

// Peek implements [Video].
func (v *streamVideo) Peek(p []byte, off int64) (int, error) {
	i, at := int(off>>slotShift), off&(1<<slotShift-1)
	if i >= len(v.list.Segments) {
		return 0, io.EOF
	}
	size := v.size(i)
	if size >= 0 && at >= size {
		return 0, io.EOF
	}
	here := v.Here(i)
	if at >= here {
		return 0, ErrNotHere
	}
	p = p[:min(int64(len(p)), here-at)]
	if err := v.keep.Peek(v.name(i), p, at); err != nil {
		return 0, fmt.Errorf("%w: %w", ErrNotHere, err)
	}
	return len(p), nil
}

// Fetch implements [Video].
func (v *streamVideo) Fetch(ctx context.Context, o fetch.Order, tell Tell) error {
	name := v.list.Segments[o.Part].Name
	body, size, _, err := v.segments.Segment(ctx, name)
	if err != nil {
		return fmt.Errorf("fetch segment: %w", err)
	}
	defer body.Close()
	in := io.Reader(body)
	if size < 0 {
		if in, size, err = gather(body); err != nil {
			return err
		}
	}
	if size > maxSegment {
		return damagedStream(fmt.Errorf("segment of %d bytes", size))
	}
	if old := v.size(o.Part); old >= 0 && old != size {
		return damagedStream(fmt.Errorf("segment of %d bytes that had %d", size, old))
	}
	v.mu.Lock()
	v.sizes[o.Part] = size
	v.mu.Unlock()
	tell.Size(size)
	if size == 0 {
		return nil
	}
	return v.keep.Fetch(ctx, v.name(o.Part), size, func(_ context.Context, piece func(int64, []byte) error) error {
		return deliver(in, size, piece)
	}, tell.Arrived)
}

// gather reads a segment whose size nobody told.
func gather(body io.Reader) (io.Reader, int64, error) {
	p, err := io.ReadAll(io.LimitReader(body, maxUnsized+1))
	if err != nil {
		return nil, 0, fmt.Errorf("fetch segment: %w", err)
	}
	if len(p) > maxUnsized {
		return nil, 0, damagedStream(errors.New("an endless segment"))
	}
	return bytes.NewReader(p), int64(len(p)), nil
}

// deliver hands over what a body holds as it comes, all of size bytes. A
// segment that is a playlist itself would lead a player elsewhere.
func deliver(body io.Reader, size int64, piece func(int64, []byte) error) error {
	buf := make([]byte, 64<<10)
	for at := int64(0); at < size; {
		want := buf[:min(int64(len(buf)), size-at)]
		least := 1
		if at == 0 {
			least = min(len(want), 64)
		}
		n, err := io.ReadAtLeast(body, want, least)
		if n < least {
			return fmt.Errorf("segment has %d of %d bytes: %w", at+int64(n), size, noEOF(err))
		}
		if at == 0 && isPlaylist(buf[:n]) {
			return damagedStream(errors.New("a segment is a playlist"))
		}
		if err := piece(at, buf[:n]); err != nil {
			return err
		}
		at += int64(n)
	}
	return nil
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func isPlaylist(start []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(start, []byte("\ufeff"))), []byte("#EXT"))
}

func damagedStream(err error) error {
	return fault.Say(fmt.Errorf("%w: %w: %w", ErrRefused, ErrPlaylist, err), "This stream is damaged and cannot be played.")
}
