package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

const (
	searchGoal = 50.0 // ms for any search of 100,000 entries
	payments   = 20
)

// walletGroup reports what a user of the wallet waits for: searching a long
// history, unlocking, the start of the local chain, and a payment.
func walletGroup(ctx context.Context, emit func(figure)) error {
	dir, err := os.MkdirTemp("", "bench-wallet-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := benchmarks(ctx, "./wallet/history", "Search", "10x", func(name string, value float64, unit string) {
		if unit == "ns/op" {
			emit(figure{Name: "history: search 100,000 entries, " + name, Unit: "ms", Ours: value / 1e6}.atMost(searchGoal))
		}
	}); err != nil {
		return err
	}
	if err := benchmarks(ctx, "./wallet/vault", "Unlock", "10x", func(_ string, value float64, unit string) {
		switch unit {
		case "ns/op":
			emit(figure{Name: "vault: unlock", Unit: "s", Ours: value / 1e9})
		case "MiB", "passes":
			emit(figure{Name: "vault: cost of a guess", Unit: unit, Ours: value})
		}
	}); err != nil {
		return err
	}
	return payGroup(ctx, dir, emit)
}

// payGroup starts a local network and pays on it.
func payGroup(ctx context.Context, dir string, emit func(figure)) error {
	began := time.Now()
	n, err := startNetwork(ctx, dir)
	if err != nil {
		return err
	}
	defer n.stop()
	emit(figure{Name: "local chain: start until ready", Unit: "s", Ours: time.Since(began).Seconds()})
	took, err := n.pay(ctx, payments)
	if err != nil {
		return fmt.Errorf("pay: %w", err)
	}
	slices.Sort(took)
	emit(figure{Name: "payment: sent until in a block, median", Unit: "s", Ours: took[len(took)/2].Seconds()})
	emit(figure{Name: "payment: sent until in a block, worst", Unit: "s", Ours: took[len(took)-1].Seconds()})
	return nil
}

// pay makes payments one after the other and returns how long each took.
func (n *localNetwork) pay(ctx context.Context, count int) ([]time.Duration, error) {
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	other, err := newKey()
	if err != nil {
		return nil, err
	}
	c, err := chain.New(chain.Options{Network: n.Network, Poll: 20 * time.Millisecond})
	if err != nil {
		return nil, err
	}
	if _, err := c.Credit(ctx, key.Address(), stratos.Amount{}); err != nil {
		return nil, err
	}
	var took []time.Duration
	for range count {
		p, err := c.Preview(ctx, key.Public(), chain.Transfer{From: key.Address(), To: other.Address(), Amount: stratos.WeiAmount(1)}, "")
		if err != nil {
			return nil, err
		}
		began := time.Now()
		if _, err := c.Send(ctx, p, key, nil); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}

// benchmarks runs Go benchmarks of a package and tells every figure of them.
func benchmarks(ctx context.Context, dir, pattern, times string, tell func(name string, value float64, unit string)) error {
	cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", pattern, "-benchtime", times, dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("run the benchmarks of %s: %w", dir, err)
	}
	found := false
	for scan := bufio.NewScanner(bytes.NewReader(out)); scan.Scan(); {
		fields := strings.Fields(scan.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		_, name, _ := strings.Cut(fields[0], "/")
		if at := strings.LastIndex(name, "-"); at > 0 {
			name = name[:at] // the number of processors
		}
		for i := 2; i+1 < len(fields); i += 2 {
			if value, err := strconv.ParseFloat(fields[i], 64); err == nil {
				tell(name, value, fields[i+1])
				found = true
			}
		}
	}
	if !found {
		return fmt.Errorf("the benchmarks of %s told nothing", dir)
	}
	return nil
}
