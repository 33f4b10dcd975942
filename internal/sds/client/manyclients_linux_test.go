package client_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// networkMemory is what a whole local network, its chain included, may keep
// resident, in bytes.
const networkMemory = 300 << 20

// TestMemoryOfTenClients uploads from ten accounts at once and looks at what
// the network keeps in memory. The content is made up as it is read.
func TestMemoryOfTenClients(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a network")
	}
	const clients = 10
	size := int64(6 << 20)
	if os.Getenv("STOS_NIGHTLY") != "" {
		size = 1 << 30
	}
	if text := os.Getenv("STOS_TEST_UPLOAD_MIB"); text != "" {
		mib, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		size = mib << 20
	}
	p := testnet.StartIn(t, t.TempDir(), "--replicas", "2") // as the app does, and the disk is not endless
	keys := make([]stratos.PrivateKey, clients)
	accounts := make([]stratos.Address, clients)
	for i := range keys {
		keys[i] = testnet.NewKey(t)
		accounts[i] = keys[i].Address()
	}
	testnet.BuyOzone(t, p.Network, "100stos", accounts...)
	began, idle := time.Now(), resident(t, p.Pid(), "VmRSS")
	var all sync.WaitGroup
	for i, key := range keys {
		c := newClient(t, p.Network, key)
		waitOzone(t, c)
		all.Go(func() {
			u, err := c.Upload(t.Context(), "x", madeUp(i), size, client.UploadOptions{})
			if err != nil || u.Replicas != 2 {
				t.Errorf("client %d: %+v, %v", i, u, err)
			}
		})
	}
	all.Wait()
	took, peak := time.Since(began), resident(t, p.Pid(), "VmHWM")
	t.Logf("%d uploads of %d MiB took %v; the network kept %d MiB, %d MiB at most; this process %d MiB at most", clients,
		size>>20, took.Round(time.Second), idle>>20, peak>>20, resident(t, os.Getpid(), "VmHWM")>>20)
	if peak > networkMemory {
		t.Errorf("%d bytes were resident", peak)
	}
}

// madeUp is an endless file that follows from its number.
type madeUp uint64

const madeUpBlock = 64 << 10

func (m madeUp) ReadAt(p []byte, at int64) (n int, err error) {
	for n < len(p) {
		var seed [32]byte
		binary.LittleEndian.PutUint64(seed[:], uint64(m))
		binary.LittleEndian.PutUint64(seed[8:], uint64(at/madeUpBlock))
		src := rand.NewChaCha8(seed)
		var skip [madeUpBlock]byte
		from := at % madeUpBlock
		_, _ = src.Read(skip[:])
		did := copy(p[n:], skip[from:])
		n, at = n+did, at+int64(did)
	}
	return n, nil
}

// resident reads a figure of a process, such as VmRSS, in bytes.
func resident(t *testing.T, pid int, name string) int64 {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("/proc", fmt.Sprint(pid), "status"))
	if err != nil {
		t.Fatal(err)
	}
	_, line, _ := strings.Cut(string(raw), name+":")
	line, _, _ = strings.Cut(line, "kB")
	kib, err := strconv.ParseInt(strings.TrimSpace(line), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kib << 10
}
