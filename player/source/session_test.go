package source

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stratosdrive/stratosdrive/player/fetch"
)

// gatewayStream is a stream of two gateways' worth of trouble: each call goes
// through do.
type gatewayStream struct {
	mu    sync.Mutex
	parts map[string][]byte
	calls []string
	do    func(ctx context.Context, call int, p []byte) (io.ReadCloser, error)
}

func (g *gatewayStream) Segment(ctx context.Context, name string) (io.ReadCloser, int64, string, error) {
	g.mu.Lock()
	g.calls = append(g.calls, name)
	n, p := len(g.calls), g.parts[name]
	g.mu.Unlock()
	if name == streamName {
		return io.NopCloser(bytes.NewReader(p)), int64(len(p)), "", nil
	}
	body, err := g.do(ctx, n, p)
	return body, int64(len(p)), "", err
}

// silent is a body from which nothing comes until ctx ends.
type silent struct{ ctx context.Context }

func (s silent) Read([]byte) (int, error) { <-s.ctx.Done(); return 0, s.ctx.Err() }
func (s silent) Close() error             { return nil }

func twoSegments() map[string][]byte {
	return map[string][]byte{
		streamName: []byte("#EXTM3U\n#EXTINF:4,\na.ts\n#EXTINF:4,\nb.ts\n#EXT-X-ENDLIST\n"),
		"a.ts":     bytes.Repeat([]byte("a"), 300_000), "b.ts": bytes.Repeat([]byte("b"), 200_000),
	}
}

func startSession(t *testing.T, g *gatewayStream, keep Keeper) (*Stream, *Session) {
	t.Helper()
	s, err := NewStream(streamName, "film", g, keep, SessionOptions{Options: fetch.Options{Gateways: 2}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s, s.session
}

func readSegment(s *Session, n int) ([]byte, error) {
	var all []byte
	buf := make([]byte, 50_000)
	for {
		got, err := s.ReadAt(context.Background(), buf, int64(n)<<slotShift+int64(len(all)))
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, buf[:got]...)
	}
}

func whole(_ context.Context, _ int, p []byte) (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader(p)), nil
}

// TestSilentNodeIsAskedTwice: the second answer counts, within seconds.
func TestSilentNodeIsAskedTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &gatewayStream{parts: twoSegments()}
		g.do = func(ctx context.Context, call int, p []byte) (io.ReadCloser, error) {
			if call == 2 { // the first segment, after the playlist
				return silent{ctx}, nil
			}
			return whole(ctx, call, p)
		}
		began := time.Now()
		stream, s := startSession(t, g, &Memory{})
		got, err := readSegment(s, 0)
		if err != nil || !bytes.Equal(got, g.parts["a.ts"]) {
			t.Fatal(len(got), err)
		}
		supply := stream.Supply(0)
		if took := time.Since(began); took > 3*time.Second || supply.Hedged != 1 {
			t.Errorf("took %v, %+v", took, supply)
		}
		if err := stream.Close(); err != nil {
			t.Error(err)
		}
	})
}

// TestPartThatNeverComes is given up with its reason, and can be tried again.
func TestPartThatNeverComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("line cut")
		var works atomic.Bool
		g := &gatewayStream{parts: twoSegments()}
		g.do = func(ctx context.Context, call int, p []byte) (io.ReadCloser, error) {
			if !works.Load() {
				return nil, broken
			}
			return whole(ctx, call, p)
		}
		stream, s := startSession(t, g, &Memory{})
		began := time.Now()
		if _, err := readSegment(s, 0); !errors.Is(err, broken) {
			t.Fatal(err)
		}
		if took := time.Since(began); took < fetch.Patience || took > 2*fetch.Patience {
			t.Errorf("given up after %v", took)
		}
		works.Store(true)
		if got, err := readSegment(s, 0); err != nil || len(got) != 300_000 {
			t.Error(len(got), err)
		}
		if err := stream.Close(); err != nil {
			t.Error(err)
		}
	})
}

// TestWhatIsHereIsNotFetched: the second time, and after the cache lost it.
func TestWhatIsHereIsNotFetched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		keep := &Memory{}
		for run, want := range []string{streamName + " a.ts b.ts", "", "b.ts"} {
			if run == 2 {
				keep.Drop("film/b.ts")
			}
			g := &gatewayStream{parts: twoSegments(), do: whole}
			stream, s := startSession(t, g, keep)
			for n, p := range []string{"a", "b"} {
				if got, err := readSegment(s, n); err != nil || strings.Trim(string(got), p) != "" {
					t.Fatal(run, n, len(got), err)
				}
			}
			if got := strings.Join(g.calls, " "); got != want {
				t.Errorf("run %d: asked for %q, want %q", run, got, want)
			}
			if err := stream.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

// TestLostWhilePlaying: a part that the cache gave up is fetched again.
func TestLostWhilePlaying(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		keep := &Memory{}
		g := &gatewayStream{parts: twoSegments(), do: whole}
		stream, s := startSession(t, g, keep)
		for range 2 {
			if got, err := readSegment(s, 0); err != nil || len(got) != 300_000 {
				t.Fatal(len(got), err)
			}
			keep.Drop("film/a.ts")
		}
		if err := stream.Close(); err != nil {
			t.Error(err)
		}
	})
}

// TestPreviewFetchesNothing: it breaks off where bytes are missing.
func TestPreviewFetchesNothing(t *testing.T) {
	g := &gatewayStream{parts: twoSegments(), do: whole}
	stream, err := NewStream(streamName, "film", g, &Memory{}, SessionOptions{})
	if err != nil {
		t.Fatal(err)
	}
	item, err := serve(t).AddStream(stream)
	if err != nil {
		t.Fatal(err)
	}
	folder := func(address string) string { return strings.TrimSuffix(address, streamName) }
	if got := ask(t, "GET", item.Preview(), nil); got.code != 200 {
		t.Fatal(got.code)
	}
	if got := ask(t, "GET", folder(item.Preview())+"1.ts", nil); got.code == 200 {
		t.Error("a preview of what is not here")
	}
	if got := ask(t, "GET", folder(item.URL())+"1.ts", nil); len(got.body) != 200_000 {
		t.Fatal(len(got.body))
	}
	if got := ask(t, "GET", folder(item.Preview())+"1.ts", nil); len(got.body) != 200_000 {
		t.Error("no preview of what is here:", got.code)
	}
	if got := strings.Join(g.calls, " "); got != streamName+" b.ts" || item.Problem() != nil {
		t.Errorf("asked for %q, problem %v", got, item.Problem())
	}
}
