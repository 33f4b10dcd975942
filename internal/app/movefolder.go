package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// FolderStep is what moving the folder is at.
type FolderStep string

// First everything is copied, then the old place is emptied. On one disk the
// folder only gets another name, and neither is told.
const (
	FolderCopying  FolderStep = "copying"
	FolderClearing FolderStep = "clearing"
)

// FolderMove tells what moving the files of the synced folder did, or would do.
type FolderMove struct {
	Done  bool   `json:"done"` // false for a preview
	From  string `json:"from"`
	To    string `json:"to"`
	Files int    `json:"files"`
	Bytes int64  `json:"bytes"`
	Left  int    `json:"left"` // files that stayed in the old place, since they changed meanwhile
}

// begunMove is a move of the folder that is not complete. The folder in use is
// the old one until all is in the new one.
type begunMove struct {
	Wallet string `json:"wallet"` // address
	From   string `json:"from"`
	To     string `json:"to"`
}

// PreviewFolder tells what [App.MoveFolder] would do. It changes nothing.
func (a *App) PreviewFolder(ctx context.Context, dir string) (FolderMove, error) {
	m, err := a.folderTarget(dir)
	if err != nil {
		return m, err
	}
	m.Files, m.Bytes, err = weigh(ctx, m.From)
	if err != nil {
		return m, fault.Say(err, "The folder %s cannot be read. Nothing was moved; check that its disk is there.", m.From)
	}
	return m, nil
}

// folderTarget finds where the files would lie: in dir, or in a folder of the
// old name in it when something lies there already.
func (a *App) folderTarget(dir string) (m FolderMove, err error) {
	switch {
	case a.Watching():
		return m, watchedFault()
	case a.Folder() == "":
		return m, fault.Say(nil, "No folder is chosen yet.")
	}
	m.From = a.Folder()
	if m.To, err = filepath.Abs(dir); err != nil {
		return m, fmt.Errorf("find folder: %w", err)
	}
	if !vacant(m.To) && solid(m.To) != solid(m.From) {
		m.To = filepath.Join(m.To, filepath.Base(m.From))
	}
	from, to := solid(m.From), solid(m.To)
	switch {
	case from == to:
		return m, fault.Wrong(nil, "The files are in this folder already. Choose another one.")
	case within(to, from) || within(from, to):
		return m, fault.Wrong(nil, "A folder cannot be moved into itself. Choose a place beside it; nothing was moved.")
	case !vacant(m.To):
		return m, fault.Wrong(nil, "There is something in %s already. Choose an empty folder; nothing was moved.", m.To)
	}
	return m, a.checkFolder(m.To)
}

// vacant tells whether a folder is missing or empty.
func vacant(dir string) bool {
	list, err := os.ReadDir(dir)
	return errors.Is(err, os.ErrNotExist) || err == nil && len(list) == 0
}

// nothingMoves refuses while the files of the folder are on their way.
func (a *App) nothingMoves() error {
	if !a.folderMu.TryLock() {
		return fault.Wrong(nil, "The files of your folder are being moved. Wait until that is done.")
	}
	a.folderMu.Unlock()
	return nil
}

// MoveFolder takes the files of the synced folder to dir, or into a folder of
// the old name in it when something lies there, and goes on syncing there. When
// it fails all files are in the old place, and that goes on being synced. When
// ctx ends it stops where it is: the next start of the drive goes on with it,
// unless [App.KeepFolder] is called. tell may be nil.
func (a *App) MoveFolder(ctx context.Context, dir string, tell func(step FolderStep, done, total int64)) (FolderMove, error) {
	m, err := a.PreviewFolder(ctx, dir)
	if err != nil {
		return m, err
	}
	return a.moveFolder(ctx, m, tell, a.startMoved)
}

// MoveFolderAtRest is [App.MoveFolder] for a program that does not sync, and
// needs no key. A move that was cut off is gone on with, whatever dir is.
func (a *App) MoveFolderAtRest(ctx context.Context, dir string, tell func(step FolderStep, done, total int64)) (FolderMove, error) {
	m, err := a.PreviewFolderAtRest(ctx, dir)
	if err != nil {
		return m, err
	}
	return a.moveFolder(ctx, m, tell, func(context.Context) error { return nil })
}

// PreviewFolderAtRest tells what [App.MoveFolderAtRest] would do.
func (a *App) PreviewFolderAtRest(ctx context.Context, dir string) (m FolderMove, err error) {
	begun := a.settings.get().FolderMove
	if begun == nil || begun.Wallet != a.ownerAddress() {
		return a.PreviewFolder(ctx, dir)
	}
	m = FolderMove{From: begun.From, To: begun.To}
	if m.Files, m.Bytes, err = weigh(ctx, m.From); err != nil { // it may have its new name already
		m.Files, m.Bytes = 0, 0
	}
	return m, ctx.Err()
}

