package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/plan"
	"github.com/stratosdrive/stratosdrive/sync/scan"
)

const (
	markerName = "drive"
	tempName   = "tmp"
	parkName   = "park"
)

func (e *Engine) private(name ...string) string {
	return filepath.Join(append([]string{e.cfg.Root, scan.Private}, name...)...)
}

// checkRoot makes sure that the folder is the one that was synced before: a
// disk that is not mounted looks like a folder from which all was deleted.
func (e *Engine) checkRoot() error {
	mark, err := os.ReadFile(e.private(markerName))
	switch {
	case err == nil && strings.TrimSpace(string(mark)) != e.repo.Keys().Mark():
		return fault.Wrong(nil, "This folder is synced with another drive. Choose another folder; nothing was changed.")
	case err == nil:
		return e.recover()
	case !errors.Is(err, fs.ErrNotExist):
		return fault.Say(err, "The drive's folder cannot be read. Nothing was changed; check that its disk is there.")
	case len(e.synced) > 0 && !e.allowed():
		return fault.Say(ErrBrake, "The drive's folder is missing or is not the one that was synced before. Nothing was deleted; check that its disk is there.")
	}
	return e.makeRoot()
}

func (e *Engine) makeRoot() error {
	for _, dir := range []string{e.cfg.Root, e.private(), e.private(tempName), e.private(parkName)} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fault.Say(err, "The drive's folder could not be made. Choose a folder that you may write to.")
		}
	}
	if err := os.WriteFile(e.private(markerName), []byte(e.repo.Keys().Mark()+"\n"), 0o644); err != nil {
		return fault.Say(err, "The drive's folder cannot be written to. Choose a folder that you may write to.")
	}
	return e.recover()
}

// brake stops a sync that would take away too much at once.
func (s *session) brake() error {
	if s.e.allowed() {
		return nil
	}
	out := plan.Cost(s.remote.Nodes(), s.want.Nodes())
	in := plan.Cost(s.local.Nodes(), s.want.Nodes())
	in.Overwritten = 0 // the device that wrote them was asked
	switch {
	case out.Alarming() && out.Deleted >= out.Overwritten:
		return brakeError("%d of %d files were deleted in the folder on this computer. Nothing was deleted on the network; confirm to go on.", out.Deleted, out.Total)
	case out.Alarming():
		return brakeError("%d of %d files were changed at once in the folder on this computer. Nothing was sent; confirm to go on.", out.Overwritten, out.Total)
	case in.Alarming():
		return brakeError("%d of %d files were deleted by other devices. Nothing was deleted on this computer; confirm to go on.", in.Deleted, in.Total)
	}
	return nil
}

func brakeError(format string, args ...any) error {
	return fault.Say(ErrBrake, "%s", fmt.Sprintf(format, args...))
}
