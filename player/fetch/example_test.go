package fetch_test

import (
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/player/fetch"
)

// A player that waits for the beginning gets it first; what comes next is fetched
// while it plays.
func Example() {
	const mega = 1 << 20
	var layout fetch.Layout
	for n := range 4 {
		layout.Parts = append(layout.Parts, fetch.Part{Size: mega})
		layout.Extents = append(layout.Extents, fetch.Extent{Off: int64(n) * mega, Len: mega, Part: n})
	}
	nothing := func(int) int64 { return 0 }
	s, err := fetch.New(layout, fetch.Options{Gateways: 1, Parallel: 1}, nothing)
	if err != nil {
		fmt.Println(err)
		return
	}
	s.Wait(0, 1, 0)
	orders, _ := s.Decide(0)
	fmt.Println("fetch part", orders[0].Part)
	s.Arrive(time.Second, orders[0].ID, mega)
	s.End(time.Second, orders[0].ID, fetch.Done)
	fmt.Println("the player can go on:", s.Usable(0))
	// Output:
	// fetch part 0
	// the player can go on: true
}
