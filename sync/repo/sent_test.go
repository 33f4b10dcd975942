package repo

import (
	"context"
	"maps"
	"testing"
)

func TestPortionsAddUp(t *testing.T) {
	got := map[string]int64{}
	owners := map[string]int64{"a": 100, "b": 7, "empty": 0}
	p := newPortions(owners, func(path string, n int64) {
		if n <= 0 {
			t.Error(path, n)
		}
		got[path] += n
	})
	ctx := p.under(context.Background())
	for _, done := range []int64{0, 10, 50, 20, 99} { // a repeated piece does not take anything back
		Sent(ctx, done, 100)
	}
	if !maps.Equal(got, map[string]int64{"a": 99, "b": 6}) {
		t.Error(got)
	}
	Sent(ctx, 500, 100)
	p.upTo(1, 1)
	if !maps.Equal(got, map[string]int64{"a": 100, "b": 7}) {
		t.Error(got)
	}
	Sent(context.Background(), 1, 2) // nobody wants to know
	Sent(ctx, 1, 0)
}
