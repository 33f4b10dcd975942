package creator

import (
	"errors"
	"strings"
	"testing"

	"cosmossdk.io/math"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func account(n byte) string {
	raw := make([]byte, 20)
	raw[19] = n
	return stratos.EncodeBech32(stratos.PrefixAccount, raw)
}

func report() *MsgCreatorTraffic {
	return &MsgCreatorTraffic{
		Reporter: stratos.EncodeBech32(stratos.PrefixNode, make([]byte, 20)), ReporterOwner: account(1), Epoch: 7,
		Owners:  []WalletVolume{{account(2), math.NewInt(30)}, {account(3), math.NewInt(12)}},
		Servers: []WalletVolume{{account(4), math.NewInt(42)}},
	}
}

func TestCheck(t *testing.T) {
	m := report()
	if a, b := m.Owners[0].WalletAddress, m.Owners[1].WalletAddress; strings.Compare(a, b) > 0 {
		m.Owners[0].WalletAddress, m.Owners[1].WalletAddress = b, a
	}
	good := *m
	if err := good.ValidateBasic(); err != nil || !good.Volume().Equal(math.NewInt(42)) {
		t.Fatalf("%v, %s", err, good.Volume())
	}
	for name, c := range map[string]struct {
		spoil func(*MsgCreatorTraffic)
		want  error
	}{
		"reporter":      {func(m *MsgCreatorTraffic) { m.Reporter = account(1) }, ErrReporter},
		"owner":         {func(m *MsgCreatorTraffic) { m.ReporterOwner = "" }, ErrReporter},
		"epoch":         {func(m *MsgCreatorTraffic) { m.Epoch = 0 }, ErrEpoch},
		"no owners":     {func(m *MsgCreatorTraffic) { m.Owners = nil }, ErrVolumes},
		"no servers":    {func(m *MsgCreatorTraffic) { m.Servers = nil }, ErrVolumes},
		"twice":         {func(m *MsgCreatorTraffic) { m.Owners[1].WalletAddress = m.Owners[0].WalletAddress }, ErrVolumes},
		"order":         {func(m *MsgCreatorTraffic) { m.Owners[0], m.Owners[1] = m.Owners[1], m.Owners[0] }, ErrVolumes},
		"no wallet":     {func(m *MsgCreatorTraffic) { m.Servers[0].WalletAddress = "st1" }, ErrVolumes},
		"nothing":       {func(m *MsgCreatorTraffic) { m.Owners[0].Volume = math.ZeroInt() }, ErrVolumes},
		"missing":       {func(m *MsgCreatorTraffic) { m.Owners[0].Volume = math.Int{} }, ErrVolumes},
		"impossible":    {func(m *MsgCreatorTraffic) { m.Servers[0].Volume = math.NewInt(2).ToLegacyDec().Power(97).TruncateInt() }, ErrVolumes},
		"different sum": {func(m *MsgCreatorTraffic) { m.Servers[0].Volume = math.NewInt(41) }, ErrVolumes},
	} {
		bad := *m
		bad.Owners, bad.Servers = append([]WalletVolume{}, m.Owners...), append([]WalletVolume{}, m.Servers...)
		c.spoil(&bad)
		if err := bad.ValidateBasic(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestShare(t *testing.T) {
	if err := DefaultParams().Validate(); err != nil {
		t.Error(err)
	}
	for text, ok := range map[string]bool{"0": true, "0.5": true, "0.500000000000000001": false, "-0.1": false, "1": false} {
		if err := (Params{Share: math.LegacyMustNewDecFromStr(text)}).Validate(); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
	if err := (Params{}).Validate(); !errors.Is(err, ErrShare) {
		t.Errorf("no share: %v", err)
	}
}
