package client_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// TestFaithfulNetwork uses a network with the habits of the real one: answers
// that take long, late FINISHED, slices in any order, sessions that linger.
// Each upload takes 10 s, so all is done side by side on one network.
func TestFaithfulNetwork(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a network")
	}
	n := testnet.Start(t, "--faithful", "--replicas", "2")
	for name, try := range map[string]func(*testing.T, network.Network, stratos.PrivateKey){
		"shares": faithfulShares, "sizes": everySize, "given up": givenUp, "two processes": func(t *testing.T, n network.Network, key stratos.PrivateKey) {
			if os.Getenv("STOS_NIGHTLY") != "" {
				twoProcesses(t, n, key, 200, mostSent)
				return
			}
			twoProcesses(t, n, key, 8, 3) // before both know of each other, a collision costs a file
		},
	} {
		key := testnet.NewKey(t)
		testnet.BuyOzone(t, n, "100stos", key.Address())
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			waitOzone(t, newClient(t, n, key))
			try(t, n, key)
		})
	}
}

func faithfulShares(t *testing.T, n network.Network, key stratos.PrivateKey) {
	c := newClient(t, n, key)
	data := random(200_000)
	u, err := c.Upload(t.Context(), "big file.bin", bytes.NewReader(data), int64(len(data)), client.UploadOptions{})
	if err != nil || u.Replicas != 2 {
		t.Fatalf("%+v, %v", u, err)
	}
	s, err := c.Share(t.Context(), u.ID, client.ShareOptions{})
	if err != nil {
		t.Fatal(err)
	}
	shared(t, c, s, u, data)
	if err := c.ClearExpired(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := c.Share(t.Context(), u.ID, client.ShareOptions{Private: true}); !errors.Is(err, client.ErrRefused) {
		t.Errorf("a private link without a password: %v", err)
	}
	if err := c.StopShare(t.Context(), s.ID); err != nil {
		t.Error(err)
	}
	if err := c.Delete(t.Context(), u.ID); err != nil {
		t.Error(err)
	}
	if err := c.Delete(t.Context(), u.ID); !errors.Is(err, client.ErrNotFound) {
		t.Errorf("deleted twice: %v", err)
	}
}

// everySize stores files at the edges of pieces and slices and gets them back.
func everySize(t *testing.T, n network.Network, key stratos.PrivateKey) {
	sizes := []int64{1, wire.DownloadPiece, wire.UploadPiece, wire.UploadPiece + 1}
	if !client.UnderRace { // hashing is slow then
		sizes = append(sizes, wire.SliceSize, wire.SliceSize+1)
	}
	c := newClient(t, n, key)
	for i, size := range sizes {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			src := io.NewSectionReader(endless(i), 0, size)
			id, _, _ := wire.HashFile(io.NewSectionReader(src, 0, size), wire.Ordinary)
			u, err := c.Upload(t.Context(), "x", src, size, client.UploadOptions{})
			if err != nil || u.ID != id || u.Size != size {
				t.Fatalf("%d bytes: %+v, %v", size, u, err)
			}
			if err := c.Download(t.Context(), id, "", size, newFile(t), nil); err != nil {
				t.Errorf("%d bytes: %v", size, err)
			}
		})
	}
}

// givenUp cancels an upload in its middle. The node keeps the session for two
// minutes, and the next upload of the same file waits for that.
func givenUp(t *testing.T, n network.Network, key stratos.PrivateKey) {
	if os.Getenv("STOS_NIGHTLY") == "" {
		t.Skip("takes two minutes")
	}
	c, data := newClient(t, n, key), random(3*wire.UploadPiece)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := c.Upload(ctx, "x", bytes.NewReader(data), int64(len(data)), client.UploadOptions{Progress: func(int64, int64) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	began := time.Now()
	u, err := c.Upload(t.Context(), "x", bytes.NewReader(data), int64(len(data)), client.UploadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("stored %v later", time.Since(began).Round(time.Second))
	download(t, c, u, data)
}

// endless is a file without an end, of bytes that follow from its number.
type endless byte

func (e endless) ReadAt(p []byte, at int64) (int, error) {
	for i := range p {
		p[i] = byte(at+int64(i))*31 + byte((at+int64(i))>>11) + byte(e)
	}
	return len(p), nil
}
