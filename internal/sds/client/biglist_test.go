package client

import (
	"fmt"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// A list of 10,000 files is read to its end although every hundredth answer is
// lost, and no page is asked for without need.
func TestTenThousandFiles(t *testing.T) {
	files := 10_000
	if UnderRace {
		files = 1000
	}
	n := newNode(t, newNet())
	c := newClient(t, n)
	for i := range files {
		id := fmt.Sprintf("%040d", i)
		n.net.files[c.Address()+id] = &fakeFile{owner: c.Address(), info: wire.FileInfo{FileHash: id, FileName: "x", FileSize: 1}}
	}
	n.pageSize = 100
	for range files / n.pageSize / 20 {
		n.on(wire.MethodList, append(times(18, mishap{}), mishap{lose: true}, mishap{status: 502})...)
	}
	list, err := c.List(t.Context())
	if err != nil || len(list) != files {
		t.Fatalf("%d files, %v", len(list), err)
	}
	if asked := n.count(wire.MethodList); asked > files/n.pageSize*12/10 {
		t.Errorf("asked %d times for %d pages", asked, files/n.pageSize)
	}
}

// An entry that is really there twice does not make a list incomplete.
func TestEntriesThatAreThereTwice(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	for i := range 30 {
		n.net.put(c.Address(), "x", content(uint64(i), 10))
	}
	n.on(wire.MethodList, times(50, mishap{after: func(v any) any {
		r := v.(wire.ListResult)
		r.TotalNumber++
		if r.Page == 0 {
			r.Files = append(r.Files, r.Files[0])
		}
		return r
	}})...)
	list, err := c.List(t.Context())
	if err != nil || len(list) != 30 || n.count(wire.MethodList) != 6 {
		t.Errorf("%d files after %d pages, %v", len(list), n.count(wire.MethodList), err)
	}
}
