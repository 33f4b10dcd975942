package meta

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, path string) *Meta {
	t.Helper()
	m, err := Open(t.Context(), path, Options{FlushEvery: time.Hour})
	must(t, err)
	return m
}

func newMeta(t *testing.T) *Meta {
	t.Helper()
	m := open(t, filepath.Join(t.TempDir(), "meta.db"))
	t.Cleanup(func() { must(t, m.Close()) })
	return m
}

func prepay(height int64, index int, to string, noz int64) Prepay {
	return Prepay{Height: height, TxHash: "AB", Index: index, Sender: "s", Beneficiary: to, Wei: big.NewInt(1), Noz: big.NewInt(noz)}
}

func (m *Meta) noz(t *testing.T, wallet string) int64 {
	t.Helper()
	a, err := m.Account(t.Context(), wallet)
	must(t, err)
	return a.Noz.Int64()
}

func upload(owner, hash string, sequence int64, slices ...Slice) Upload {
	return Upload{
		Owner: owner, Hash: hash, Name: "n-" + hash, Size: 10, Sequence: SequenceText(sequence),
		Price: big.NewInt(50), Slices: slices,
	}
}

func TestPrepayIsCreditedOnce(t *testing.T) {
	m := newMeta(t)
	for range 3 {
		for i := range 4 {
			must(t, m.CreditPrepay(t.Context(), prepay(int64(5+i/2), i%2, "w", 100)))
		}
	}
	if got := m.noz(t, "w"); got != 400 {
		t.Errorf("balance %d", got)
	}
	if h, err := m.PrepayHeight(t.Context()); err != nil || h != 6 {
		t.Errorf("height %d, %v", h, err)
	}
}

func TestBalanceBeyond64Bits(t *testing.T) {
	m := newMeta(t)
	huge, _ := new(big.Int).SetString("340282366920938463463374607431768211456", 10)
	p := prepay(1, 0, "w", 0)
	p.Noz = huge
	must(t, m.CreditPrepay(t.Context(), p))
	must(t, m.Charge(t.Context(), "w", SequenceText(1), big.NewInt(1)))
	a, err := m.Account(t.Context(), "w")
	must(t, err)
	if a.Noz.Add(a.Noz, big.NewInt(1)).Cmp(huge) != 0 || a.Sequence != "SN:0000000000000000002" {
		t.Errorf("account %+v", a)
	}
}

func TestChargeRefuses(t *testing.T) {
	m := newMeta(t)
	must(t, m.CreditPrepay(t.Context(), prepay(1, 0, "w", 10)))
	for _, c := range []struct {
		sequence string
		price    int64
		want     error
	}{
		{"SN:0000000000000000002", 1, BadSignature},
		{"", 1, BadSignature},
		{"SN:0000000000000000001", 11, NoOzone},
		{"SN:0000000000000000001", 10, nil},
		{"SN:0000000000000000001", 0, BadSignature},
		{"SN:0000000000000000002", 1, NoOzone},
	} {
		if err := m.Charge(t.Context(), "w", c.sequence, big.NewInt(c.price)); !errors.Is(err, c.want) {
			t.Errorf("%s %d: %v", c.sequence, c.price, err)
		}
	}
}

// TestConcurrentCharges: a number is good for one charge, and no noz appears
// or vanishes.
func TestConcurrentCharges(t *testing.T) {
	m := newMeta(t)
	must(t, m.CreditPrepay(t.Context(), prepay(1, 0, "w", 1000)))
	var wait sync.WaitGroup
	var mu sync.Mutex
	paid := 0
	for range 8 {
		wait.Go(func() {
			for range 20 {
				a, err := m.Account(t.Context(), "w")
				if err == nil && m.Charge(t.Context(), "w", a.Sequence, big.NewInt(7)) == nil {
					mu.Lock()
					paid++
					mu.Unlock()
				}
			}
		})
	}
	wait.Wait()
	a, err := m.Account(t.Context(), "w")
	must(t, err)
	if a.Noz.Int64() != 1000-7*int64(paid) || a.Sequence != SequenceText(int64(paid)+1) || paid == 0 {
		t.Errorf("%d charges, account %+v", paid, a)
	}
}

func TestUnfinishedUploadsAreGivenBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "meta.db")
	m := open(t, path)
	must(t, m.CreditPrepay(t.Context(), prepay(1, 0, "w", 1000)))
	slice := Slice{Number: 1, Hash: "h", Size: 10, Nodes: []string{"n1", "n2"}}
	must(t, m.AcceptUpload(t.Context(), upload("w", "done", 1, slice)))
	must(t, m.AcceptUpload(t.Context(), upload("w", "open", 2)))
	if f, err := m.File(t.Context(), "w", "open"); err != nil || f.State != wire.StateUploading {
		t.Errorf("file %+v, %v", f, err)
	}
	if got := m.noz(t, "w"); got != 900 {
		t.Errorf("balance %d", got)
	}
	must(t, m.Close())
	m = open(t, path)
	defer m.Close()
	if _, err := m.File(t.Context(), "w", "open"); !errors.Is(err, NoFile) {
		t.Errorf("the unfinished file is there: %v", err)
	}
	if f, err := m.File(t.Context(), "w", "done"); err != nil || f.State != wire.StateFinished {
		t.Errorf("the finished file: %+v, %v", f, err)
	}
	if got := m.noz(t, "w"); got != 950 {
		t.Errorf("balance after the restart %d", got)
	}
}

func TestFinishAndDrop(t *testing.T) {
	m := newMeta(t)
	must(t, m.CreditPrepay(t.Context(), prepay(1, 0, "w", 1000)))
	must(t, m.AcceptUpload(t.Context(), upload("w", "a", 1)))
	must(t, m.AcceptUpload(t.Context(), upload("w", "b", 2)))
	must(t, m.FinishUpload(t.Context(), "w", "a", []Slice{
		{Number: 1, Hash: "s1", Size: 7, Nodes: []string{"n1", "n2", "n3"}},
		{Number: 2, Hash: "s2", Start: 7, Size: 3, Nodes: []string{"n1", "n2"}},
	}))
	must(t, m.DropUpload(t.Context(), "w", "a")) // finished: stays
	must(t, m.DropUpload(t.Context(), "w", "b"))
	f, err := m.File(t.Context(), "w", "a")
	must(t, err)
	if n, err := m.Replicas(t.Context(), f.ID); err != nil || n != 2 {
		t.Errorf("%d replicas, %v", n, err)
	}
	slices, err := m.Slices(t.Context(), f.ID)
	if err != nil || len(slices) != 2 || slices[1].Start != 7 || len(slices[0].Nodes) != 3 {
		t.Errorf("slices %+v, %v", slices, err)
	}
	if got := m.noz(t, "w"); got != 950 {
		t.Errorf("balance %d", got)
	}
	if err := m.AcceptUpload(t.Context(), upload("w", "a", 3)); err.Error() != "Same file with the name exists: n-a" {
		t.Errorf("again: %v", err)
	}
}

func TestMoveCopy(t *testing.T) {
	m := newMeta(t)
	must(t, m.CreditPrepay(t.Context(), prepay(1, 0, "w", 1000)))
	must(t, m.AcceptUpload(t.Context(), upload("w", "a", 1, Slice{Number: 1, Hash: "s", Size: 10, Nodes: []string{"n1", "n2"}})))
	moved, err := m.MoveCopy(t.Context(), "s", "n1", "n3")
	must(t, err)
	holders, err := m.Holders(t.Context(), "s")
	if err != nil || !moved || fmt.Sprint(holders) != "[n2 n3]" {
		t.Errorf("holders %v, moved %v, %v", holders, moved, err)
	}
	free, err := m.DeleteFile(t.Context(), "w", "a")
	if err != nil || len(free) != 2 {
		t.Errorf("freed %v, %v", free, err)
	}
	if moved, err := m.MoveCopy(t.Context(), "s", "n2", "n4"); err != nil || moved {
		t.Errorf("a slice that nobody needs was moved: %v", err)
	}
}

func TestLedgerSumsUp(t *testing.T) {
	path := filepath.Join(t.TempDir(), "meta.db")
	m := open(t, path)
	x := Traffic{Wallet: "w", Owner: "o", Hash: "h", Node: "n1", Kind: Down}
	y := x
	y.Node = "n2"
	for range 10 {
		m.Count(x, 3)
		m.Count(y, 5)
	}
	if n, err := m.TrafficSum(t.Context(), Traffic{Owner: "o"}); err != nil || n != 80 {
		t.Errorf("sum %d, %v", n, err)
	}
	m.Count(x, 1)
	must(t, m.Close())
	m = open(t, path)
	defer m.Close()
	if n, err := m.TrafficSum(context.Background(), x); err != nil || n != 31 {
		t.Errorf("sum after a restart %d, %v", n, err)
	}
}

func TestNewerDataIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "meta.db")
	m := open(t, path)
	_, err := m.db.Exec("PRAGMA user_version = 99")
	must(t, err)
	must(t, m.Close())
	if _, err := Open(t.Context(), path, Options{}); err == nil {
		t.Error("data of a newer program was opened")
	}
}
