package app

import (
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/monitor"
)

// nodeTrouble says why nothing is heard of a node.
func nodeTrouble(reason error) string {
	if _, ok := errors.AsType[*fault.Error](reason); !ok {
		if errors.Is(reason, monitor.ErrToken) {
			reason = fault.Wrong(reason, "The node does not take the token: it changes every hour, and with each start of the node. Enter the one that the node shows now.")
		} else {
			reason = fault.Say(reason, "The node does not answer. Check that it runs and that this computer can reach it.")
		}
	}
	return fault.Sentence(reason)
}
