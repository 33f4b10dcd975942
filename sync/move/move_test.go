package move_test

import (
	"errors"
	"fmt"
	"math/rand"
	"os"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/move"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/space"
	"github.com/stratosdrive/stratosdrive/sync/testdrive"
)

func equal(t *testing.T, seed int64, from, to *repo.Repo) {
	t.Helper()
	want, got := past(t, from), past(t, to)
	if len(want) != len(got) {
		t.Fatalf("seed %d: %d states, want %d", seed, len(got), len(want))
	}
	left := map[string]int{}
	for _, s := range want {
		left[s]++
	}
	for _, s := range got {
		if left[s]--; left[s] < 0 {
			t.Fatalf("seed %d: a state that was none:\n%s", seed, s)
		}
	}
	v, err := to.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if r, err := space.DecodeRetention(v.Settings[space.SettingRetention].Value); err != nil || r.All != 77 {
		t.Errorf("seed %d: retention %+v, %v", seed, r, err)
	}
}

var errCut = errors.New("cut")

// Wherever a move is cut off, and as often as that may be, in the end the new
// drive is the old one, its past included, and no pack was sent twice.
func TestMovedWhereverItIsCut(t *testing.T) {
	for seed := range seeds() {
		net, _ := source(t, seed, 3)
		from := reader(t, net)
		for name, secret := range map[string][]byte{"same key": testdrive.Secret(), "other key": nextSecret} {
			t.Run(fmt.Sprint(seed, " ", name), func(t *testing.T) {
				x := newTarget(t, seed, secret)
				moveInPieces(t, x, from, rand.New(rand.NewSource(seed)))
				for id, n := range x.net.Uploads() {
					if n > 1 {
						t.Errorf("seed %d: %s was sent %d times", seed, id, n)
					}
				}
				equal(t, seed, from, x.fresh(t))
			})
		}
	}
}

func seeds() int64 {
	if os.Getenv("STOS_NIGHTLY") == "1" {
		return 40
	}
	return 2
}

// moveInPieces cuts a move at each of its calls, before it takes effect or after,
// and goes on with what is left.
func moveInPieces(t *testing.T, x *target, from *repo.Repo, rng *rand.Rand) {
	for try := 0; ; try++ {
		cut, after, calls := 1+try, rng.Intn(2) == 0, 0
		x.net.SetFault(func(c memremote.Call, late bool) error {
			if !late {
				calls++
			}
			if calls >= cut && late == after {
				return fmt.Errorf("%w: %w", repo.ErrOffline, errCut)
			}
			return nil
		})
		to := x.open(t)
		_, err := copyDrive(t, from, to)
		if cerr := to.Close(); cerr != nil {
			t.Fatal(cerr)
		}
		if err == nil {
			x.net.SetFault(nil)
			return
		}
		if !errors.Is(err, errCut) || try > 300 {
			t.Fatal(try, err)
		}
	}
}

// What was moved is not moved again; what changed since is.
func TestMovedTwice(t *testing.T) {
	net, a := source(t, 7, 2)
	from, x := reader(t, net), newTarget(t, 7, nextSecret)
	to := x.open(t)
	if r, err := copyDrive(t, from, to); err != nil || r.States == 0 || r.Files == 0 {
		t.Fatal(r, err)
	}
	sent := x.net.Sent()
	if r, err := copyDrive(t, from, to); err != nil || r != (move.Result{}) || x.net.Sent() != sent {
		t.Error(r, err, x.net.Sent()-sent)
	}
	a.Text("later.txt", "written after the move")
	testdrive.Round(t, a)
	if _, err := from.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := copyDrive(t, from, to); err != nil {
		t.Fatal(err)
	}
	equal(t, 7, from, x.fresh(t))
}

