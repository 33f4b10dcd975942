package space

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/object"
)

// A condemned pack that a gateway hides is not gone: who said so would let
// everybody forget what retention still promises. It is called gone when it might
// be deleted, or when another device says that it deleted it.
func TestAHiddenPackIsNotGone(t *testing.T) {
	f := condemnedFacts(at(10))
	f.Listings = [2][]File{}
	file := f.Own[0].File
	entry := func(p Plan) object.Condemned {
		for _, c := range p.Own {
			if c.File == file {
				return c
			}
		}
		t.Fatal("it is not condemned any more", p.Own)
		return object.Condemned{}
	}
	if c := entry(Make(f)); c.Gone || c != f.Own[0] {
		t.Error("a pack that is hidden is called gone", c)
	}
	f.Now = at(31)
	if c := entry(Make(f)); !c.Gone {
		t.Error("a pack whose time is over is not called gone", c)
	}
	f.Now = at(10)
	f.Devices[0].Condemned = []object.Condemned{{File: file, Gone: true}}
	if c := entry(Make(f)); !c.Gone {
		t.Error("a pack that another device deleted is not called gone", c)
	}
}
