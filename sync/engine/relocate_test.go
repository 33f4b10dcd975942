package engine_test

import (
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// What is moved in the drive arrives on every disk that has it, and nothing is
// sent again.
func TestRelocate(t *testing.T) {
	_, a, b := pair(t)
	a.text("films/one.txt", "1")
	a.text("films/two.txt", "2")
	a.text("notes/x", "3")
	a.sync()
	b.sync()
	for from, to := range map[string]string{"films": "archive", "notes/x": "y"} {
		if err := a.e.Relocate(t.Context(), from, to); err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range []*dev{a, b} {
		sum := d.sync()
		files := d.files()
		if files["archive/one.txt"] != "1" || files["archive/two.txt"] != "2" || files["y"] != "3" || files["films/one.txt"] != "" {
			t.Errorf("%v", files)
		}
		if sum.Uploaded+sum.Downloaded != 0 {
			t.Errorf("moved by sending: %+v", sum)
		}
	}
	for _, c := range []struct{ from, to, want string }{
		{"none", "x", "none"},
		{"y", "none/y", "There is no folder"},
		{"archive", "archive/deep", "into itself"},
		{"y", "archive/one.txt", "already something"},
	} {
		err := a.e.Relocate(t.Context(), c.from, c.to)
		if err == nil || !strings.Contains(fault.Sentence(err), c.want) {
			t.Errorf("%s to %s: %v", c.from, c.to, err)
		}
	}
}
