package client

import (
	"bytes"
	"errors"
	"sync"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// What a call cost is measured; when another device was active it is estimated,
// and said so.
func TestCosts(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	var told []Cost
	ctx := WithCosts(t.Context(), func(cost Cost) { told = append(told, cost) })
	u := mustUpload(t, c, content(1, someSize))
	if u.Cost != (Cost{someSize, true}) {
		t.Errorf("upload: %+v", u.Cost)
	}
	bump := mishap{after: func(v any) any { n.net.bump(c.Address()); return v }}
	n.on(wire.MethodUploadSign, bump)
	if other := mustUpload(t, c, content(2, someSize)); other.Cost != (Cost{3 * someSize, false}) {
		t.Errorf("upload beside another device: %+v", other.Cost)
	}
	n.on(wire.MethodDownload, mishap{}, bump)
	for range 2 {
		if err := c.Download(ctx, u.ID, "", u.Size, new(file), nil); err != nil {
			t.Fatal(err)
		}
	}
	n.on(wire.MethodDownload, bump)
	if err := c.Fetch(ctx, u.ID, "", func(int64, []byte) error { return nil }); err != nil {
		t.Fatal(err)
	}
	want := []Cost{{someSize, true}, {someSize, false}, {someSize, false}}
	if len(told) != 3 || told[0] != want[0] || told[1] != want[1] || told[2] != want[2] {
		t.Errorf("downloads: %+v", told)
	}
	n.on(wire.MethodDownloadData, mishap{}, mishap{lose: true}) // paid again
	if err := c.Download(ctx, u.ID, "", u.Size, new(file), nil); err != nil || len(told) != 5 {
		t.Errorf("%v, told %+v", err, told)
	}
}

// A cost is measured unless an estimate is enough.
func TestEstimatedCost(t *testing.T) {
	c := newClient(t, newNode(t, newNet()))
	for seed, estimate := range []bool{false, true} {
		u, err := c.Upload(t.Context(), "x", bytes.NewReader(content(uint64(seed), someSize)), someSize, UploadOptions{Estimate: estimate})
		if err != nil {
			t.Fatal(err)
		}
		if u.Cost.Measured == estimate || u.Cost.Noz < someSize {
			t.Errorf("estimate %v: cost %+v", estimate, u.Cost)
		}
	}
}

// Own calls at the same time do not spoil the measuring: they take turns.
func TestCostsOfManyAtOnce(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	var all sync.WaitGroup
	for i := range 10 {
		all.Go(func() {
			if u := mustUpload(t, c, content(uint64(i), 1000+i)); u.Cost != (Cost{int64(1000 + i), true}) {
				t.Errorf("%d: %+v", i, u.Cost)
			}
		})
	}
	all.Wait()
}

func TestFollows(t *testing.T) {
	for _, c := range []struct {
		before, after string
		want          bool
	}{
		{"SN:0000000000000000009", "SN:0000000000000000010", true},
		{"SN:1", "SN:3", false},
		{"SN:1", "SN:1", false},
		{"SN:1", "XX:2", false},
		{"SN:", "SN:1", false},
		{"abc", "abd", false},
		{"", "", false},
	} {
		if follows(c.before, c.after) != c.want {
			t.Errorf("%q, %q", c.before, c.after)
		}
	}
}

// Who does not wait is told later: when the file is stored, when storing
// failed, and when the client is closed first.
func TestToldLater(t *testing.T) {
	type end struct {
		u   Uploaded
		err error
	}
	for name, want := range map[string]error{"stored": nil, "failed": errRestart, "closed": ErrClosed} {
		t.Run(name, func(t *testing.T) {
			n := newNode(t, newNet())
			n.polls = 5
			c, data := newClient(t, n), content(1, 1000)
			never := make(chan struct{})
			t.Cleanup(func() { close(never) })
			switch name {
			case "failed":
				n.fails = 1
			case "closed":
				n.on(wire.MethodFileStatus, mishap{hang: never})
			}
			ended := make(chan end, 1)
			u, err := c.Upload(t.Context(), "x", bytes.NewReader(data), 1000, UploadOptions{
				DontWait: true, OnStored: func(u Uploaded, err error) { ended <- end{u, err} },
			})
			if err != nil || u.Replicas != 0 {
				t.Fatalf("%+v, %v", u, err)
			}
			if name == "closed" {
				c.Close()
			}
			got := <-ended
			if !errors.Is(got.err, want) || got.u.ID != u.ID || (want == nil && got.u.Replicas != 3) {
				t.Errorf("%+v", got)
			}
		})
	}
}
