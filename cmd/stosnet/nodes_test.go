package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// newUploader is an account with ozone on the network.
func newUploader(t *testing.T, p *testnet.Process, seed uint64) *uploader {
	t.Helper()
	u := &uploader{
		key: testnet.NewKey(t), seed: seed, finished: map[string]uint64{}, deleting: map[string]bool{}, sizes: map[string]int64{},
	}
	testnet.BuyOzone(t, p.Network, "100stos", u.key.Address())
	u.bought = u.awaitOzone(t, p.Network)
	return u
}

// holders are the names of the nodes with slices.
func holders(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "nodes", "*", "slices", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range found {
		names = append(names, filepath.Base(filepath.Dir(filepath.Dir(f))))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// TestAnyFourOfFiveHoldersStopped: one copy is enough, whichever it is.
func TestAnyFourOfFiveHoldersStopped(t *testing.T) {
	p := testnet.StartIn(t, t.TempDir())
	u := newUploader(t, p, 1)
	c := u.client(t, p.Network)
	defer c.Close()
	data := bytesOf(7)
	up, err := c.Upload(t.Context(), "f", bytes.NewReader(data), int64(len(data)), client.UploadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for want, says := range []string{"Epoch 1 is paid for, by transaction ", "There was no traffic since the last report"} {
		if out := on(t, p.Dir, "epoch", "close"); !strings.HasPrefix(out, says) {
			t.Errorf("call %d of epoch close: %s", want+1, out)
		}
	}
	names := holders(t, p.Dir)
	if len(names) != 5 {
		t.Fatalf("%d nodes hold the file", len(names))
	}
	for _, n := range names[1:] {
		on(t, p.Dir, "node", "stop", n)
	}
	for i, alive := range names {
		if i > 0 {
			on(t, p.Dir, "node", "start", alive)
			on(t, p.Dir, "node", "stop", names[i-1])
		}
		got := make(sink, len(data))
		if err := c.Download(t.Context(), up.ID, "", up.Size, got, nil); err != nil || !bytes.Equal(got, data) {
			t.Errorf("only node %s is there: %v", alive, err)
		}
	}
	off := 0
	for _, n := range nodesOf(t, p.Dir) {
		if n.State == "stopped" && !n.Online {
			off++
		}
	}
	if off != 4 {
		t.Errorf("%d nodes are off", off)
	}
	if r, code := checked(t, p.Dir); code != 0 || r.Files != 1 || r.Copies != 5 {
		t.Errorf("check: %d, %+v", code, r)
	}
}

// traffic uploads and downloads until ctx ends and expects every byte back.
func (u *uploader) traffic(ctx context.Context, t *testing.T, c *client.Client) {
	for ctx.Err() == nil {
		u.made++
		seed := u.seed<<20 | uint64(u.made)
		data := bytesOf(seed)
		up, err := c.Upload(ctx, fmt.Sprintf("f%d", u.made), bytes.NewReader(data), int64(len(data)), client.UploadOptions{})
		if err == nil {
			u.finished[up.ID] = seed
			got := make(sink, len(data))
			if err = c.Download(ctx, up.ID, "", up.Size, got, nil); err == nil && !bytes.Equal(got, data) {
				t.Errorf("file %d differs", u.made)
			}
		}
		if err != nil && ctx.Err() == nil {
			t.Errorf("file %d of %d bytes: %v", u.made, len(data), err)
		}
	}
}

// TestNodesComeAndGoUnderLoad: people see nothing of it.
func TestNodesComeAndGoUnderLoad(t *testing.T) {
	p := testnet.StartIn(t, t.TempDir(), "--nodes", "5", "--replicas", "3")
	users := []*uploader{newUploader(t, p, 1), newUploader(t, p, 2)}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var wait sync.WaitGroup
	for _, u := range users {
		c := u.client(t, p.Network)
		defer c.Close()
		wait.Go(func() { u.traffic(ctx, t, c) })
	}
	comeAndGo(t, p.Dir)
	cancel()
	wait.Wait()
	total := 0
	for _, u := range users {
		total += len(u.finished)
	}
	if total == 0 {
		t.Error("no file was finished")
	}
	awaitSound(t, p.Dir)
	before, err := network.Read(filepath.Join(p.Dir, network.FileName)) // with the new node
	if err != nil {
		t.Fatal(err)
	}
	p.Stop()
	if r, code := checked(t, p.Dir); code != 0 || r.Files < int64(total) || r.Copies < 3*int64(total) {
		t.Errorf("check of the resting network: %d, %d files finished, %+v", code, total, r)
	}
	p.Again()
	if !slices.Equal(before.Nodes, p.Network.Nodes) {
		t.Errorf("other nodes after the restart: %+v, before: %+v", p.Network.Nodes, before.Nodes)
	}
	for _, u := range users {
		c := u.client(t, p.Network)
		for id, seed := range u.finished {
			want := bytesOf(seed)
			got := make(sink, len(want))
			if err := c.Download(t.Context(), id, "", int64(len(want)), got, nil); err != nil || sha256.Sum256(got) != sha256.Sum256(want) {
				t.Errorf("a finished file of %d bytes: %v", len(want), err)
			}
		}
		c.Close()
	}
}

// comeAndGo does everything that can be done to nodes.
func comeAndGo(t *testing.T, dir string) {
	t.Helper()
	on(t, dir, "node", "stop", "3")
	on(t, dir, "node", "add", "--capacity", "10GB", "--tier", "1")
	on(t, dir, "node", "start", "3")
	if said := on(t, dir, "node", "drain", "2"); !strings.Contains(said, "is empty") {
		t.Errorf("drain: %s", said)
	}
	on(t, dir, "node", "drain", "4", "--background")
	on(t, dir, "node", "start", "4") // it is kept after all
	on(t, dir, "node", "rm", "2")
	on(t, dir, "node", "rm", "1") // with what is on it
	var names []string
	for _, n := range nodesOf(t, dir) {
		names = append(names, n.Name)
		if n.State != "active" || n.Draining {
			t.Errorf("node %+v", n)
		}
		if n.Name == "6" && (n.Capacity != 1e10 || n.InitialTier != 1) {
			t.Errorf("the new node: %+v", n)
		}
	}
	if !slices.Equal(names, []string{"3", "4", "5", "6"}) {
		t.Errorf("nodes %v", names)
	}
	if r := run(t, "node", "rm", "2", "--dir", dir); r.code != 2 || !strings.Contains(r.err, `There is no storage node "2"`) {
		t.Errorf("removed twice: %d, %s", r.code, r.err)
	}
	for _, name := range []string{"1", "2"} {
		if _, err := os.Stat(filepath.Join(dir, "nodes", name)); !os.IsNotExist(err) {
			t.Errorf("the folder of node %s is left: %v", name, err)
		}
	}
}
