package figures

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func must(t interface {
	Helper()
	Fatal(...any)
}, err error,
) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T) *Book {
	t.Helper()
	b, err := Open(t.Context(), filepath.Join(t.TempDir(), "figures.db"))
	must(t, err)
	t.Cleanup(func() { b.Close() })
	return b
}

var begin = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func TestBookKeepsWhatItWasTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "figures.db")
	b, err := Open(t.Context(), path)
	must(t, err)
	if last, err := b.Last(t.Context(), "one"); err != nil || !last.IsZero() {
		t.Errorf("a new book: %v, %v", last, err)
	}
	big := Values{Staked: "123456789012345678901234567890", Used: "4"}
	must(t, b.Note(t.Context(), "one", Point{begin, Values{Used: "1"}}))
	must(t, b.Note(t.Context(), "one", Point{begin.Add(time.Hour), big}))
	must(t, b.Note(t.Context(), "two", Point{begin, Values{Used: "2"}}))
	must(t, b.Close())
	b, err = Open(t.Context(), path)
	must(t, err)
	defer b.Close()
	list, err := b.Course(t.Context(), "one", begin.Add(time.Minute))
	must(t, err)
	if len(list) != 1 || list[0].Values[Staked] != big[Staked] || !list[0].At.Equal(begin.Add(time.Hour)) {
		t.Errorf("course %+v", list)
	}
	if last, err := b.Last(t.Context(), "one"); err != nil || !last.Equal(begin.Add(time.Hour)) {
		t.Errorf("last %v, %v", last, err)
	}
	if _, err := b.db.ExecContext(t.Context(), "UPDATE points SET figures = '{'"); err != nil {
		t.Fatal(err)
	}
	if list, err := b.Course(t.Context(), "one", begin); err != nil || len(list) != 0 {
		t.Errorf("damaged points: %+v, %v", list, err)
	}
}

func TestBookOfANewerProgramIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "figures.db")
	b, err := Open(t.Context(), path)
	must(t, err)
	_, err = b.db.ExecContext(t.Context(), "PRAGMA user_version = 2")
	must(t, err)
	must(t, b.Close())
	if b, err := Open(t.Context(), path); err == nil {
		b.Close()
		t.Error("it was opened")
	}
	if _, err := Open(t.Context(), filepath.Join(path, "nowhere", "x")); err == nil {
		t.Error("opened a book in a folder that is not there")
	}
}

func TestBookForgetsNetworksAndTheFuture(t *testing.T) {
	b := open(t)
	must(t, b.Note(t.Context(), "n0", Point{begin.Add(time.Hour * 24), Values{}})) // the clock ran ahead
	for i := range Networks + 3 {
		must(t, b.Note(t.Context(), fmt.Sprint("n", i), Point{begin.Add(time.Duration(i) * time.Minute), Values{}}))
	}
	for i := range Networks + 3 {
		list, err := b.Course(t.Context(), fmt.Sprint("n", i), time.Unix(0, 0))
		must(t, err)
		if want := i >= 3; (len(list) == 1) != want {
			t.Errorf("network %d has %d points", i, len(list))
		}
	}
	must(t, b.Note(t.Context(), "n5", Point{begin.Add(Forgotten + 25*time.Hour), Values{}}))
	if list, _ := b.Course(t.Context(), "n5", time.Unix(0, 0)); len(list) != 1 {
		t.Errorf("%d points, the old one is to be forgotten", len(list))
	}
}

// However points come, the newest stays, each period of an age has one at the
// most, and none of a period that had one is left without.
func TestThinning(t *testing.T) {
	ctx := t.Context()
	db, err := sql.Open("sqlite", ":memory:")
	must(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	must(t, prepare(ctx, db))
	b := &Book{db}
	rapid.Check(t, func(r *rapid.T) {
		_, err := db.ExecContext(ctx, "DELETE FROM points")
		must(r, err)
		now := begin
		var noted []time.Time
		for range rapid.IntRange(1, 12).Draw(r, "points") {
			step := rapid.SampledFrom([]time.Duration{time.Second, time.Minute, 7 * time.Minute, time.Hour, 26 * time.Hour, 20 * 24 * time.Hour}).Draw(r, "step")
			now = now.Add(step + time.Duration(rapid.IntRange(0, 59).Draw(r, "seconds"))*time.Second)
			noted = append(noted, now)
			must(r, b.Note(ctx, "n", Point{now, Values{Height: "1"}}))
			check(r, b, noted, now)
		}
	})
}

// check compares what a book has with what it was told, at the border of each
// age leaving out what both sides may claim.
func check(t *rapid.T, b *Book, noted []time.Time, now time.Time) {
	list, err := b.Course(context.Background(), "n", time.Unix(0, 0))
	must(t, err)
	if len(list) == 0 || !list[len(list)-1].At.Equal(now) {
		t.Fatalf("the newest is gone: %+v", list)
	}
	have := map[time.Time]bool{}
	for i, p := range list {
		have[p.At.UTC()] = true
		each := eachAt(now.Sub(p.At))
		if i > 0 && i < len(list)-1 && eachAt(now.Sub(list[i-1].At)) == each && p.At.Truncate(each).Equal(list[i-1].At.Truncate(each)) {
			t.Fatalf("two points of one period: %v and %v at %v", list[i-1].At, p.At, now)
		}
	}
	for _, at := range noted {
		covered := have[at.UTC()]
		for _, p := range list {
			covered = covered || p.At.Sub(at).Abs() < 24*time.Hour && p.At.Before(at) || at.Before(now.Add(-Forgotten))
		}
		if !covered {
			t.Fatalf("nothing is left of %v at %v: %+v", at, now, list)
		}
	}
}

// eachAt is the period at an age. Borders lie at whole periods, so a coarser one
// begins up to a period later.
func eachAt(age time.Duration) (each time.Duration) {
	for _, a := range Ages() {
		if age >= a.From+a.Each || a.From == 0 {
			each = a.Each
		}
	}
	return each
}

// A network that is looked at every minute for years takes a bounded room.
func TestBookIsBounded(t *testing.T) {
	most := 0
	for i, a := range Ages() {
		until := Forgotten
		if i+1 < len(Ages()) {
			until = Ages()[i+1].From
		}
		most += int((until-a.From)/a.Each) + 30
	}
	if most > 2300 {
		t.Errorf("%d points", most)
	}
	b := open(t)
	tx, err := b.db.BeginTx(t.Context(), nil)
	must(t, err)
	const minutes = 3 * 24 * 60
	for i := range minutes {
		_, err := tx.ExecContext(t.Context(), "INSERT INTO points VALUES ('n', ?, '{}')", begin.Add(time.Duration(i)*time.Minute).Unix())
		must(t, err)
	}
	must(t, tx.Commit())
	must(t, b.Note(t.Context(), "n", Point{begin.Add(minutes * time.Minute), Values{}}))
	list, err := b.Course(t.Context(), "n", time.Unix(0, 0))
	must(t, err)
	if want := 120 + 46*6 + 24; len(list) < want-10 || len(list) > want+20 {
		t.Errorf("%d points of three days, want about %d", len(list), want)
	}
}
