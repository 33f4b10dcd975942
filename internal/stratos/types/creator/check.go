package creator

import (
	"cosmossdk.io/math"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// maxVolumeBits keeps sums of volumes inside the range of decimals; all ozone
// of the chain is 67 bits of noz.
const maxVolumeBits = 96

// ValidateBasic refuses before inclusion what can never succeed: a wallet that
// stands in a list twice, a volume that is not positive, lists of different
// sums.
func (m *MsgCreatorTraffic) ValidateBasic() error {
	if _, err := stratos.DecodeBech32(stratos.PrefixNode, m.Reporter); err != nil {
		return ErrReporter
	}
	if _, err := stratos.DecodeBech32(stratos.PrefixAccount, m.ReporterOwner); err != nil {
		return ErrReporter
	}
	if m.Epoch <= 0 {
		return ErrEpoch
	}
	owners, err := sum(m.Owners)
	if err != nil {
		return err
	}
	servers, err := sum(m.Servers)
	if err != nil {
		return err
	}
	if !owners.Equal(servers) {
		return ErrVolumes.Wrap("owners and servers have different sums")
	}
	return nil
}

// Volume is the traffic of all content, in noz.
func (m *MsgCreatorTraffic) Volume() math.Int {
	total := math.ZeroInt()
	for _, o := range m.Owners {
		total = total.Add(o.Volume)
	}
	return total
}

// sum adds up a list that is not empty and in the order of wallets, each once.
func sum(list []WalletVolume) (math.Int, error) {
	total, last := math.ZeroInt(), ""
	for _, v := range list {
		if _, err := stratos.DecodeBech32(stratos.PrefixAccount, v.WalletAddress); err != nil {
			return total, ErrVolumes.Wrap("a wallet address is invalid")
		}
		if v.WalletAddress <= last {
			return total, ErrVolumes.Wrap("wallets must stand in order, each once")
		}
		if v.Volume.IsNil() || !v.Volume.IsPositive() || v.Volume.BigInt().BitLen() > maxVolumeBits {
			return total, ErrVolumes.Wrap("a volume must be positive and possible")
		}
		total, last = total.Add(v.Volume), v.WalletAddress
	}
	if last == "" {
		return total, ErrVolumes.Wrap("a list is empty")
	}
	return total, nil
}
