package creator

import errorsmod "cosmossdk.io/errors"

// The errors of the module.
var (
	ErrShare          = errorsmod.Register(ModuleName, 2, "the share lies between 0 and 0.5")
	ErrReporter       = errorsmod.Register(ModuleName, 3, "only a meta node in service reports the traffic of content")
	ErrEpoch          = errorsmod.Register(ModuleName, 4, "the epoch must be greater than that of the last volume report")
	ErrVolumes        = errorsmod.Register(ModuleName, 5, "the volumes are invalid")
	ErrBelowThreshold = errorsmod.Register(ModuleName, 6, "the signatures of meta nodes do not reach the threshold")
)
