package restore

import (
	"context"
	"fmt"
	"testing"
)

// calm is a test that does not fail, where there is none.
type calm struct{ testing.TB }

func (calm) Helper() {}

// A drive is read with its secret and what the network lists. The one here has
// a single file of many chunks.
func ExampleOpen() {
	ctx, stored := context.Background(), newMaker(calm{})
	stored.drive(20_000)
	d, err := Open(ctx, stored.net, secret)
	if err != nil {
		fmt.Println(err)
		return
	}
	err = d.Walk(ctx, d.Tips[0], func(e Entry, lost error) {
		chunks, err := d.Chunks(ctx, e)
		if err != nil {
			fmt.Println(err)
			return
		}
		first, err := d.Read(ctx, chunks[0])
		fmt.Println(e.Path, string(first), lost, err)
	})
	fmt.Println(err)
	// Output:
	// long.txt chunk 0, <nil> <nil>
	// <nil>
}
