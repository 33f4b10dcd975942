package main

import (
	"bytes"
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// uploader is an account that stores files while the network dies again and
// again. What it was told is finished must be there for ever.
type uploader struct {
	key      stratos.PrivateKey
	seed     uint64
	made     int
	finished map[string]uint64 // content seed by file id
	spent    int64             // on downloads, in noz
	bought   *big.Int
}

// bytesOf is the content of a seed: sizes from one byte to 5 MB, most small.
func bytesOf(seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	b := make([]byte, 1+int(5e6*r.Float64()*r.Float64()*r.Float64()))
	rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8), byte(seed >> 16)}).Read(b)
	return b
}

func (u *uploader) client(t *testing.T, n network.Network) *client.Client {
	t.Helper()
	c, err := client.New(client.Options{Gateways: n.Gateways, Signer: wire.NewSigner(u.key)})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// load uploads one file after the other until the network is gone.
func (u *uploader) load(ctx context.Context, c *client.Client) {
	defer c.Close()
	for ctx.Err() == nil {
		u.made++
		seed := u.seed<<20 | uint64(u.made)
		data := bytesOf(seed)
		up, err := c.Upload(ctx, fmt.Sprintf("f%d", u.made), bytes.NewReader(data), int64(len(data)), client.UploadOptions{})
		if err == nil {
			u.finished[up.ID] = seed
		}
	}
}

// sink collects a download.
type sink []byte

func (s sink) WriteAt(p []byte, at int64) (int, error) { return copy(s[at:], p), nil }

// verify: every finished file is listed, every listed file is whole, and the
// account has paid for those and nothing else.
func (u *uploader) verify(t *testing.T, n network.Network, copies int64) {
	t.Helper()
	c := u.client(t, n)
	defer c.Close()
	files, err := c.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	listed, paid := map[string]bool{}, u.spent
	for _, f := range files {
		listed[f.ID] = true
		paid += f.Size * copies
		data := make(sink, f.Size)
		if err := c.Download(t.Context(), f.ID, "", f.Size, data, nil); err != nil {
			t.Errorf("%s of %d bytes: %v", f.Name, f.Size, err)
			continue
		}
		paid += f.Size
		u.spent += f.Size
		if seed, ok := u.finished[f.ID]; ok && !bytes.Equal(data, bytesOf(seed)) {
			t.Errorf("%s differs", f.Name)
		}
	}
	for id, seed := range u.finished {
		if !listed[id] {
			t.Errorf("a finished file of %d bytes is lost", len(bytesOf(seed)))
		}
	}
	ozone, err := c.Ozone(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if left := new(big.Int).Add(ozone.Noz, big.NewInt(paid)); left.Cmp(u.bought) != 0 {
		t.Errorf("%v noz were bought, %v are left and %d were paid for", u.bought, ozone.Noz, paid)
	}
}

// TestKilledUnderLoad kills the network at random moments while accounts
// upload. STOS_NIGHTLY makes it 200 times.
func TestKilledUnderLoad(t *testing.T) {
	rounds := 4
	if os.Getenv("STOS_NIGHTLY") != "" {
		rounds = 200
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	moments := rand.New(rand.NewPCG(seed, 0))
	p := testnet.StartIn(t, t.TempDir(), "--replicas", "3")
	var all []*uploader
	for i := range 3 {
		u := &uploader{key: testnet.NewKey(t), seed: uint64(i), finished: map[string]uint64{}}
		testnet.BuyOzone(t, p.Network, "100stos", u.key.Address())
		u.bought = u.awaitOzone(t, p.Network)
		all = append(all, u)
	}
	total := 0
	for round := range rounds {
		killUnderLoad(t, p, all, time.Duration(200+moments.IntN(1300))*time.Millisecond)
		total = 0
		for _, u := range all {
			u.verify(t, p.Network, 3)
			total += len(u.finished)
		}
		checkStore(t, p.Dir)
		t.Logf("kill %d: %d files finished so far", round+1, total)
	}
	if total == 0 {
		t.Error("no file was ever finished")
	}
}

func killUnderLoad(t *testing.T, p *testnet.Process, all []*uploader, after time.Duration) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var wait sync.WaitGroup
	for _, u := range all {
		c := u.client(t, p.Network)
		wait.Go(func() { u.load(ctx, c) })
	}
	time.Sleep(after) // the moment of death is random
	p.Kill()
	cancel()
	wait.Wait()
	p.Again()
}

func (u *uploader) awaitOzone(t *testing.T, n network.Network) *big.Int {
	t.Helper()
	c := u.client(t, n)
	defer c.Close()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if o, err := c.Ozone(t.Context()); err == nil && o.Noz.Sign() > 0 {
			return o.Noz
		}
	}
	t.Fatal("the bought ozone does not come")
	return nil
}

// checkStore: nothing half lies about after a start.
func checkStore(t *testing.T, dir string) {
	t.Helper()
	for _, pattern := range []string{"nodes/*/tmp/*", "gateway/spool/*"} {
		left, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(left) != 0 {
			t.Errorf("left over: %v, %v", left, err)
		}
	}
}

func TestDefaultsAreThoseOfTheDesign(t *testing.T) {
	f := upCommand().Flags()
	for name, want := range map[string]string{"nodes": "8", "replicas": "5", "ports": "", "faithful": "false"} {
		if got := f.Lookup(name).DefValue; got != want {
			t.Errorf("--%s is %q", name, got)
		}
	}
	if localnet.DefaultReplicas > localnet.DefaultNodes {
		t.Error("more copies than nodes")
	}
}
