package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/scan"
)

// folderApp is an app with a folder of files, and no network.
func folderApp(t *testing.T, files ...string) (*App, string) {
	t.Helper()
	a, root := openTest(t, t.TempDir()), t.TempDir()
	if err := a.settings.change(func(s *settings) { s.Folder = root }); err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return a, root
}

func holds(t *testing.T, root, name, content string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if content == "" && err == nil {
		t.Errorf("%s is still there", name)
	}
	if content != "" && string(raw) != content {
		t.Errorf("%s holds %q: %v", name, raw, err)
	}
}

// What the network never had comes back too, byte for byte.
func TestDeletedFilesComeBack(t *testing.T) {
	a, root := folderApp(t, "a.txt", "Work/b.txt", "Work/Deep/c.txt")
	ctx, steps := context.Background(), 0
	c, err := a.RemoveAll(ctx, []string{"a.txt", "Work"}, func(done, total int) { steps += done * total })
	if err != nil || c.Count() != 2 || steps != 6 {
		t.Fatalf("%+v, %d, %v", c, steps, err)
	}
	holds(t, root, "a.txt", "")
	holds(t, root, "Work/b.txt", "")
	if err := os.WriteFile(filepath.Join(root, "a.txt"), []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := a.TakeBack(ctx, c, nil); err != nil {
		t.Fatal(err)
	}
	holds(t, root, "a.txt", "new") // nothing is replaced
	holds(t, root, "a 2.txt", "a.txt")
	holds(t, root, "Work/Deep/c.txt", "Work/Deep/c.txt")
	if err := a.TakeBack(ctx, c, nil); err == nil {
		t.Error("taken back twice")
	}
}

func TestWhatWasDeletedGoesInTheEnd(t *testing.T) {
	a, root := folderApp(t, "a.txt")
	c, err := a.RemoveAll(context.Background(), []string{"a.txt"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	a.forgetRemoved(time.Now().Add(-time.Hour))
	if held, _ := os.ReadDir(filepath.Join(root, scan.Private, removedName)); len(held) != 1 {
		t.Error("it went too early")
	}
	a.forgetRemoved(time.Now().Add(time.Second))
	if err := a.TakeBack(context.Background(), c, nil); err == nil {
		t.Error("it is still there")
	}
}

func TestDeletingRefusesWhatIsNotThere(t *testing.T) {
	a, _ := folderApp(t, "a.txt")
	for _, p := range []string{"", "/", "missing.txt"} {
		if c, err := a.RemoveAll(context.Background(), []string{p}, nil); err == nil || c.Count() != 0 {
			t.Errorf("%q: %v", p, err)
		}
	}
	c, err := a.RemoveAll(context.Background(), []string{"a.txt", "missing.txt"}, nil)
	if err == nil || c.Count() != 1 {
		t.Errorf("what was done before a failure can be taken back: %+v, %v", c, err)
	}
}

func TestMovingSeveralAndBack(t *testing.T) {
	a, root := folderApp(t, "a.txt", "b.txt", "Work/c.txt", "Work/b.txt")
	ctx := context.Background()
	c, err := a.MoveAll(ctx, []string{"a.txt", "Work/c.txt"}, "Work", nil)
	if err != nil || c.Count() != 1 {
		t.Fatalf("%+v, %v", c, err)
	}
	holds(t, root, "Work/a.txt", "a.txt")
	if _, err := a.MoveAll(ctx, []string{"b.txt"}, "Work", nil); err == nil {
		t.Error("a file was replaced")
	}
	if err := a.TakeBack(ctx, c, nil); err != nil {
		t.Fatal(err)
	}
	holds(t, root, "a.txt", "a.txt")
	holds(t, root, "Work/b.txt", "Work/b.txt")
}

func TestSidesOfAConflict(t *testing.T) {
	const copied = "Budget (conflict, Desk, 2026-11-21).xlsx"
	list := []Entry{{Name: "Budget.xlsx", Path: "Budget.xlsx"}, {Name: copied, Path: copied}, {Name: "Other.xlsx"}}
	for _, name := range []string{"Budget.xlsx", copied} {
		c, err := conflictIn(list, name)
		if err != nil || c.This.Name != "Budget.xlsx" || c.That.Name != copied || c.Device != "Desk" || c.Day != "2026-11-21" {
			t.Errorf("%+v, %v", c, err)
		}
	}
	if _, err := conflictIn(list, "Other.xlsx"); err == nil {
		t.Error("a conflict of one")
	}
	c, err := conflictIn(list[1:], copied)
	if err != nil || c.This.Name != "" || c.Name != "Budget.xlsx" {
		t.Errorf("the file itself is gone: %+v, %v", c, err)
	}
	if got := plainName(append(list, Entry{Name: "budget (desk).xlsx"}), c); got != "Budget (Desk 2).xlsx" {
		t.Error(got)
	}
	if of, is := ConflictPart(copied); !is || of != "Budget.xlsx" {
		t.Error(of)
	}
}

func TestConflictsAreSettledAndTakenBack(t *testing.T) {
	const copied = "Budget (conflict, Desk, 2026-11-21).xlsx"
	for keep, want := range map[Keep][]string{
		KeepThis: {"Budget.xlsx", copied, ""}, KeepThat: {copied, copied, ""},
	} {
		a, root := folderApp(t, "Budget.xlsx", copied)
		c := ConflictSides{This: Entry{Name: "Budget.xlsx", Path: "Budget.xlsx"}, That: Entry{Name: copied, Path: copied}, Name: "Budget.xlsx"}
		done, err := a.SettleConflict(context.Background(), c, keep)
		if err != nil {
			t.Fatal(err)
		}
		holds(t, root, "Budget.xlsx", want[0])
		holds(t, root, copied, want[2])
		if err := a.TakeBack(context.Background(), done, nil); err != nil {
			t.Fatal(err)
		}
		holds(t, root, "Budget.xlsx", "Budget.xlsx")
		holds(t, root, copied, copied)
	}
}

func TestDriveLookIsKept(t *testing.T) {
	home := t.TempDir()
	a := openTest(t, home)
	if a.DriveLook() != (DriveLook{}) || a.SetDriveLook(DriveLook{Sort: "colour"}) == nil {
		t.Error("a new profile is sorted by name")
	}
	want := DriveLook{Sort: BySize, Down: true, Grid: true}
	if err := a.SetDriveLook(want); err != nil {
		t.Fatal(err)
	}
	if got := openTest(t, home).DriveLook(); got != want {
		t.Errorf("%+v", got)
	}
}

func TestListsLeaveOutWhatNobodyAskedFor(t *testing.T) {
	list := []Entry{{Name: ".DS_Store", Status: Ignored}, {Name: "~$a.docx", Status: Ignored}, {Name: "build", Status: Ignored}, {Name: ".profile", Status: Synced}}
	list = slices.DeleteFunc(list, unasked)
	if len(list) != 2 || list[0].Name != "build" {
		t.Errorf("%+v", list)
	}
}
