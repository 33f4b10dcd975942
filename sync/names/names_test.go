package names

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/sync/tree"
)

func TestWindowsTakes(t *testing.T) {
	for name, want := range map[string]bool{
		"a.txt": true, "CON": false, "con.txt": false, "CON .txt": false, "NUL.tar.gz": false, "conx": true, "COM1": false,
		"COM0": true, "lpt¹.x": false, "a.": false, "a ": false, "a:b": false, "a<b": false, "a|b": false, `a"b`: false,
		"a?": false, "a*": false, "tab\t": false, ".hidden": true, "a\xff": false, strings.Repeat("é", 255): true, strings.Repeat("é", 256): false,
	} {
		if got := NTFS().Takes(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
	if !Unix().Takes("CON: \xff.") || Unix().Takes(strings.Repeat("é", 128)) {
		t.Error("Linux takes any bytes, and at most 255 of them")
	}
}

func TestKeys(t *testing.T) {
	const nfc, nfd = "\u00e9", "e\u0301"
	for _, c := range []struct {
		d    Disk
		a, b string
		same bool
	}{
		{Unix(), "A", "a", false},
		{Unix(), nfc, nfd, false},
		{NTFS(), "Name.TXT", "nAME.txt", true},
		{NTFS(), nfc, nfd, false},
		{APFS(), nfc, nfd, true},
		{APFS(), "É", nfd, true},
		{APFS(), "ſ", "S", true},
	} {
		if got := c.d.Key(c.a) == c.d.Key(c.b); got != c.same {
			t.Errorf("%q %q: %v", c.a, c.b, got)
		}
	}
	if got := APFS().FromDisk(nfd); got != nfc || !APFS().SameForm(nfc, nfd) || Unix().SameForm(nfc, nfd) {
		t.Errorf("%q", got)
	}
}

// What Linux has comes back to Linux byte for byte, and every name of the
// drive can be written as text.
func TestBytesComeBack(t *testing.T) {
	if got := Unix().FromDisk("a\xffb"); got != "a\uefffb" {
		t.Errorf("%q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOfN(rapid.SampledFrom([]byte("a.\xc3\xa9\xff\xee\xbe\x80\xbf\xef")), 1, 12).Draw(t, "raw")
		name := Unix().FromDisk(string(raw))
		if !utf8.ValidString(name) || Unix().Own(name) != string(raw) {
			t.Fatalf("%q became %q and came back as %q", raw, name, Unix().Own(name))
		}
	})
}

// A name of the drive never has another one's name on a disk of bytes.
func TestNoTwoNamesAreOne(t *testing.T) {
	letters := rapid.SampledFrom([]rune("aé\uef80\uefc3\uefa9\uefff"))
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringOfN(letters, 1, 4, -1).Draw(t, "a"), rapid.StringOfN(letters, 1, 4, -1).Draw(t, "b")
		if a != b && Unix().Own(a) == Unix().Own(b) {
			t.Fatalf("%q and %q are both %q", a, b, Unix().Own(a))
		}
	})
}

// A safe name is taken by every disk and leads back to its node.
func TestSafeNamesLeadBack(t *testing.T) {
	parts := rapid.SampledFrom([]string{"CON", "nul", ".", "..", " ", "a", "é", ":", "?", "\x01", "日本語", ".txt", strings.Repeat("x", 300), ".tar.gz"})
	rapid.Check(t, func(t *rapid.T) {
		n := tree.Node{Name: strings.Join(rapid.SliceOfN(parts, 1, 4).Draw(t, "name"), "")}
		copy(n.ID[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
		for _, short := range []bool{false, true} {
			for _, safe := range Safe(n, short) {
				prefix, ok := IsSafe(safe)
				if !ok || !bytes.HasPrefix(n.ID[:], prefix) || !NTFS().Made(safe, n) {
					t.Fatalf("%q does not lead back to %s", safe, n.ID)
				}
				if tree.CheckName(safe) != nil || !NTFS().Takes(safe) || !APFS().Takes(safe) || !Unix().Takes(safe) || len(safe) > 143 {
					t.Fatalf("%q is not safe", safe)
				}
			}
		}
	})
}

func TestChooseTakesWhatIsFree(t *testing.T) {
	n := tree.Node{ID: tree.ID{0xab}, Name: "Readme.md"}
	other := map[string]bool{}
	taken := func(name string) bool { return other[name] }
	for _, want := range []string{"Readme.md", "Readme ~ab000000.md", "Readme ~ab00000000000000.md", "Readme ~ab000000000000000000000000000000.md"} {
		if got := NTFS().Choose(n, false, taken); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		other[want] = true
	}
	if got := Unix().Choose(n, true, func(string) bool { return false }); got != "~ab000000" {
		t.Error(got)
	}
}

func TestDistinct(t *testing.T) {
	at := func(id byte, name, onDisk string) tree.OnDisk {
		return tree.OnDisk{Node: tree.Node{ID: tree.ID{id}, Name: name, Kind: tree.File}, DiskName: onDisk}
	}
	all := map[tree.ID]tree.OnDisk{{1}: at(1, "name", "name ~01000000"), {2}: at(2, "name", ""), {3}: at(3, "x:y", "x_y ~03000000")}
	NTFS().Distinct(all)
	if all[tree.ID{1}].Name != "name ~01000000" || all[tree.ID{1}].DiskName != "" || all[tree.ID{2}].Name != "name" || all[tree.ID{3}].Name != "x:y" {
		t.Error(all)
	}
}

// Parsing a name never panics, and what leads back was made so.
func FuzzNames(f *testing.F) {
	f.Add("a ~01000000.txt")
	f.Add("\xff\xee\xbe\x80")
	f.Fuzz(func(t *testing.T, name string) {
		if strings.ContainsAny(name, "/\x00") || name == "" {
			return
		}
		IsSafe(name)
		for _, d := range []Disk{Unix(), NTFS(), APFS()} {
			d.Key(name)
			d.Takes(name)
			d.FromDisk(name)
		}
		if got := Unix().Own(Unix().FromDisk(name)); got != name {
			t.Errorf("%q came back as %q", name, got)
		}
	})
}
