package pot

import errorsmod "cosmossdk.io/errors"

// The errors of the module. 29 was recorded on the real chain; the others
// count on from its published list around that one.
var (
	ErrInvalid                 = errorsmod.Register(ModuleName, 2, "error invalid")
	ErrOutOfIssuance           = errorsmod.Register(ModuleName, 4, "mining reward reaches the issuance limit")
	ErrWithdrawAmount          = errorsmod.Register(ModuleName, 5, "withdraw amount is invalid")
	ErrMissingWallet           = errorsmod.Register(ModuleName, 6, "missing wallet address")
	ErrMissingTarget           = errorsmod.Register(ModuleName, 7, "missing target address")
	ErrInsufficientMatureTotal = errorsmod.Register(ModuleName, 8, "insufficient mature total")
	ErrMatureEpoch             = errorsmod.Register(ModuleName, 9, "the value of epoch must be positive and greater than its previous one")
	ErrEmptyFromAddr           = errorsmod.Register(ModuleName, 10, "missing from address")
	ErrEmptyWalletVolumes      = errorsmod.Register(ModuleName, 12, "wallet volumes list empty")
	ErrEpochNotPositive        = errorsmod.Register(ModuleName, 13, "report epoch is not positive")
	ErrEmptyReference          = errorsmod.Register(ModuleName, 14, "missing report reference")
	ErrReporterOwner           = errorsmod.Register(ModuleName, 15, "invalid reporter owner address")
	ErrNegativeVolume          = errorsmod.Register(ModuleName, 16, "report volume is negative")
	ErrFoundationAmount        = errorsmod.Register(ModuleName, 17, "foundation deposit amount is invalid")
	ErrSignatureBelowThreshold = errorsmod.Register(ModuleName, 22, "BLS signed meta-nodes does not reach the threshold")
	ErrReporterAddress         = errorsmod.Register(ModuleName, 23, "invalid reporter address")
	ErrInvalidAmount           = errorsmod.Register(ModuleName, 24, "invalid amount")
	ErrInvalidAddress          = errorsmod.Register(ModuleName, 27, "invalid address")
	ErrInvalidDenom            = errorsmod.Register(ModuleName, 28, "invalid denomination")
	ErrWithdraw                = errorsmod.Register(ModuleName, 29, "failure during withdraw")
	ErrFoundationDeposit       = errorsmod.Register(ModuleName, 30, "failure during foundation deposit")
	ErrSlashing                = errorsmod.Register(ModuleName, 31, "failure during slashing resource node")
	ErrVolumeReport            = errorsmod.Register(ModuleName, 32, "volume report failed")
	ErrReporterOrOwner         = errorsmod.Register(ModuleName, 34, "invalid reporter address or owner address")
)
