package meta

import (
	"database/sql"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestNodesAreKept(t *testing.T) {
	m := newMeta(t)
	want := []Node{
		{Address: "b", Name: "2", Owner: "x", Tier: 2, Score: 37.5, Stopped: true, Since: 5, Gone: 4},
		{Address: "a", Name: "10", Owner: "y", Tier: 3, Score: 100, Suspended: true, Draining: true, Since: 6},
	}
	for _, n := range want {
		must(t, m.PutNode(t.Context(), Node{Address: n.Address, Name: n.Name}))
		must(t, m.PutNode(t.Context(), n))
	}
	got, err := m.Nodes(t.Context())
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	must(t, m.ForgetNode(t.Context(), "a")) // not removed: stays
	must(t, m.RemoveNode(t.Context(), "b"))
	must(t, m.ForgetNode(t.Context(), "b"))
	if got, err := m.Nodes(t.Context()); err != nil || len(got) != 1 || got[0].Address != "a" {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestOwnersAnswerForLostCopies until the copies are there again.
func TestOwnersAnswerForLostCopies(t *testing.T) {
	m := newMeta(t)
	must(t, m.CreditPrepay(t.Context(), prepay(1, 0, "w", 1000)))
	must(t, m.PutNode(t.Context(), Node{Address: "n1", Name: "1", Owner: "o1"}))
	must(t, m.AcceptUpload(t.Context(), upload("w", "a", 1, Slice{Number: 1, Hash: "s", Size: 10, Nodes: []string{"n1", "n2"}, Failed: []string{"o3"}})))
	must(t, m.RemoveNode(t.Context(), "n1"))
	s, err := m.StoredSlice(t.Context(), "s")
	if err != nil || !slices.Equal(s.Nodes, []string{"n2"}) || !slices.Equal(s.Lost, []string{"o1", "o3"}) {
		t.Errorf("%+v, %v", s, err)
	}
	kept, err := m.ChangeCopies(t.Context(), "s", Change{Add: []string{"n4"}, Paid: true, Lost: []string{"o3"}})
	if err != nil || !kept {
		t.Errorf("kept %v, %v", kept, err)
	}
	list, err := m.StoredAfter(t.Context(), "", 10)
	if err != nil || len(list) != 1 || len(list[0].Nodes) != 2 || !slices.Equal(list[0].Lost, []string{"o3"}) || list[0].File != "a" {
		t.Errorf("%+v, %v", list, err)
	}
	_, err = m.DeleteFile(t.Context(), "w", "a")
	must(t, err)
	if kept, err := m.ChangeCopies(t.Context(), "s", Change{Add: []string{"n5"}}); err != nil || kept {
		t.Errorf("a slice that nobody needs got a copy: %v", err)
	}
	var left int
	must(t, m.db.QueryRow("SELECT (SELECT COUNT(*) FROM lost) + (SELECT COUNT(*) FROM copy)").Scan(&left))
	if left != 0 {
		t.Errorf("%d notes are left", left)
	}
}

func TestTrafficByTheMinute(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	m, err := Open(t.Context(), filepath.Join(t.TempDir(), "meta.db"), Options{FlushEvery: time.Hour, Clock: func() time.Time { return now }})
	must(t, err)
	defer m.Close()
	start := now.Truncate(time.Minute)
	for i := range 4 {
		now = start.Add(time.Duration(i) * time.Minute)
		m.Count(Traffic{Wallet: "w", Owner: "o", Hash: "h", Node: "n", Kind: Down}, int64(1)<<i)
		m.Count(Traffic{Wallet: "v", Owner: "o", Hash: "h", Node: "n", Kind: Repair}, 100)
	}
	var sum int64
	var minutes []time.Time
	must(t, m.TrafficBetween(t.Context(), start.Add(time.Minute), start.Add(3*time.Minute), func(x Traffic, minute time.Time, bytes int64) {
		if x.Kind == Down && x == (Traffic{Wallet: "w", Owner: "o", Hash: "h", Node: "n", Kind: Down}) {
			sum += bytes
			minutes = append(minutes, minute)
		}
	}))
	if sum != 2+4 || len(minutes) != 2 || !minutes[0].Equal(start.Add(time.Minute)) {
		t.Errorf("%d bytes in %v", sum, minutes)
	}
}

func books(t *testing.T, m *Meta) []string {
	t.Helper()
	var problems []string
	must(t, m.CheckBooks(t.Context(), func(s string) { problems = append(problems, s) }))
	return problems
}

// TestBooksAreChecked: right books are clean after everything that moves noz,
// and each wrong record is named.
func TestBooksAreChecked(t *testing.T) {
	m := newMeta(t)
	must(t, m.CreditPrepay(t.Context(), prepay(1, 0, "w", 1000)))
	must(t, m.CreditPrepay(t.Context(), prepay(1, 1, "w", 100)))
	must(t, m.Charge(t.Context(), "w", SequenceText(1), big.NewInt(7)))
	must(t, m.AcceptUpload(t.Context(), upload("w", "a", 2, Slice{Number: 1, Hash: "s", Size: 10, Nodes: []string{"n1"}})))
	must(t, m.AcceptUpload(t.Context(), upload("w", "b", 3)))
	must(t, m.DropUpload(t.Context(), "w", "b"))
	_, err := m.NewShare(t.Context(), "w", "a", 0, false)
	must(t, err)
	if p := books(t, m); len(p) != 0 {
		t.Fatalf("%v", p)
	}
	for _, c := range []struct{ wrong, right, sentence string }{
		{"UPDATE account SET noz = '1044'", "UPDATE account SET noz = '1043'", "ought to have 1043"},
		{"UPDATE account SET noz = '-1'", "UPDATE account SET noz = '1043'", "negative"},
		{"UPDATE file SET size = 11", "UPDATE file SET size = 10", "do not add up"},
		{"UPDATE slice SET number = 2", "UPDATE slice SET number = 1", "numbered"},
		{"UPDATE slice SET start = 5", "UPDATE slice SET start = 0", "follow"},
		{"DELETE FROM copy", "INSERT INTO copy VALUES ('s', 'n1', 10)", "no copy on record"},
		{"INSERT INTO copy VALUES ('x', 'n1', 10)", "DELETE FROM copy WHERE hash = 'x'", "no file has"},
		{"UPDATE copy SET size = 9", "UPDATE copy SET size = 10", "another size"},
		{"UPDATE share SET owner = 'v'", "UPDATE share SET owner = 'w'", "is of no file"},
		{"DELETE FROM account", "INSERT INTO account VALUES ('w', '1043', 4)", "has no account"},
	} {
		_, err := m.db.Exec(c.wrong)
		must(t, err)
		if p := strings.Join(books(t, m), "\n"); !strings.Contains(p, c.sentence) {
			t.Errorf("%s: %q", c.wrong, p)
		}
		_, err = m.db.Exec(c.right)
		must(t, err)
	}
	if p := books(t, m); len(p) != 0 {
		t.Errorf("%v", p)
	}
}

// TestBooksOfOldData: what was spent before the book was kept is worked out
// from what was bought.
func TestBooksOfOldData(t *testing.T) {
	path := filepath.Join(t.TempDir(), "meta.db")
	m := open(t, path)
	must(t, m.CreditPrepay(t.Context(), prepay(1, 0, "w", 1000)))
	must(t, m.Charge(t.Context(), "w", SequenceText(1), big.NewInt(7)))
	for _, table := range []string{"node", "lost", "scrub", "spent", "report"} {
		_, err := m.db.Exec("DROP TABLE IF EXISTS " + table)
		must(t, err)
	}
	_, err := m.db.Exec("PRAGMA user_version = 1")
	must(t, err)
	rest, err := m.db.Query("SELECT name FROM sqlite_schema WHERE type = 'table'")
	must(t, err)
	var left []string
	for rest.Next() {
		var name string
		must(t, rest.Scan(&name))
		left = append(left, name)
	}
	must(t, rest.Close())
	for _, name := range left {
		if !slices.Contains([]string{"account", "prepay", "file", "slice", "copy", "share", "traffic"}, name) {
			_, err := m.db.Exec("DROP TABLE " + name)
			must(t, err)
		}
	}
	must(t, m.Close())
	m = open(t, path)
	defer m.Close()
	must(t, m.Charge(t.Context(), "w", SequenceText(2), big.NewInt(3)))
	if p := books(t, m); len(p) != 0 || m.noz(t, "w") != 990 {
		t.Errorf("%v", p)
	}
}

// TestWalksUseTheIndex: a walk over all slices does not sort them all for
// every page.
func TestWalksUseTheIndex(t *testing.T) {
	m := newMeta(t)
	var plan []string
	must(t, rows(t.Context(), m.db, func(r *sql.Rows) error {
		var id, parent, unused int
		var detail string
		err := r.Scan(&id, &parent, &unused, &detail)
		plan = append(plan, detail)
		return err
	}, "EXPLAIN QUERY PLAN "+storedAfterQuery, "", 10))
	text := strings.Join(plan, "; ")
	if strings.Contains(text, "TEMP B-TREE") || !strings.Contains(text, "slice_hash") {
		t.Error(text)
	}
}

// TestSumsWaitForTheLedger: whatever was counted before a question is in the
// answer, also while the ledger is being written.
func TestSumsWaitForTheLedger(t *testing.T) {
	m := newMeta(t)
	for i := range int64(50) {
		m.Count(Traffic{Wallet: "w", Hash: "h", Kind: Up}, 1)
		go m.ledger.flush()
		if n, err := m.TrafficSum(t.Context(), Traffic{Wallet: "w"}); err != nil || n != i+1 {
			t.Fatalf("%d counted, %d in the sum: %v", i+1, n, err)
		}
	}
}
