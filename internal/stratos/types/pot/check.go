package pot

import (
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// maxVolumeBits keeps sums of volumes inside the range of decimals; all ozone
// of the chain is 67 bits of noz.
const maxVolumeBits = 96

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgVolumeReport) ValidateBasic() error {
	if !isNode(m.Reporter) {
		return ErrReporterAddress
	}
	if !isAccount(m.ReporterOwner) {
		return ErrReporterOwner
	}
	if m.Epoch.IsNil() || !m.Epoch.IsPositive() || !m.Epoch.IsInt64() {
		return ErrEpochNotPositive
	}
	if m.ReportReference == "" {
		return ErrEmptyReference
	}
	if len(m.WalletVolumes) == 0 {
		return ErrEmptyWalletVolumes
	}
	for _, v := range m.WalletVolumes {
		if !isAccount(v.WalletAddress) {
			return ErrMissingWallet
		}
		if v.Volume.IsNil() || v.Volume.IsNegative() {
			return ErrNegativeVolume
		}
		if v.Volume.BigInt().BitLen() > maxVolumeBits {
			return ErrInvalidAmount
		}
	}
	return nil
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgWithdraw) ValidateBasic() error {
	if !isAccount(m.WalletAddress) {
		return ErrMissingWallet
	}
	if !isAccount(m.TargetAddress) {
		return ErrMissingTarget
	}
	if !isAmount(m.Amount) {
		return ErrWithdrawAmount
	}
	return nil
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgFoundationDeposit) ValidateBasic() error {
	if !isAccount(m.From) {
		return ErrEmptyFromAddr
	}
	if !isAmount(m.Amount) {
		return ErrFoundationAmount
	}
	return nil
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgSlashingResourceNode) ValidateBasic() error {
	if len(m.Reporters) == 0 || len(m.Reporters) != len(m.ReporterOwner) {
		return ErrReporterOrOwner
	}
	for i := range m.Reporters {
		if !isNode(m.Reporters[i]) || !isAccount(m.ReporterOwner[i]) {
			return ErrReporterOrOwner
		}
	}
	if !isNode(m.NetworkAddress) || !isAccount(m.WalletAddress) {
		return ErrInvalidAddress
	}
	if m.Slashing.IsNil() || m.Slashing.IsNegative() || m.Slashing.BigInt().BitLen() > maxVolumeBits {
		return ErrInvalidAmount
	}
	return nil
}

func isAmount(coins sdk.Coins) bool { return !coins.Empty() && coins.IsValid() }

func isAccount(text string) bool {
	_, err := stratos.DecodeBech32(stratos.PrefixAccount, text)
	return err == nil
}

func isNode(text string) bool {
	_, err := stratos.DecodeBech32(stratos.PrefixNode, text)
	return err == nil
}
