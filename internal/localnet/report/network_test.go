package report_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// ask reads a REST path of the chain.
func ask(n network.Network, path string, into any) error {
	reply, err := http.Get(n.REST + path)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	return json.NewDecoder(reply.Body).Decode(into)
}

// left is the ozone that can be sold, less that which deposits of nodes add.
func left(t *testing.T, n network.Network) int64 {
	t.Helper()
	var supply struct{ Remaining, Total string }
	if err := ask(n, "/stratos/sds/v1/noz_supply", &supply); err != nil {
		t.Fatal(err)
	}
	remaining, _ := strconv.ParseInt(supply.Remaining, 10, 64)
	total, _ := strconv.ParseInt(supply.Total, 10, 64)
	return remaining - total
}

func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("waited in vain until " + what)
}

// What people store on a real network and read from it comes back to the
// chain's ozone to the byte, across a kill, and the owners of the nodes earn.
func TestStoredBytesReachTheChain(t *testing.T) {
	p := testnet.StartIn(t, t.TempDir(), "--nodes", "3", "--replicas", "2", "--epoch", "1s")
	key := testnet.NewKey(t)
	testnet.BuyOzone(t, p.Network, "10stos", key.Address())
	sold := left(t, p.Network)
	put := func(seed byte, size int) client.Uploaded {
		t.Helper()
		c, err := client.New(client.Options{Gateways: p.Network.Gateways, Signer: wire.NewSigner(key), LockDir: t.TempDir(), TempDir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		content := make([]byte, size)
		_, _ = rand.NewChaCha8([32]byte{seed}).Read(content)
		up, err := c.Upload(t.Context(), "file", bytes.NewReader(content), int64(size), client.UploadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return up
	}
	put(1, 300_001)
	waitFor(t, "the first file is reported", func() bool { return left(t, p.Network)-sold == 2*300_001 })
	p.Kill()
	p.Again()
	put(2, 70_003)
	waitFor(t, "the second file is reported", func() bool { return left(t, p.Network)-sold == 2*(300_001+70_003) })

	var report struct {
		Info struct {
			Epoch, Hash string
		} `json:"report_info"`
	}
	if err := ask(p.Network, "/stratos/pot/v1/volume_report/0", &report); err != nil || report.Info.Epoch == "0" {
		t.Errorf("the last report %+v, %v", report, err)
	}
	var mined struct {
		Total struct{ Amount string } `json:"total_mined_token"`
	}
	if err := ask(p.Network, "/stratos/pot/v1/total_mined_token", &mined); err != nil || len(mined.Total.Amount) < 20 {
		t.Errorf("mined %+v, %v", mined, err)
	}
}
