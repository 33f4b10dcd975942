package chain

import (
	"strings"
	"testing"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	"github.com/cosmos/gogoproto/proto"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

// Messages without an amino name are taken in direct mode only.
func TestMessagesWithoutAnAminoName(t *testing.T) {
	c := common(t)
	w := newWallet(t, c, "10stos")
	one, _ := nodeKey(t, "one")
	two, _ := nodeKey(t, "two")
	for _, m := range []proto.Message{
		&register.MsgUpdateEffectiveDeposit{Reporters: []string{one}, ReporterOwner: []string{w.address}, NetworkAddress: two, EffectiveTokens: math.OneInt()},
		&register.MsgKickMetaNodeVote{TargetNetworkAddress: two, VoterNetworkAddress: one, VoterOwnerAddress: w.address},
	} {
		d := w.draft(m)
		d.auth.SignerInfos[0].ModeInfo.Sum.(*txtypes.ModeInfo_Single_).Single.Mode = signing.SignMode_SIGN_MODE_LEGACY_AMINO_JSON
		if got := c.broadcast(t, w.sign(d)); got.Codespace != "sdk" || got.Code != 4 || !strings.Contains(got.Log, "has no amino name") {
			t.Errorf("%T as amino JSON: %s %d %s", m, got.Codespace, got.Code, got.Log)
		}
		if got := w.send(m); got.Codespace != register.ModuleName || got.Height == "0" {
			t.Errorf("%T in direct mode: %s %d %s", m, got.Codespace, got.Code, got.Log)
		}
	}
}

// A deposit that cannot be changed is the error 55 of the register module, as
// it was on the real chain.
func TestDepositThatCannotBeChanged(t *testing.T) {
	c := common(t)
	w := newWallet(t, c, "10stos")
	nobody, _ := nodeKey(t, "nobody")
	got := w.send(&register.MsgUpdateResourceNodeDeposit{NetworkAddress: nobody, OwnerAddress: w.address, DepositDelta: coin(t, "1stos")})
	if got.Codespace != "register" || got.Code != 55 || !strings.Contains(got.Log, "failed to update deposit for resource node") {
		t.Errorf("%s %d: %s", got.Codespace, got.Code, got.Log)
	}
}

// A simulation takes a fee in every unit that a transaction takes it in.
func TestSimulationWithAFeeInGwei(t *testing.T) {
	c := common(t)
	w := newWallet(t, c, "10stos")
	used := map[string]uint64{}
	for _, unit := range []string{"wei", "gwei", "stos"} {
		d := w.draft(transfer(t, w.address, receiver, "1stos"))
		d.auth.Fee.Amount = sdk.NewCoins(sdk.NewInt64Coin(unit, 1))
		used[unit] = w.simulate(d)
	}
	for unit, gas := range used {
		if gas+2_000 < used["wei"] || gas > used["wei"]+2_000 {
			t.Errorf("%d gas with a fee in %s, %d in wei", gas, unit, used["wei"])
		}
	}
}
