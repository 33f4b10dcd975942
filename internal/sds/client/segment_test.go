package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

func openClip(t *testing.T, n *fakeNode) (*Client, *Video) {
	t.Helper()
	c, data := newClient(t, n), content(1, 1000)
	u, err := c.Upload(t.Context(), "clip.mp4", bytes.NewReader(data), 1000, UploadOptions{Kind: wire.Video})
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.OpenVideo(t.Context(), "", u.ID)
	if err != nil {
		t.Fatal(err)
	}
	return c, v
}

// What breaks off is not taken for the whole.
func TestSegmentThatBreaksOff(t *testing.T) {
	n := newNode(t, newNet())
	_, v := openClip(t, n)
	n.reach = []int{300_000}
	body, size, _, err := v.Segment(t.Context(), "big.ts")
	if err != nil || size != int64(len(bigSegment)) {
		t.Fatal(size, err)
	}
	got, err := io.ReadAll(body)
	if !errors.Is(err, io.ErrUnexpectedEOF) || !bytes.HasPrefix(bigSegment, got) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if err := body.Close(); err != nil {
		t.Error(err)
	}
	readSegment(t, v, "big.ts", wire.TypeSegment, string(bigSegment))
}

// Who stops reading lets go of everything.
func TestSegmentGivenUp(t *testing.T) {
	n := newNode(t, newNet())
	c, v := openClip(t, n)
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	n.front(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", wire.TypeSegment)
		w.Header().Set("Content-Length", "1000000")
		_, _ = w.Write(bigSegment)
		_ = http.NewResponseController(w).Flush()
		<-never
	}))
	ctx, cancel := context.WithCancel(t.Context())
	closed, cancelled := begun(t, t.Context(), v), begun(t, ctx, v)
	cancel()
	_ = closed.Close()
	for name, body := range map[string]io.ReadCloser{"closed": closed, "cancelled": cancelled} {
		if _, err := io.ReadAll(body); err == nil {
			t.Errorf("%s: read to the end", name)
		}
	}
	_ = cancelled.Close()
	body := begun(t, t.Context(), v)
	c.Close()
	_, err := io.ReadAll(body)
	if err == nil {
		t.Error("read to the end of a client that was closed")
	}
	_ = body.Close()
}

// begun opens the segment and reads some of it.
func begun(t *testing.T, ctx context.Context, v *Video) io.ReadCloser {
	t.Helper()
	body, _, _, err := v.Segment(ctx, "big.ts")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(body, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	return body
}
