package chain

import (
	"errors"
	"testing"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// Only governance changes the settings, only to ones that work, and they hold
// at once.
func TestSettingsBelongToGovernance(t *testing.T) {
	l := newLedger(t, Periods{})
	gov, a := authtypes.NewModuleAddress(govtypes.ModuleName).String(), l.fund("a", 100)
	settings := register.DefaultParams()
	settings.ResourceNodeRegEnabled = false
	rewards := pot.DefaultParams()
	change := func(who string) []sdk.Msg {
		return []sdk.Msg{
			&register.MsgUpdateParams{Authority: who, Params: settings},
			&pot.MsgUpdateParams{Authority: who, Params: rewards},
			&sds.MsgUpdateParams{Authority: who, Params: sds.DefaultParams()},
		}
	}
	for _, msg := range change(a) {
		fails(t, "anybody's change", l.try(msg), sdkerrors.ErrUnauthorized, "")
	}
	l.do(change(gov)...)
	fails(t, "a registration while it is off", l.try(l.create(a, "n", 5)), register.ErrRegistrationDisabled, "")
	rewards.MatureEpoch = 0
	settings.VotingPeriod = 0
	for _, msg := range change(gov)[:2] {
		fails(t, "settings that do not work", l.try(msg), sdkerrors.ErrInvalidRequest, "")
	}
	settings = register.DefaultParams()
	settings.ResourceNodeMinDeposit = sdk.NewCoin(stratos.Wei, stos(6))
	settings.VotingPeriod = time.Hour
	l.do(change(gov)[0])
	if err := l.try(l.create(a, "n", 5)); !errors.Is(err, register.ErrRegisterResourceNode) {
		t.Errorf("a deposit below the new minimum: %v", err)
	}
	l.do(l.create(a, "n", 6))
}
