package engine

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/plan"
)

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