// moveFolder takes the files to where they shall lie, and starts the drive
// again.
func (a *App) moveFolder(ctx context.Context, m FolderMove, tell func(step FolderStep, done, total int64), start func(context.Context) error) (FolderMove, error) {
	if !a.folderMu.TryLock() {
		return m, a.nothingMoves()
	}
	defer a.folderMu.Unlock()
	if err := a.stopDrive(); err != nil {
		return m, err
	}
	begun := begunMove{Wallet: a.ownerAddress(), From: m.From, To: m.To}
	if err := a.settings.change(func(s *settings) { s.FolderMove = &begun }); err != nil {
		return m, errors.Join(err, start(ctx))
	}
	c := newCarrier(m.From, m.To, tell)
	left, err := a.carry(ctx, begun, c)
	if ctx.Err() != nil {
		return m, ctx.Err()
	}
	m.Left, m.Done = left, err == nil
	switch {
	case errors.Is(err, errInUse):
		err = errors.Join(err, a.stay(ctx, c))
	case err != nil:
		err = errors.Join(fault.Say(explainDisk(err), "The folder could not be moved. All of your files are still in %s.", m.From), a.stay(ctx, c))
	}
	return m, errors.Join(err, start(ctx))
}

// startMoved starts the drive where its folder is now; who moves it has
// folderMu already.
func (a *App) startMoved(ctx context.Context) error {
	a.hub.send(Event{Kind: SetupChanged})
	return a.startDrive(ctx)
}

// carry does a move that was begun, and tells how many files stayed behind.
// While it lasts no other program works on the drive.
func (a *App) carry(ctx context.Context, m begunMove, c *carrier) (left int, err error) {
	release, err := a.lockDrives(m.From, m.To)
	if err != nil {
		return 0, err
	}
	defer func() { _ = release() }()
	if a.Folder() != m.To {
		if err := c.bring(ctx); err != nil {
			return 0, err
		}
		if err := a.folderIsAt(ctx, m); err != nil {
			return 0, err
		}
	}
	left, err = c.clear(ctx)
	switch {
	case ctx.Err() != nil:
		return left, ctx.Err()
	case err != nil:
		left++ // at least what could not be read
	}
	return left, a.settings.change(func(s *settings) { s.FolderMove = nil })
}

// folderIsAt puts the new place to use.
func (a *App) folderIsAt(ctx context.Context, m begunMove) error {
	for _, home := range a.driveHomes() {
		if err := engine.FolderMoved(ctx, filepath.Join(home, "state.db"), m.From, m.To); err != nil {
			return err
		}
	}
	return a.settings.change(func(s *settings) {
		if known, there := s.Wallets[m.Wallet]; there && s.Wallet != m.Wallet {
			known.Folder = m.To
			s.know(m.Wallet, known)
			return
		}
		s.Folder = m.To
	})
}

// lockDrives keeps other programs from the drives of the wallet in use, and from
// folders.
func (a *App) lockDrives(folders ...string) (release func() error, err error) {
	var locks []func() error
	for _, home := range a.driveHomes() {
		lock, err := lockDrive(home)
		if err != nil {
			return nil, errors.Join(err, leaveAll(locks...)())
		}
		locks = append(locks, lock.Unlock)
	}
	for _, folder := range folders {
		lock, err := a.profile.lockFolder(folder)
		if err != nil {
			return nil, errors.Join(err, leaveAll(locks...)())
		}
		locks = append(locks, lock)
	}
	return leaveAll(locks...), nil
}

// stay leaves the files where they were, and takes back what was copied.
func (a *App) stay(ctx context.Context, c *carrier) error {
	arrived := a.Folder() == c.to
	err := a.settings.change(func(s *settings) { s.FolderMove = nil })
	if arrived {
		return err
	}
	return errors.Join(err, c.takeBack(ctx))
}

// KeepFolder gives up a move of the folder that was stopped: what was copied is
// taken back, and the old folder is synced again. When everything had arrived
// already, it stays there.
func (a *App) KeepFolder(ctx context.Context) error {
	a.folderMu.Lock()
	defer a.folderMu.Unlock()
	m := a.settings.get().FolderMove
	if m == nil {
		return nil
	}
	if !isFolder(m.From) { // it has its new name already
		if err := a.folderIsAt(ctx, *m); err != nil {
			return err
		}
	}
	if err := a.stay(ctx, newCarrier(m.From, m.To, nil)); err != nil {
		return fault.Say(err, "What was copied to %s could not all be taken away. Your files are in %s.", m.To, m.From)
	}
	return a.startMoved(ctx)
}

// finishFolderMove goes on with a move of the folder that was cut off, when the
// drive starts. Where that is not possible the files stay where they are. It
// reports whether somebody else is at it, who starts the drive afterwards.
func (a *App) finishFolderMove(ctx context.Context) (elsewhere bool) {
	m := a.settings.get().FolderMove
	if m == nil || m.Wallet != a.ownerAddress() {
		return false
	}
	if !a.folderMu.TryLock() {
		return true
	}
	defer a.folderMu.Unlock()
	c := newCarrier(m.From, m.To, nil)
	if _, err := a.carry(ctx, *m, c); err != nil && ctx.Err() == nil {
		err = errors.Join(err, a.stay(ctx, c))
		a.hub.send(Event{Kind: ProblemArose, Text: fault.Sentence(fault.Say(err, "The folder could not be moved. All of your files are still in %s.", a.Folder()))})
	}
	a.hub.send(Event{Kind: SetupChanged})
	return false
}
