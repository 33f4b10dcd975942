//go:build unix

package client_test

import (
	"bytes"
	"syscall"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// BenchmarkTransfer reports MB/s and processor seconds of this process for
// 100 MiB up and down.
func BenchmarkTransfer(b *testing.B) {
	n := testnet.Start(b)
	key := testnet.NewKey(b)
	testnet.BuyOzone(b, n, "1000stos", key.Address())
	c := newClient(b, n, key)
	waitOzone(b, c)
	const size = 100 << 20
	b.SetBytes(2 * size)
	var up, down, upCPU, downCPU time.Duration
	for b.Loop() {
		data := random(size)
		began, cpu := time.Now(), cpuTime(b)
		u, err := c.Upload(b.Context(), "x", bytes.NewReader(data), size, client.UploadOptions{})
		if err != nil {
			b.Fatal(err)
		}
		up, upCPU = up+time.Since(began), upCPU+cpuTime(b)-cpu
		f := newFile(b)
		began, cpu = time.Now(), cpuTime(b)
		if err := c.Download(b.Context(), u.ID, "", size, f, nil); err != nil {
			b.Fatal(err)
		}
		down, downCPU = down+time.Since(began), downCPU+cpuTime(b)-cpu
	}
	for name, d := range map[string]time.Duration{"up-s/100MiB": up, "down-s/100MiB": down, "up-cpu-s/100MiB": upCPU, "down-cpu-s/100MiB": downCPU} {
		b.ReportMetric(d.Seconds()/float64(b.N), name)
	}
}

func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