// However long a move takes, it ends: nobody else speaks of the new drive before
// its head is there.
func TestMoveThatTakesLong(t *testing.T) {
	net, _ := source(t, 7, 1)
	from, x := reader(t, net), newTarget(t, 7, nextSecret)
	at := time.Now()
	x.now = func() time.Time { at = at.Add(2 * time.Hour); return at }
	if _, err := copyDrive(t, from, x.open(t)); err != nil {
		t.Fatal(err)
	}
	equal(t, 7, from, x.fresh(t))
}

// The second device follows the first one: it sends nothing.
func TestMovedByAnotherDevice(t *testing.T) {
	net, _ := source(t, 7, 1)
	from, x := reader(t, net), newTarget(t, 7, nextSecret)
	if _, err := copyDrive(t, from, x.open(t)); err != nil {
		t.Fatal(err)
	}
	sent := x.net.Sent()
	if r, err := copyDrive(t, from, x.fresh(t)); err != nil || r != (move.Result{}) || x.net.Sent() != sent {
		t.Error(r, err, x.net.Sent()-sent)
	}
}

// A drive that is there already is never mixed with another one.
func TestNeverIntoAnotherDrive(t *testing.T) {
	net, _ := source(t, 8, 1)
	other, _ := source(t, 9, 1)
	x := newTarget(t, 8, testdrive.Secret())
	x.net = other
	sent := other.Sent()
	if _, err := copyDrive(t, reader(t, net), x.open(t)); !errors.Is(err, move.ErrTaken) || other.Sent() != sent {
		t.Error(err, other.Sent()-sent)
	}
	empty := newTarget(t, 1, testdrive.Secret())
	if _, err := copyDrive(t, empty.fresh(t), x.open(t)); !errors.Is(err, move.ErrEmpty) {
		t.Error(err)
	}
}

// A state of long ago whose files the network has lost does not keep the rest.
func TestWhatIsLostIsLeftOut(t *testing.T) {
	net := memremote.New(1)
	a := testdrive.New(t, net, "a")
	a.Text("note.txt", "first")
	testdrive.Round(t, a)
	a.Write("big.bin", testdrive.Noise(1, 2<<20))
	testdrive.Round(t, a)
	lost := largest(t, net)
	a.Remove("big.bin")
	a.Text("note.txt", "second")
	testdrive.Round(t, a)
	if err := net.Delete(t.Context(), lost); err != nil {
		t.Fatal(err)
	}
	x := newTarget(t, 1, nextSecret)
	r, err := copyDrive(t, reader(t, net), x.open(t))
	if err != nil || r.Lost != 1 || r.Files != 2 || r.States != 3 {
		t.Fatalf("%+v %v", r, err)
	}
	if states := past(t, x.fresh(t)); len(states) != r.States {
		t.Error(len(states), "states are left of", r.States)
	}
}

func largest(t *testing.T, net *memremote.Net) (id string) {
	list, err := net.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	size := int64(0)
	for _, f := range list {
		if f.Size > size {
			id, size = f.ID, f.Size
		}
	}
	return id
}

// The folder goes on with the new drive: nothing in it is sent or fetched.
func TestFolderGoesOn(t *testing.T) {
	_, a := source(t, 3, 3)
	x := newTarget(t, 3, nextSecret)
	to := x.open(t)
	if _, err := a.Engine.MoveTo(t.Context(), to, nil); err != nil {
		t.Fatal(err)
	}
	if a.Engine.HandedOver(to) {
		t.Error("before it was")
	}
	if err := a.Engine.HandOver(t.Context(), to, x.state); err != nil || !a.Engine.HandedOver(to) {
		t.Fatal(err)
	}
	if _, err := a.Engine.SyncOnce(t.Context()); err == nil {
		t.Error("the old drive still takes the folder")
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	sent := x.net.Sent()
	e := x.next(t, a.Root)
	s, err := e.SyncOnce(t.Context())
	if err != nil || s.Published || s.Uploaded+s.Downloaded+s.Moved+s.Deleted != 0 || x.net.Sent() != sent {
		t.Errorf("%+v, %d bytes sent, %v", s, x.net.Sent()-sent, err)
	}
}
