package client_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// workerEnv holds the order of a worker process.
const workerEnv = "STOS_TEST_STORAGE_WORKER"

type workerOrder struct {
	Network network.Network
	Key     string // hex
	Seed    uint64
	Calls   int // billed: one half uploads, the other downloads
}

type workerReport struct{ Calls, Content, Sent int64 }

// TestTwoProcesses lets two processes with lock folders of their own, as two
// machines have, use one account at the same time. The network accepts each
// number once. All succeeds, and not much is sent again.
func TestTwoProcesses(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a network")
	}
	calls := 24
	if os.Getenv("STOS_NIGHTLY") != "" {
		calls = 200
	}
	n, key := testnet.Start(t), testnet.NewKey(t)
	testnet.BuyOzone(t, n, "100stos", key.Address())
	waitOzone(t, newClient(t, n, key))
	twoProcesses(t, n, key, calls, mostSent)
}

// mostSent is how much of the content may be sent, in times of it.
const mostSent = 1.3

func twoProcesses(t *testing.T, n network.Network, key stratos.PrivateKey, calls int, most float64) {
	t.Helper()
	var all sync.WaitGroup
	for seed := range uint64(2) {
		all.Go(func() {
			r, err := runWorker(t, workerOrder{Network: n, Key: hex.EncodeToString(key.Bytes()), Seed: seed, Calls: calls})
			if err != nil {
				t.Error(err)
				return
			}
			ratio := float64(r.Sent) / float64(r.Content)
			t.Logf("process %d: %d billed calls, %d bytes of content, %.3f of it sent", seed, r.Calls, r.Content, ratio)
			if r.Calls != int64(calls) || ratio > most {
				t.Errorf("%d of %d calls, %.3f of the content sent", r.Calls, calls, ratio)
			}
		})
	}
	all.Wait()
}

func runWorker(t *testing.T, o workerOrder) (r workerReport, err error) {
	order, err := json.Marshal(o)
	if err != nil {
		return r, err
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestStorageWorker$", "-test.v")
	cmd.Env = append(os.Environ(), workerEnv+"="+string(order))
	out, err := cmd.CombinedOutput()
	_, line, ok := strings.Cut(string(out), "REPORT ")
	if err != nil || !ok {
		return r, fmt.Errorf("process %d: %w\n%s", o.Seed, errors.Join(err), out)
	}
	line, _, _ = strings.Cut(line, "\n")
	return r, json.Unmarshal([]byte(line), &r)
}

// TestStorageWorker is one of the processes of TestTwoProcesses.
func TestStorageWorker(t *testing.T) {
	text := os.Getenv(workerEnv)
	if text == "" {
		t.Skip("only as a part of TestTwoProcesses")
	}
	var o workerOrder
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatal(err)
	}
	raw, _ := hex.DecodeString(o.Key)
	key, err := stratos.NewPrivateKey(raw)
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(t, o.Network, key)
	var r struct{ calls, content, sent atomic.Int64 }
	var next atomic.Int64
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			for i := next.Add(1); i <= int64(o.Calls/2); i = next.Add(1) {
				size, sent := storeAndGet(t, c, o.Seed<<32|uint64(i))
				r.content.Add(size)
				r.sent.Add(sent)
				r.calls.Add(2)
			}
		})
	}
	all.Wait()
	report, _ := json.Marshal(workerReport{r.calls.Load(), r.content.Load(), r.sent.Load()})
	fmt.Printf("REPORT %s\n", report)
}

// storeAndGet uploads a file of its own and downloads it again. It returns its
// size and how many of its bytes were sent.
func storeAndGet(t *testing.T, c *client.Client, seed uint64) (size, sent int64) {
	src := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8), byte(seed >> 32)})
	data := make([]byte, 200_000+src.Uint64()%400_000)
	_, _ = src.Read(data)
	file := &countingFile{r: bytes.NewReader(data)}
	u, err := c.Upload(t.Context(), fmt.Sprintf("%x.bin", seed), file, int64(len(data)), client.UploadOptions{})
	if err != nil {
		t.Error(err)
		return 0, 0
	}
	back := make(writerAt, len(data))
	if err := c.Download(t.Context(), u.ID, "", u.Size, back, nil); err != nil || !bytes.Equal(back, data) {
		t.Errorf("%v, same content %v", err, bytes.Equal(back, data))
	}
	if id, _, _ := wire.HashFile(bytes.NewReader(data), wire.Ordinary); id != u.ID {
		t.Errorf("stored as %s", u.ID)
	}
	return u.Size, file.read.Load() - u.Size // it is read once more for the id
}

// countingFile counts what is read of a file.
type countingFile struct {
	r    io.ReaderAt
	read atomic.Int64
}

func (f *countingFile) ReadAt(p []byte, at int64) (int, error) {
	n, err := f.r.ReadAt(p, at)
	f.read.Add(int64(n))
	return n, err
}

// writerAt is a file in memory.
type writerAt []byte

func (w writerAt) WriteAt(p []byte, at int64) (int, error) { return copy(w[at:], p), nil }
func (w writerAt) ReadAt(p []byte, at int64) (int, error) {
	return bytes.NewReader(w).ReadAt(p, at)
}
