package engine

import (
	"context"
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/scan"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Summary says what one sync did.
type Summary struct {
	Uploaded   int   // files whose new content is on the network now
	Downloaded int   // files whose new content is on the disk now
	Moved      int   // files and folders that were moved on the disk
	Deleted    int   // files and folders that were deleted on the disk
	Freed      int   // files and folders that made room on the disk; the network has them
	Waiting    int   // files that changed meanwhile; the next sync takes them
	Unread     int   // folders that could not be read; what is in them waits
	Published  bool  // a new commit was made
	BytesUp    int64 // content of these uploaded files
	BytesDown  int64 // content of files that arrived
}

// next is what a sync begins with that goes on after another one.
func (s Summary) next() Summary {
	s.Waiting, s.Unread = 0, 0 // counted anew
	return s
}

// ErrBrake is wrapped by the errors of a sync that stopped because too much
// would go at once, or because the folder is not what it was. Call Allow to go
// on, after a person agreed.
var ErrBrake = errors.New("sync stopped for safety")

// ErrPaused is wrapped by the errors of a sync that was told to wait.
var ErrPaused = errors.New("sync is paused")

var errPaused = fault.Say(ErrPaused, "Syncing is paused. Your files are safe; it goes on when you resume it.")

// SyncOnce brings folder and drive to the same content and returns when that
// is so. When it returns without error, everything that lay in the folder when
// it began is safe on the network, except for files that the summary counts
// as waiting or that lie in folders which it counts as unread.
func (e *Engine) SyncOnce(ctx context.Context) (Summary, error) {
	return e.SyncChanged(ctx, scan.Changes{Whole: true})
}

// SyncChanged is SyncOnce for a folder in which nothing happened since the last
// sync but where changes say. It looks there alone where that is enough, and at
// the whole folder after a sync that did not go well or left something waiting.
func (e *Engine) SyncChanged(ctx context.Context, changes scan.Changes) (Summary, error) {
	e.sync.Lock()
	defer e.sync.Unlock()
	pause, resume := e.untilPaused(ctx)
	defer resume()
	if pause.Err() != nil {
		e.seen = false // nobody looked where something changed
		return Summary{}, explain(errors.Join(ctx.Err(), errPaused))
	}
	e.status.begin()
	e.setActivity(Syncing)
	s := &session{e: e, ctx: pause, changes: changes}
	err := s.run()
	for (err == nil && s.rules || errors.Is(err, repo.ErrStale)) && s.tries < mostTries {
		s = &session{e: e, ctx: pause, changes: scan.Changes{Whole: true}, sum: s.sum.next(), tries: s.tries + 1}
		err = s.run()
	}
	e.seen = err == nil && s.sum.Waiting+s.sum.Unread == 0
	err = errors.Join(err, e.save(ctx))
	e.publishStatus(s)
	s.sum.BytesDown = e.Progress().Down.BytesDone
	if err == nil {
		e.cfg.Events(Round{s.sum})
	}
	if pause.Err() != nil && ctx.Err() == nil {
		err = errHeld
		if e.isPaused() {
			err = errPaused
		}
	}
	if errors.Is(err, ErrMoved) {
		e.cfg.Events(Gone{})
	}
	e.setActivity(activityAfter(err))
	return s.sum, explain(e.unlessUseless(err))
}

func activityAfter(err error) Activity {
	switch {
	case err == nil:
		return UpToDate
	case errors.Is(err, ErrPaused):
		return Paused
	case errors.Is(err, ErrBrake), errors.Is(err, ErrMoved):
		return Stopped
	case IsDiskFull(err):
		return OutOfDisk
	case errors.Is(err, repo.ErrNoOzone):
		return OutOfOzone
	case errors.Is(err, repo.ErrOffline):
		return Offline
	case errors.Is(err, context.Canceled): // last: one failure cancels other transfers
		return UpToDate
	}
	return Syncing
}

// explain gives the failures that people meet a sentence.
func explain(err error) error {
	var known *fault.Error
	switch {
	case err == nil, errors.As(err, &known):
		return err
	case errors.Is(err, repo.ErrNoOzone):
		return fault.Say(err, "There is not enough ozone to go on. Your files are safe; buy ozone and sync again.")
	case errors.Is(err, repo.ErrOffline):
		return fault.Say(err, "The network is out of reach. Your files are safe; the sync goes on when it is back.")
	case IsDiskFull(err):
		return fault.Say(err, "The disk is full. Nothing was lost; make room and sync again.")
	case isForbidden(err):
		return fault.Say(err, "The disk does not let this program write. Nothing was lost; check the rights of the drive's folder and sync again.")
	case errors.Is(err, pack.ErrDamaged):
		return fault.Say(err, "The network returned damaged data for a file. Your files are safe; try again later.")
	case errors.Is(err, repo.ErrStale):
		return fault.Say(err, "This took so long that other devices may have changed the drive meanwhile. Nothing was lost; try again.")
	}
	return err
}

// Plainly is what to tell a person about what ended a sync, also where nobody
// foresaw it.
func Plainly(err error) error {
	if err == nil || fault.Explained(err) {
		return err
	}
	return fault.Say(err, "The sync stopped for a reason that was not expected. Your files are safe; it is tried again by itself.")
}

// mostTries bounds how often a sync begins anew because the disk got other
// rules, or because others may have published too much meanwhile.
const mostTries = 3

// session is one sync.
type session struct {
	e      *Engine
	ctx    context.Context
	in     *repo.Ingest
	view   repo.View
	remote *tree.Tree // what the network has
	local  *tree.Tree // what the disk has
	want   *tree.Tree // what both should have
	place  *tree.Tree // what of it should lie on the disk
	choice Choice
	drop   map[tree.ID]int64 // what is deleted though it does not lie on the disk
	// published is set when all content of the tree that is wanted is on the
	// network.
	published bool
	again     bool // some content that the network has must be stored once more
	rules     bool // the disk got other rules of what to leave out
	sum       Summary
	changes   scan.Changes
	part      bool // only what changed is looked at
	tries     int  // how often the sync began anew
}

func (s *session) run() error {
	if err := s.e.checkRoot(s.ctx); err != nil {
		return err
	}
	if s.e.last == nil { // so that a long first look does not keep lists waiting
		// What was known may be months old, and let go by others since.
		if err := s.e.showKnown(s.ctx); err != nil && !gone(err) {
			return err
		}
	}
	if err := s.choose(); err != nil {
		return err
	}
	if err := s.observe(); err != nil {
		return err
	}
	if err := s.choosePart(); err != nil {
		return err
	}
	if still, err := s.still(); still || err != nil {
		return err
	}
	s.e.rest = nil
	if err := s.takeIn(); err != nil {
		return err
	}
	return s.bring()
}

// bring makes network and disk what both should be.
func (s *session) bring() error {
	defer s.in.Close()
	var err error
	s.want = s.merge()
	if s.place, err = s.placed(); err != nil {
		return err
	}
	s.e.publishStatus(s)
	if err := s.brake(); err != nil {
		return err
	}
	// What comes in may come in even if nothing can be sent, and the other way
	// round: both are safe at any time.
	err = s.publish()
	if s.ctx.Err() != nil || errors.Is(err, repo.ErrStale) {
		return err
	}
	err = errors.Join(err, s.apply())
	s.settle()
	if err != nil {
		return err
	}
	s.e.calm()
	s.rest()
	return errors.Join(s.noteFreed(), s.noteDropped(), s.noteLeft())
}

// observe looks at the network.
func (s *session) observe() error { return s.e.unlessMoved(s.ctx, s.ask()) }

// merge decides what disk and network should have.
func (s *session) merge() *tree.Tree {
	return plan.MergeAgreed(s.base(), s.remote, s.local)
}

// look reads what the network has, as one tree.
func (s *session) look() error {
	var err error
	if s.view, err = s.e.repo.View(s.ctx); err != nil {
		return err
	}
	if len(s.view.Hidden) > 0 && !isMoved(s.view) {
		s.e.problem(Problem{Sentence: fault.Text("Part of your drive is not being shown by this gateway. Nothing was deleted; try another gateway.")})
	}
	if s.view.Unreadable > 0 {
		s.e.problem(Problem{Sentence: fault.Text("The newest changes of one of your devices cannot be read from the network now. They are tried again; nothing was deleted.")})
	}
	s.remote, err = s.e.remoteTree(s.ctx, s.view)
	return err
}

// settle notes what disk and network agree on now.
func (s *session) settle() {
	s.e.settle(s.remote)
	s.forgetAway()
}

// settleNew is settle for the nodes of the disk that changed since the notes
// were saved.
func (s *session) settleNew() {
	for id := range s.e.dirty {
		d, here := s.e.disk.Get(id)
		if r, there := s.remote.Get(id); here && there && r == d.Node {
			s.e.setSynced(r)
		}
	}
}
