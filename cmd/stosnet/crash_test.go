package main

import (
	"bytes"
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
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
// again. What it was told is finished must be there until it is deleted.
type uploader struct {
	key      stratos.PrivateKey
	seed     uint64
	made     int
	finished map[string]uint64 // content seed by file id
	deleting map[string]bool   // nobody knows whether those are deleted
	sizes    map[string]int64  // of all files that were seen
	spent    int64             // on downloads and on files that are deleted, in noz
	bought   *big.Int
}

// mostFiles bounds what an account has, so that many rounds take no longer
// than few.
const mostFiles = 12

// killCopies is how many copies the network of the kills makes.
const killCopies = 3

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

// load deletes what is too much, and then uploads one file after the other
// until the network is gone.
func (u *uploader) load(ctx context.Context, c *client.Client) {
	defer c.Close()
	for id := range u.finished {
		if len(u.finished) <= mostFiles || ctx.Err() != nil {
			break
		}
		u.deleting[id] = true
		delete(u.finished, id)
		if c.Delete(ctx, id) == nil {
			u.forget(id)
		}
	}
	for ctx.Err() == nil {
		u.made++
		seed := u.seed<<20 | uint64(u.made)
		data := bytesOf(seed)
		up, err := c.Upload(ctx, fmt.Sprintf("f%d", u.made), bytes.NewReader(data), int64(len(data)), client.UploadOptions{})
		if err == nil {
			u.finished[up.ID], u.sizes[up.ID] = seed, up.Size
		}
	}
}

// forget notes that a file is deleted: what it cost is not given back.
func (u *uploader) forget(id string) {
	u.spent += u.sizes[id] * killCopies
	delete(u.deleting, id)
}

// sink collects a download.
type sink []byte

func (s sink) WriteAt(p []byte, at int64) (int, error) { return copy(s[at:], p), nil }

// verify: every finished file is listed, every listed file is whole, and the
// account has paid for those and nothing else.
func (u *uploader) verify(t *testing.T, n network.Network) {
	c := u.client(t, n)
	defer c.Close()
	files, err := c.List(t.Context())
	if err != nil {
		t.Error(err)
		return
	}
	listed, paid := map[string]bool{}, int64(0)
	for _, f := range files {
		listed[f.ID] = true
		paid += f.Size * killCopies
		u.sizes[f.ID] = f.Size
		u.compare(t, c, f)
	}
	for id, seed := range u.finished {
		if !listed[id] {
			t.Errorf("a finished file of %d bytes is lost", len(bytesOf(seed)))
		}
	}
	for id := range u.deleting {
		if !listed[id] {
			u.forget(id)
		}
	}
	ozone, err := c.Ozone(t.Context())
	if err != nil {
		t.Error(err)
		return
	}
	if left := new(big.Int).Add(ozone.Noz, big.NewInt(paid+u.spent)); left.Cmp(u.bought) != 0 {
		t.Errorf("%v noz were bought, %v are left and %d were paid for", u.bought, ozone.Noz, paid+u.spent)
	}
}

// compare downloads a file. One whose upload nobody heard the end of is the
// account's from now on.
func (u *uploader) compare(t *testing.T, c *client.Client, f client.File) {
	data := make(sink, f.Size)
	if err := c.Download(t.Context(), f.ID, "", f.Size, data, nil); err != nil {
		t.Errorf("%s of %d bytes: %v", f.Name, f.Size, err)
		return
	}
	u.spent += f.Size
	var made uint64
	_, err := fmt.Sscanf(f.Name, "f%d", &made)
	seed := u.seed<<20 | made
	if err != nil || !bytes.Equal(data, bytesOf(seed)) {
		t.Errorf("%s differs", f.Name)
	}
	if !u.deleting[f.ID] {
		u.finished[f.ID] = seed
	}
}

// TestKilledUnderLoad kills the network at random moments while accounts
// upload and delete, and in every other round nodes come and go as well.
// STOS_NIGHTLY makes it 200 times, on two networks.
func TestKilledUnderLoad(t *testing.T) {
	worlds, rounds := uint64(1), 4
	if os.Getenv("STOS_NIGHTLY") != "" {
		worlds, rounds = 2, 100
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	for i := range worlds {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			killWorld(t, rounds, rand.New(rand.NewPCG(seed, i)))
		})
	}
}

func killWorld(t *testing.T, rounds int, chance *rand.Rand) {
	t.Helper()
	p := testnet.StartIn(t, t.TempDir(), "--nodes", "6", "--replicas", strconv.Itoa(killCopies))
	var all []*uploader
	for i := range uint64(3) {
		all = append(all, newUploader(t, p, i))
	}
	changes := 0
	for round := range rounds {
		churn := round%2 == 1
		changes += killUnderLoad(t, p, all, time.Duration(200+chance.IntN(1300))*time.Millisecond, churn, chance.Uint64())
		checkKilled(t, p.Dir, churn)
		p.Again()
		switchOn(t, p.Dir)
		total := verifyAll(t, p, all)
		awaitSound(t, p.Dir)
		awaitTidy(t, p.Dir)
		t.Logf("kill %d: %d files, %d uploads and %d changes of nodes so far", round+1, total, uploads(all), changes)
		if t.Failed() {
			return
		}
	}
	if uploads(all) == 0 || changes == 0 {
		t.Errorf("only %d uploads and %d changes of nodes", uploads(all), changes)
	}
}

func uploads(all []*uploader) (made int) {
	for _, u := range all {
		made += u.made
	}
	return made
}

func verifyAll(t *testing.T, p *testnet.Process, all []*uploader) (files int) {
	t.Helper()
	var wait sync.WaitGroup
	for _, u := range all {
		wait.Go(func() { u.verify(t, p.Network) })
	}
	wait.Wait()
	for _, u := range all {
		files += len(u.finished)
	}
	return files
}

// killUnderLoad returns how many changes of nodes the network accepted.
func killUnderLoad(t *testing.T, p *testnet.Process, all []*uploader, after time.Duration, churn bool, seed uint64) (changes int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var wait sync.WaitGroup
	for _, u := range all {
		c := u.client(t, p.Network)
		wait.Go(func() { u.load(ctx, c) })
	}
	if churn {
		wait.Go(func() { changes = changeNodes(ctx, p.Dir, rand.New(rand.NewPCG(seed, 0))) })
	}
	time.Sleep(after) // the moment of death is random
	p.Kill()
	cancel()
	wait.Wait()
	return changes
}

// checkKilled proves the store of a killed network as it lies there. When
// nodes came and went, copies may still be missing: they are made again after
// the start.
func checkKilled(t *testing.T, dir string, churn bool) {
	t.Helper()
	r, code := checked(t, dir)
	for _, problem := range r.Problems {
		if !churn || !strings.HasSuffix(problem, fmt.Sprintf(" of %d copies.", killCopies)) {
			t.Errorf("after the kill: %s", problem)
		}
	}
	if (code == 0) != (len(r.Problems) == 0) {
		t.Errorf("the check ended with %d after %d problems", code, len(r.Problems))
	}
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

// awaitTidy: nothing half lies about when nobody stores anything and all
// repairs have ended.
func awaitTidy(t *testing.T, dir string) {
	t.Helper()
	var left []string
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		left = nil
		for _, pattern := range []string{"nodes/*/tmp/*", "gateway/spool/*"} {
			found, err := filepath.Glob(filepath.Join(dir, pattern))
			if err != nil {
				t.Fatal(err)
			}
			left = append(left, found...)
		}
		if len(left) == 0 {
			return
		}
	}
	t.Errorf("left over: %v", left)
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
