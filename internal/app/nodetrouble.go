package app

import (
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/monitor"
)

// nodeTrouble says why nothing is heard of a node.
func nodeTrouble(reason error) string {
	switch known, ok := errors.AsType[*fault.Error](reason); {
	case ok:
		return fault.Sentence(known)
	case errors.Is(reason, monitor.ErrToken):
		return "The node does not take the token: it changes every hour, and with each start of the node. Enter the one that the node shows now."
	}
	return "The node does not answer. Check that it runs and that this computer can reach it."
}
