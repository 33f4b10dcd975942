package chain

import (
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// phrases are words in the refusals of modules whose codes differ between the
// versions of the chain, or wrap many causes. They are looked for before the
// code is.
var phrases = []reason{
	{"register", 0, "insufficient deposit", ErrRefused, fault.Tell("The deposit is smaller than the network's minimum.")},
	{"register", 0, "insufficient balance", ErrFunds, fault.Tell("There is not enough STOS in this account, or the network needs this deposit for ozone that is sold.")},
	{"register", 0, "already exist for this pubkey", ErrRefused, fault.Tell("This node is registered already.")},
	{"register", 0, "registration is disabled", ErrRefused, fault.Tell("The network takes no new nodes at the moment.")},
	{"register", 0, "node does not exist", ErrRefused, fault.Tell("The network does not know this node.")},
	{"register", 0, "invalid owner address", ErrRefused, fault.Tell("This node belongs to another account.")},
	{"register", 0, "unbonding node", ErrRefused, fault.Tell("The deposit of this node is on its way back already.")},
	{"register", 0, "invalid node status", ErrRefused, fault.Tell("The deposit of this node is on its way back already.")},
	{"register", 0, "suspended node", ErrRefused, fault.Tell("This node is suspended; its deposit can only be taken back when it is in service again.")},
	{"staking", 0, "too many unbonding delegation entries", ErrRefused, fault.Tell("Too much is on its way back from this validator already; please wait until a part of it has arrived.")},
	{"staking", 0, "too many redelegation entries", ErrRefused, fault.Tell("Too much is being moved between these validators already; please wait until a part of it is over.")},
	{"staking", 0, "not enough delegation shares", ErrFunds, fault.Tell("There is not that much staked with this validator.")},
	{"sdk", 0, "invalid shares amount", ErrFunds, fault.Tell("There is not that much staked with this validator.")},
	{"staking", 0, "currently jailed", ErrRefused, fault.Tell("This validator is shut out at the moment.")},
	{"staking", 0, "no unbonding delegation found", ErrRefused, fault.Tell("There is nothing on its way back from this validator.")},
	{"distribution", 0, "set withdraw address disabled", ErrRefused, fault.Tell("The network does not pay rewards to other accounts.")},
	{"gov", 0, "minimum deposit is too small", ErrRefused, fault.Tell("The network wants a higher deposit with a proposal.")},
	{"gov", 0, "unknown proposal", ErrRefused, fault.Tell("There is no such proposal.")},
}

// phrased finds the phrase in a log of a codespace, or of any when it is "".
func phrased(codespace, log string) (r reason, found bool) {
	for _, p := range phrases {
		if (codespace == "" || codespace == p.codespace) && strings.Contains(log, p.log) {
			return p, true
		}
	}
	return reason{}, false
}
