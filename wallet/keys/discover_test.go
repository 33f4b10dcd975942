package keys

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func TestDiscover(t *testing.T) {
	all, err := Accounts([]byte(testWords), nil, 0, 12)
	if err != nil || len(all) != 12 || all[0].Address.String() != testAddress || all[5].Index != 5 {
		t.Fatalf("%v, %v", all, err)
	}
	for name, c := range map[string]struct {
		used []int
		gap  int
		want []uint32
	}{
		"none":        {nil, 3, []uint32{0}},
		"the first":   {[]int{0}, 3, []uint32{0}},
		"with a gap":  {[]int{1, 4}, 3, []uint32{0, 1, 4}},
		"beyond it":   {[]int{1, 5}, 3, []uint32{0, 1}},
		"to the last": {[]int{0, 1, 2, 3}, 1, []uint32{0, 1, 2, 3}},
	} {
		asked := 0
		got, err := Discover(context.Background(), []byte(testWords), nil, c.gap, func(_ context.Context, a stratos.Address) (bool, error) {
			asked++
			return slices.ContainsFunc(c.used, func(i int) bool { return all[i].Address == a }), nil
		})
		var found []uint32
		for _, a := range got {
			found = append(found, a.Index)
		}
		if err != nil || !slices.Equal(found, c.want) {
			t.Errorf("%s: %v after %d questions, %v", name, found, asked, err)
		}
	}
	broken := errors.New("no network")
	got, err := Discover(context.Background(), []byte(testWords), nil, 3, func(context.Context, stratos.Address) (bool, error) { return false, broken })
	if !errors.Is(err, broken) || got != nil {
		t.Errorf("%v, %v", got, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Discover(ctx, []byte(testWords), nil, 3, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestGuarded(t *testing.T) {
	key, err := ParseRaw([]byte(testKey))
	if err != nil {
		t.Fatal(err)
	}
	want := key.Sign([]byte("hello"))
	g := Guard(key)
	if key.Valid() || !g.Valid() || g.Address().String() != testAddress {
		t.Error("guarding")
	}
	if got := g.Sign([]byte("hello")); !bytes.Equal(got, want) {
		t.Errorf("%x", got)
	}
	var kept stratos.PrivateKey
	if err := g.Use(func(k stratos.PrivateKey) error { kept = k; return nil }); err != nil || kept.Valid() {
		t.Errorf("%v, the key outlived its use", err)
	}
	g.Wipe()
	g.Wipe()
	if g.Sign(nil) != nil || g.Valid() || (*Guarded)(nil).Valid() {
		t.Error("used after Wipe")
	}
}
