package app

import (
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/monitor"
)

// nodeTrouble says why nothing is heard of a node.
func nodeTrouble(reason error) string {
	if _, ok := errors.AsType[*fault.Error](reason); !ok {
		switch {
		case errors.Is(reason, monitor.ErrStartedAgain):
			reason = fault.Wrong(reason, "The node was started again and has another token. Enter the one that it shows now.")
		case errors.Is(reason, monitor.ErrToken):
			reason = fault.Wrong(reason, "The node does not take the token: it changes every hour, and with each start of the node. Enter the one that the node shows now.")
		case refused(reason):
			reason = fault.Say(reason, "The node's computer answers, and the node does not. Start the node, or check the port of its monitor.")
		default:
			reason = fault.Say(reason, "The node does not answer. Check that it runs and that this computer can reach it.")
		}
	}
	return fault.Sentence(reason)
}
