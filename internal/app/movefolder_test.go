package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// movable is a profile whose wallet syncs a sample folder, and where that could
// go. Nothing is synced really: there is no network.
func movable(t *testing.T) (a *App, from, to string) {
	t.Helper()
	from, to = places(t)
	a = openTest(t, t.TempDir())
	w := addTestWallet(t, a)
	if err := os.MkdirAll(a.profile.drive(w.Storage, "chain"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := a.settings.change(func(s *settings) { s.Folder, s.Network = from, "local" }); err != nil {
		t.Fatal(err)
	}
	return a, from, to
}

func TestFoldersThatFilesCanMoveTo(t *testing.T) {
	a, from, to := movable(t)
	full := filepath.Join(filepath.Dir(to), "full")
	makeFolder(t, full, map[string]string{"other.txt": "x"})
	makeFolder(t, filepath.Dir(to), map[string]string{"taken/x": "x", "taken/old/x": "x", "a file": "x"})
	for dir, want := range map[string]string{
		to:                                       to,
		full:                                     filepath.Join(full, "old"),
		from:                                     "The files are in this folder already.",
		filepath.Join(from, "Films"):             "A folder cannot be moved into itself.",
		filepath.Dir(filepath.Dir(to)):           "The files are in this folder already.", // in it, under its name
		filepath.Join(filepath.Dir(to), "taken"): "There is something in",
		filepath.Join(a.profile.home, "cache"):   "lies among the files of this program",
	} {
		m, err := a.PreviewFolder(t.Context(), dir)
		if err != nil && !strings.Contains(fault.Sentence(err), want) || err == nil && m.To != want {
			t.Errorf("%s: %q, %v; want %s", dir, m.To, err, want)
		}
		if err == nil && (m.Files != 7 || m.Bytes < 1_000_000 || m.From != from || m.Done) {
			t.Errorf("%s: %+v", dir, m)
		}
	}
	compareFolder(t, from, sampleFolder)
}

// Without a network nothing can be synced afterwards, but the files are where
// they belong, and that is noted.
func TestFolderIsMoved(t *testing.T) {
	a, from, to := movable(t)
	m, _ := a.MoveFolder(t.Context(), to, nil)
	if !m.Done || m.Left != 0 || a.Folder() != to || a.settings.get().FolderMove != nil {
		t.Fatalf("%+v, folder %s", m, a.Folder())
	}
	compareFolder(t, to, sampleFolder)
	if isThere(from) {
		t.Error("the old place is still there")
	}
	if _, err := a.MoveFolder(t.Context(), to, nil); fault.ExitCode(err) != 2 {
		t.Errorf("to where it is: %v", err)
	}
}

// A move that fails leaves everything as it was.
func TestFolderThatCannotBeMoved(t *testing.T) {
	a, from, _ := movable(t)
	blocked := filepath.Join(t.TempDir(), "file")
	makeFolder(t, filepath.Dir(blocked), map[string]string{"file": "x"})
	if _, err := a.MoveFolder(t.Context(), filepath.Join(blocked, "new"), nil); err == nil {
		t.Fatal("moved below a file")
	}
	if a.Folder() != from || a.settings.get().FolderMove != nil {
		t.Errorf("folder %s", a.Folder())
	}
	compareFolder(t, from, sampleFolder)
}

// killedMove begins a move to another disk and kills it at a step.
func killedMove(t *testing.T, a *App, from, to string, at int) (killed bool) {
	t.Helper()
	begun := begunMove{Wallet: a.walletAddress(), From: from, To: to}
	if err := a.settings.change(func(s *settings) { s.FolderMove = &begun }); err != nil {
		t.Fatal(err)
	}
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	c, steps := newCarrier(from, to, nil), 0
	c.rename = otherDisk
	c.step = func() error {
		if steps++; steps == at {
			kill()
		}
		return ctx.Err()
	}
	_, err := a.carry(ctx, begun, c)
	return err != nil
}

// The next start goes on with a move that was killed, at whatever step.
func TestMoveThatWasKilledIsFinished(t *testing.T) {
	for at := 1; ; at += 2 {
		a, from, to := movable(t)
		if !killedMove(t, a, from, to, at) {
			if at < 10 {
				t.Fatalf("it took %d steps only", at)
			}
			return
		}
		everyFileIsSomewhere(t, from, to)
		next := openTest(t, a.profile.home)
		if next.Folder() == from {
			compareFolder(t, from, sampleFolder) // all of it, until all of it is elsewhere
		}
		if next.finishFolderMove(t.Context()) || next.Folder() != to || next.settings.get().FolderMove != nil {
			t.Fatalf("killed at %d: folder %s", at, next.Folder())
		}
		compareFolder(t, to, sampleFolder)
		if isThere(from) {
			t.Errorf("killed at %d: the old place is still there", at)
		}
	}
}

func TestMoveThatWasStoppedIsGivenUp(t *testing.T) {
	for at, arrived := range map[int]bool{3: false, 11: true} {
		a, from, to := movable(t)
		if !killedMove(t, a, from, to, at) {
			t.Fatalf("not stopped at %d", at)
		}
		_ = a.KeepFolder(t.Context()) // the drive cannot start: there is no network
		if want := map[bool]string{false: from, true: to}[arrived]; a.Folder() != want || a.settings.get().FolderMove != nil {
			t.Fatalf("stopped at %d: folder %s", at, a.Folder())
		}
		compareFolder(t, a.Folder(), sampleFolder)
		if !arrived && isThere(to) {
			t.Error("copies stayed behind")
		}
	}
	a, from, _ := movable(t)
	if err := a.KeepFolder(t.Context()); err != nil || a.Folder() != from {
		t.Error("there was nothing to give up", err)
	}
}

// A folder that was renamed before the program died is found under its new name.
func TestRenameThatWasNotNoted(t *testing.T) {
	for name, finish := range map[string]func(a *App){
		"gone on with": func(a *App) { a.finishFolderMove(t.Context()) },
		"given up":     func(a *App) { _ = a.KeepFolder(t.Context()) },
	} {
		t.Run(name, func(t *testing.T) {
			a, from, to := movable(t)
			killedMove(t, a, from, to, 1)
			if err := os.Rename(from, to); err != nil {
				t.Fatal(err)
			}
			if finish(a); a.Folder() != to || a.settings.get().FolderMove != nil {
				t.Errorf("folder %s", a.Folder())
			}
			compareFolder(t, to, sampleFolder)
		})
	}
}

// When the new place is gone at the next start, the old folder is used.
func TestMoveThatCannotGoOn(t *testing.T) {
	a, from, to := movable(t)
	killedMove(t, a, from, to, 3)
	events, cancel := a.Subscribe()
	defer cancel()
	makeFolder(t, filepath.Dir(to), map[string]string{"file": "x"})
	if err := a.settings.change(func(s *settings) { s.FolderMove.To = filepath.Join(filepath.Dir(to), "file", "x") }); err != nil {
		t.Fatal(err)
	}
	if a.finishFolderMove(t.Context()) || a.Folder() != from {
		t.Errorf("folder %s", a.Folder())
	}
	for e := range events {
		if e.Kind == ProblemArose {
			if !strings.Contains(e.Text, "All of your files are still in "+from) {
				t.Error(e.Text)
			}
			break
		}
	}
	compareFolder(t, from, sampleFolder)
}

func TestOneMoveAtATime(t *testing.T) {
	a, from, to := movable(t)
	a.folderMu.Lock()
	_, err := a.MoveFolder(t.Context(), to, nil)
	chosen := a.ChooseFolder(t.Context(), to)
	killedMove(t, a, from, to, 1)
	elsewhere := a.finishFolderMove(t.Context())
	a.folderMu.Unlock()
	if fault.ExitCode(err) != 2 || fault.ExitCode(chosen) != 2 || !elsewhere || a.Folder() != from {
		t.Errorf("%v, %v, %v", err, chosen, elsewhere)
	}
}

// While another program syncs the drive its folder stays.
func TestFolderOfARunningDrive(t *testing.T) {
	a, from, to := movable(t)
	lock, err := lockDrive(a.driveHomes()[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lock.Unlock() }()
	if _, err := a.MoveFolder(t.Context(), to, nil); err == nil || a.Folder() != from {
		t.Errorf("%v, folder %s", err, a.Folder())
	}
	compareFolder(t, from, sampleFolder)
}

func TestStateWithoutAFolder(t *testing.T) {
	if err := engine.FolderMoved(t.Context(), filepath.Join(t.TempDir(), "state.db"), "/a", "/b"); err != nil {
		t.Error(err)
	}
}

// A move that was cut off is gone on with by a program that does not sync.
func TestMoveAtRestGoesOn(t *testing.T) {
	a, from, to := movable(t)
	killedMove(t, a, from, to, 1)
	m, err := a.MoveFolderAtRest(t.Context(), filepath.Join(filepath.Dir(to), "somewhere else"), nil)
	if err != nil || !m.Done || m.To != to || a.Folder() != to || a.settings.get().FolderMove != nil {
		t.Fatalf("%+v, folder %s, %v", m, a.Folder(), err)
	}
	compareFolder(t, to, sampleFolder)
}

// A folder that another profile syncs is refused before anything is changed.
func TestFolderOfAnotherProfile(t *testing.T) {
	a, from, to := movable(t)
	release, err := a.profile.lockFolder(to)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.ChooseFolder(t.Context(), to); !errors.Is(err, errInUse) || a.Folder() != from || isThere(to) {
		t.Errorf("%v, folder %s", err, a.Folder())
	}
	if _, err := a.MoveFolder(t.Context(), to, nil); !errors.Is(err, errInUse) || a.Folder() != from {
		t.Errorf("%v, folder %s", err, a.Folder())
	}
	compareFolder(t, from, sampleFolder)
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if err := a.nobodySyncs(to); err != nil {
		t.Error(err)
	}
}
