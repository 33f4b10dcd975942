package sds_test

import (
	"errors"
	"testing"

	"cosmossdk.io/math"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

const (
	alice = "st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx"
	node  = "stsds1rlv49e3twjfwmsgrm8h47et9yueu0hmmrzma5g"
)

func TestPrepayIsCheckedBeforeInclusion(t *testing.T) {
	wei := sdk.NewCoins(sdk.NewInt64Coin("wei", 1))
	for name, c := range map[string]struct {
		msg  sds.MsgPrepay
		want error
	}{
		"good":               {sds.MsgPrepay{Sender: alice, Beneficiary: alice, Amount: wei}, nil},
		"zero":               {sds.MsgPrepay{Sender: alice, Beneficiary: alice, Amount: sdk.Coins{{Denom: "wei", Amount: math.ZeroInt()}}}, sdkerrors.ErrInvalidCoins},
		"nothing":            {sds.MsgPrepay{Sender: alice, Beneficiary: alice}, sdkerrors.ErrInvalidCoins},
		"bad sender":         {sds.MsgPrepay{Sender: node, Beneficiary: alice, Amount: wei}, sdkerrors.ErrInvalidAddress},
		"no beneficiary":     {sds.MsgPrepay{Sender: alice, Amount: wei}, sdkerrors.ErrInvalidAddress},
		"negative":           {sds.MsgPrepay{Sender: alice, Beneficiary: alice, Amount: sdk.Coins{{Denom: "wei", Amount: math.NewInt(-1)}}}, sdkerrors.ErrInvalidCoins},
		"other chain's name": {sds.MsgPrepay{Sender: "cosmos18yesadx3t8x3jjsygpqeqzh0j7xh2vh6xgpxrm", Beneficiary: alice, Amount: wei}, sdkerrors.ErrInvalidAddress},
	} {
		if err := c.msg.ValidateBasic(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFileReportIsChecked(t *testing.T) {
	good := sds.MsgFileUpload{FileHash: "f", From: alice, Reporter: node, Uploader: alice}
	if err := good.ValidateBasic(); err != nil {
		t.Error(err)
	}
	for _, bad := range []sds.MsgFileUpload{
		{FileHash: "", From: alice, Reporter: node, Uploader: alice},
		{FileHash: "f", From: node, Reporter: node, Uploader: alice},
		{FileHash: "f", From: alice, Reporter: alice, Uploader: alice},
		{FileHash: "f", From: alice, Reporter: node},
	} {
		if bad.ValidateBasic() == nil {
			t.Errorf("accepted %v", bad)
		}
	}
}
