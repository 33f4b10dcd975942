package meta

import (
	"maps"
	"path/filepath"
	"testing"
	"time"
)

// TestAudience: plays are counted by day, part and link, the owner's own
// reading is not, and all of it is there after a restart.
func TestAudience(t *testing.T) {
	ctx, now := t.Context(), time.Unix(3*daySeconds+5, 0)
	path := filepath.Join(t.TempDir(), "meta.db")
	m, err := Open(ctx, path, Options{Clock: func() time.Time { return now }})
	must(t, err)
	view := func(part int, first, last bool) {
		m.Watched(View{Owner: "o", Hash: "h", Share: "s1", Part: part, First: first, Last: last})
	}
	read := func(wallet, hash string, bytes int64) {
		m.Count(Traffic{Wallet: wallet, Owner: "o", Hash: hash, Node: "n", Kind: Down}, bytes)
	}
	view(0, true, false)
	view(2, false, true)
	read("a", "h", 10)
	read("b", "h", 5)
	read("o", "h", 1000)
	m.SentBy("o", "h", "s1", 15)
	now = now.Add(24 * time.Hour)
	view(0, true, false)
	read("a", "h", 7)
	m.Watched(View{Owner: "another", Hash: "h", Share: "x", First: true})
	must(t, m.Close())
	m = open(t, path)
	defer m.Close()
	all, err := m.Audiences(ctx, "o")
	must(t, err)
	got := all["h"]
	if len(all) != 1 || got.Payers != 2 {
		t.Fatalf("%+v", got)
	}
	if want := map[int64]Attention{3: {Plays: 1, Ends: 1, Bytes: 15}, 4: {Plays: 1, Bytes: 7}}; !maps.Equal(got.Days, want) {
		t.Errorf("days %v, want %v", got.Days, want)
	}
	if want := map[int]int64{0: 2, 2: 1}; !maps.Equal(got.Parts, want) {
		t.Errorf("parts %v, want %v", got.Parts, want)
	}
	if want := map[string]Attention{"s1": {Plays: 2, Bytes: 15}}; !maps.Equal(got.Shares, want) {
		t.Errorf("links %v, want %v", got.Shares, want)
	}
	if !DayStart(3).Equal(time.Unix(3*daySeconds, 0)) {
		t.Errorf("day 3 is %v", DayStart(3))
	}
}

// TestWhatStoringTook: owners are told what files with links took to store, also
// those that nobody asked for and those that are gone.
func TestWhatStoringTook(t *testing.T) {
	ctx, m := t.Context(), newMeta(t)
	must(t, m.CreditPrepay(ctx, prepay(1, 0, "o", 1000)))
	for i, hash := range []string{"linked", "alone"} {
		must(t, m.AcceptUpload(ctx, upload("o", hash, int64(i+1))))
		must(t, m.FinishUpload(ctx, "o", hash, nil))
		m.Count(Traffic{Wallet: "o", Owner: "o", Hash: hash, Node: "n", Kind: Up}, 7)
	}
	share, err := m.NewShare(ctx, "o", "linked", 60, false)
	must(t, err)
	m.Count(Traffic{Wallet: "o", Owner: "o", Hash: "gone", Node: "n", Kind: Up}, 30)
	m.Count(Traffic{Wallet: "o", Owner: "o", Hash: "gone", Node: "m", Kind: Up}, 30)
	m.Count(Traffic{Wallet: "x", Owner: "o", Hash: "gone", Node: "n", Kind: Down}, 5)
	all, err := m.Audiences(ctx, "o")
	must(t, err)
	if len(all) != 2 || all["linked"].Stored != 50 || all["gone"].Stored != 60 || all["gone"].Payers != 1 {
		t.Fatalf("%+v", all)
	}
	if got := all["linked"].Shares; len(got) != 1 || got[share.ID] != (Attention{}) {
		t.Errorf("links %v", got)
	}
}
