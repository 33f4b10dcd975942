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
