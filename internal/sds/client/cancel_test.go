package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// An upload that is given up, at any call, returns at once. The call under way
// still gets its answer, since a node that is left alone in the middle of one
// keeps others waiting; an unsigned session is told to stop; and the next
// upload of the same file succeeds, although the node keeps the old session
// for a while, and is paid once.
func TestCancelAtEveryCall(t *testing.T) {
	data := content(1, someSize)
	for _, kind := range []wire.Kind{wire.Ordinary, wire.Video} {
		method := map[wire.Kind]string{wire.Ordinary: wire.MethodUpload, wire.Video: wire.MethodUploadStream}[kind]
		for name, count := range map[string]int{
			wire.MethodGetOzone: 2, method: 1, wire.MethodUploadData: 16, wire.MethodUploadSign: 1, wire.MethodFileStatus: 3,
		} {
			for nth := range count {
				for _, done := range []bool{false, true} {
					if UnderRace && (nth > 0 || done) {
						continue
					}
					t.Run(fmt.Sprintf("%c %s %d %v", kind, name, nth, done), func(t *testing.T) {
						cancelledUpload(t, data, kind, name, nth, done)
					})
				}
			}
		}
	}
}

func cancelledUpload(t *testing.T, data []byte, kind wire.Kind, method string, nth int, done bool) {
	n := newNode(t, newNet())
	n.polls, n.clingy = 4, 9
	c := newClient(t, n)
	put := func(ctx context.Context) (Uploaded, error) {
		return c.Upload(ctx, "x", bytes.NewReader(data), someSize, UploadOptions{Kind: kind})
	}
	ctx, cancel := context.WithCancel(t.Context())
	returned := make(chan struct{})
	stop := mishap{before: func() { cancel(); <-returned }}
	if done {
		stop = mishap{after: func(v any) any { cancel(); <-returned; return v }}
	}
	n.mu.Lock()
	n.faults[method] = append(times(nth, mishap{}), stop)
	n.mu.Unlock()
	var told *fault.Error
	if _, err := put(ctx); err != nil && (!errors.Is(err, context.Canceled) || errors.As(err, &told)) {
		t.Fatalf("cancelled: %v", err)
	}
	if method == wire.MethodGetOzone || method == wire.MethodFileStatus {
		n.srv.CloseClientConnections() // questions may be left
	}
	close(returned)
	if u, err := put(t.Context()); err != nil || u.Replicas != 3 {
		t.Fatalf("again: %+v, %v", u, err)
	}
	if paid := n.number(c) - 1; paid != 1 {
		t.Errorf("paid %d times", paid)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if left := n.left; left != 0 {
		t.Errorf("%d calls were left in the middle", left)
	}
}
