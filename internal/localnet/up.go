package localnet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet/node"
)

const (
	lockName = "lock"
	logName  = "network.log"
	maxLog   = 16 << 20 // bytes kept from earlier runs
)

// Up runs a network until ctx ends, which is a clean stop and no error. What
// else ends it is an error with a sentence for people: wrong options, a folder
// that another process runs, taken ports, a full disk, a chain that gave up.
//
// When the network is ready, Dir holds network.json; it is removed before the
// network stops. A process that is killed starts again from what it had, and
// whatever it had reported as stored is there.
func Up(ctx context.Context, o Options) error {
	if err := o.check(); err != nil {
		return err
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return fault.Say(err, "The folder for the network's data cannot be made: check the path and your rights.")
	}
	lock := flock.New(filepath.Join(o.Dir, lockName))
	if err := takeFolder(ctx, lock); err != nil {
		return err
	}
	defer lock.Unlock()
	log, err := openLog(o.Dir)
	if err != nil {
		return explain(o.Dir, err)
	}
	defer log.Close()
	if err = run(ctx, o, log); err != nil {
		fmt.Fprintf(log, "the network ended: %v\n", err)
	}
	return explain(o.Dir, err)
}

// lockPatience is how long a folder may be taken before that counts: commands
// that look at a resting network take it for a moment.
const lockPatience = time.Second

func takeFolder(ctx context.Context, lock *flock.Flock) error {
	ctx, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	if ok, err := lock.TryLockContext(ctx, 20*time.Millisecond); !ok {
		return fault.Say(err, "A network is running in this folder already, or its files are being checked.")
	}
	return nil
}

// fullDisk is so little room, in bytes, that whatever failed failed for want
// of it: not every part tells a full disk from other trouble.
const fullDisk = 256 << 10

// explain gives a sentence to what people can do something about. dir is the
// folder of the network.
func explain(dir string, err error) error {
	if err == nil {
		return nil
	}
	disk, derr := node.AskDisk(dir)
	switch {
	case node.IsDiskFull(err), derr == nil && disk.Free < fullDisk:
		return fault.Say(err, "The disk is full, so the practice network cannot go on. Its files are safe; make room and start it again.")
	case errors.Is(err, fs.ErrPermission):
		return fault.Say(err, "The practice network may not write to its folder. Check the rights of the folder.")
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	return fault.Say(err, "The practice network stopped because of an inner error, which its log tells. Its files are safe; start it again.")
}

func openLog(dir string) (*os.File, error) {
	path := filepath.Join(dir, logName)
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		if err := os.Rename(path, path+".old"); err != nil {
			return nil, fmt.Errorf("put the old log aside: %w", err)
		}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the log: %w", err)
	}
	return f, nil
}

// run builds the network, serves until something ends it, and takes it down.
func run(ctx context.Context, o Options, log io.Writer) (err error) {
	began := time.Now()
	t := &tower{options: o, log: log}
	if err := removeFile(t.descriptionPath()); err != nil { // of a killed process
		return err
	}
	held, moved, err := holdPorts(o.Dir, o.Ports)
	if err != nil {
		return err
	}
	defer held.Close()
	defer func() { err = errors.Join(err, t.stop()) }()
	if err := t.start(ctx, held); err != nil || ctx.Err() != nil {
		return unlessStopped(ctx, err)
	}
	if moved || held.moved {
		say(o, "A port of the last run is taken by another program, so the network has a new one.")
	}
	if err := t.announce(); err != nil {
		return err
	}
	say(o, "The practice network is ready after %.1f s.", time.Since(began).Seconds())
	err = t.wait(ctx)
	if werr := t.withdraw(); err == nil {
		err = werr
	}
	say(o, "Stopping.")
	return unlessStopped(ctx, err)
}

// unlessStopped drops errors that come from being asked to stop.
func unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove old network description: %w", err)
	}
	return nil
}

// say prints one line of progress.
func say(o Options, format string, args ...any) {
	fmt.Fprintf(o.Progress, format+"\n", args...)
}
