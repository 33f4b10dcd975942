package repo

import (
	"bytes"
	"errors"
	"math/rand"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
)

func TestSpoolFileHoldsWhatWasWritten(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for _, size := range []int{0, 1, spoolBlock - 1, spoolBlock, spoolBlock + 1, 3*spoolBlock + 17, 9 * spoolBlock} {
		path := filepath.Join(t.TempDir(), "pack")
		f, err := disk.OS{}.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		want := make([]byte, size)
		rng.Read(want)
		s := newSpoolFile(f)
		for left := want; len(left) > 0; {
			p := bytes.Clone(left[:min(len(left), 1+rng.Intn(2*spoolBlock))])
			if n, err := s.Write(p); n != len(p) || err != nil {
				t.Fatal(n, err)
			}
			left = left[len(p):]
			clear(p) // what was written must not be needed any more
		}
		if err := s.finish(true); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: %d came, %v", size, len(got), err)
		}
	}
}

var errFull = errors.New("disk is full")

// fullDisk is a file on a disk with no room.
type fullDisk struct{ disk.File }

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }
func (fullDisk) Close() error              { return nil }

func TestSpoolFileTellsWhatWentWrong(t *testing.T) {
	s := newSpoolFile(fullDisk{})
	if _, err := s.Write(make([]byte, 20*spoolBlock)); err != nil {
		t.Fatal(err)
	}
	if err := s.finish(true); !errors.Is(err, errFull) {
		t.Error(err)
	}
}
