package source

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/player/fetch"
)

// webVideo is a file on a web server as a [Video]. What the server does not
// prove to be the same is not used again the next time.
type webVideo struct {
	*web
	answered
	keep Keeper
	key  string

	mu    sync.Mutex
	first *http.Response // of the question that opened it; nil once used
}

// block is how many bytes a part has: all of them where the server gives no
// ranges, and more where it claims that the file is huge.
func (v *webVideo) block() int64 {
	if v.ranges {
		return max(webBlock, (v.size+webParts-1)/webParts)
	}
	return v.size
}

func (v *webVideo) name(part int) string { return v.key + "/" + strconv.Itoa(part) }

// Layout implements [Video].
func (v *webVideo) Layout() fetch.Layout {
	var l fetch.Layout
	for at := int64(0); at < v.size; at += v.block() {
		n := min(v.block(), v.size-at)
		l.Extents = append(l.Extents, fetch.Extent{Off: at, Len: n, Part: len(l.Parts)})
		l.Parts = append(l.Parts, fetch.Part{Size: n})
	}
	return l
}

// Here implements [Video].
func (v *webVideo) Here(part int) int64 { return v.keep.Here(v.name(part)) }

// Peek implements [Video].
func (v *webVideo) Peek(p []byte, off int64) (int, error) {
	if off >= v.size {
		return 0, io.EOF
	}
	part, at := int(off/v.block()), off%v.block()
	here := v.Here(part)
	if at >= here {
		return 0, ErrNotHere
	}
	p = p[:min(int64(len(p)), here-at)]
	if err := v.keep.Peek(v.name(part), p, at); err != nil {
		return 0, fmt.Errorf("%w: %w", ErrNotHere, err)
	}
	return len(p), nil
}

// Fetch implements [Video].
func (v *webVideo) Fetch(ctx context.Context, o fetch.Order, tell Tell) error {
	begin := int64(o.Part)*v.block() + o.From
	end := min(int64(o.Part+1)*v.block(), v.size)
	to := end
	if !v.ranges {
		to = 0
	}
	resp, err := v.ask(ctx, begin, to)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	defer context.AfterFunc(ctx, func() { resp.Body.Close() })()
	if err := v.same(resp, begin); err != nil {
		return err
	}
	size := min(v.block(), v.size-int64(o.Part)*v.block())
	return v.keep.Fetch(ctx, v.name(o.Part), size, func(_ context.Context, piece func(int64, []byte) error) error {
		return copyPieces(resp.Body, o.From, size, piece)
	}, tell.Arrived)
}

// ask asks for some bytes. What was asked for to open the video is the start of
// it.
func (v *webVideo) ask(ctx context.Context, begin, to int64) (*http.Response, error) {
	v.mu.Lock()
	resp := v.first
	if begin == 0 {
		v.first = nil
	}
	v.mu.Unlock()
	if resp != nil && begin == 0 {
		return resp, nil
	}
	return v.get(ctx, v.address, begin, to, v.version)
}

// Close implements [io.Closer]: nothing is kept.
func (v *webVideo) Close() error {
	if v.first != nil {
		v.first.Body.Close()
	}
	for at := int64(0); at < v.size; at += v.block() {
		v.keep.Drop(v.name(int(at / v.block())))
	}
	return v.web.Close()
}

// same tells whether an answer belongs to the file that was opened.
func (v *webVideo) same(resp *http.Response, begin int64) error {
	a, err := readAnswer(resp)
	if err != nil {
		return err
	}
	from := int64(0)
	if a.ranges {
		from, _, _ = contentRange(resp.Header.Get("Content-Range"))
	}
	if a.size != v.size || a.ranges != v.ranges || from != begin || v.version != "" && a.version != v.version {
		return fault.Say(fmt.Errorf("%w: %w: another file", ErrRefused, ErrServer), "The video at this address has changed while it was played. Open it again.")
	}
	return nil
}

// copyPieces hands over what a body holds, for the bytes from up to size.
func copyPieces(body io.Reader, from, size int64, piece func(int64, []byte) error) error {
	buf := make([]byte, 64<<10)
	for at := from; at < size; {
		n, err := body.Read(buf[:min(int64(len(buf)), size-at)])
		if n > 0 {
			if err := piece(at, buf[:n]); err != nil {
				return err
			}
			at += int64(n)
		}
		if err != nil && at < size {
			return fmt.Errorf("file has %d of %d bytes: %w", at, size, noEOF(err))
		}
	}
	return nil
}
