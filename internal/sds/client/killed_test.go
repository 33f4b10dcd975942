package client_test

import (
	"bytes"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// TestNetworkKilled kills the network again and again while files are sent:
// what was reported as stored is there in the end.
func TestNetworkKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a network")
	}
	p := testnet.StartIn(t, t.TempDir())
	key := testnet.NewKey(t)
	testnet.BuyOzone(t, p.Network, "100stos", key.Address())
	c := newClient(t, p.Network, key)
	waitOzone(t, c)
	stored := map[string][]byte{}
	for round := range 3 {
		uploadUntilKilled(t, p, c, time.Duration(round)*40*time.Millisecond, stored)
		p.Again()
		c = newClient(t, p.Network, key)
	}
	t.Logf("%d files were stored", len(stored))
	for id, data := range stored {
		download(t, c, client.Uploaded{ID: id, Size: int64(len(data))}, data)
	}
}

// uploadUntilKilled sends files and kills the network some time after the
// second one was stored, in the middle of another.
func uploadUntilKilled(t *testing.T, p *testnet.Process, c *client.Client, after time.Duration, stored map[string][]byte) {
	t.Helper()
	killed := make(chan struct{})
	for n := 1; ; n++ {
		data := random(3 << 20)
		if n == 3 {
			go func() { time.Sleep(after); p.Kill(); close(killed) }()
		}
		u, err := c.Upload(t.Context(), "x", bytes.NewReader(data), int64(len(data)), client.UploadOptions{})
		if err != nil && n < 3 {
			t.Fatal(err)
		}
		if err != nil {
			break
		}
		stored[u.ID] = data
	}
	<-killed
}

// TestNetworkKilledInMidTransfer kills the network while a file is sent, and
// while it is fetched, and starts it again: both go on and succeed.
func TestNetworkKilledInMidTransfer(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a network")
	}
	p := testnet.StartIn(t, t.TempDir(), "--replicas", "1")
	key := testnet.NewKey(t)
	testnet.BuyOzone(t, p.Network, "100stos", key.Address())
	c := newClient(t, p.Network, key)
	waitOzone(t, c)
	data := random(manySlices())
	size := int64(len(data))
	transfer := func(do func(progress func(done, total int64)) error) {
		t.Helper()
		third, ended := make(chan struct{}), make(chan error, 1)
		reached := sync.OnceFunc(func() { close(third) })
		go func() {
			ended <- do(func(done, total int64) {
				if done > total/3 {
					reached()
				}
			})
		}()
		<-third
		p.Kill()
		p.Again()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	var u client.Uploaded
	transfer(func(progress func(done, total int64)) (err error) {
		u, err = c.Upload(t.Context(), "x", bytes.NewReader(data), size, client.UploadOptions{Progress: progress})
		return err
	})
	f := newFile(t)
	transfer(func(progress func(done, total int64)) error {
		return c.Download(t.Context(), u.ID, "", size, f, progress)
	})
	same(t, f, data)
}
