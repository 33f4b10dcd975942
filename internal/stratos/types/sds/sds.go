// Package sds holds the messages, events and queries of the chain module that
// sells ozone, generated from the proto files, and what a Cosmos SDK
// application must know to accept them.
package sds

import (
	errorsmod "cosmossdk.io/errors"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/legacy"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	"github.com/cosmos/cosmos-sdk/types/msgservice"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

const (
	// ModuleName is the codespace of the errors and the value of
	// message.module in events.
	ModuleName = "sds"
	// StoreKey names the store of the module.
	StoreKey = ModuleName
	// PrepayAccount is the module account that holds what prepays brought and
	// rewards have not paid out yet.
	PrepayAccount = "total_unissued_prepay"
)

// The errors of the module, with the codes of the real chain.
var (
	ErrInvalidFileHash = errorsmod.Register(ModuleName, 7, "invalid file hash")
	ErrNoFile          = errorsmod.Register(ModuleName, 8, "file does not exist")
	ErrPrepay          = errorsmod.Register(ModuleName, 10, "failure during prepay")
	ErrReporterOrOwner = errorsmod.Register(ModuleName, 11, "invalid reporter address or owner address")
)

// RegisterInterfaces makes transactions that hold messages of the module
// readable.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil), &MsgFileUpload{}, &MsgPrepay{}, &MsgUpdateParams{})
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}

// RegisterLegacyAminoCodec registers the names that the real chain signs with
// in SIGN_MODE_LEGACY_AMINO_JSON.
func RegisterLegacyAminoCodec(amino *codec.LegacyAmino) {
	legacy.RegisterAminoMsg(amino, &MsgFileUpload{}, "sds/FileUploadTx")
	legacy.RegisterAminoMsg(amino, &MsgPrepay{}, "sds/PrepayTx")
	legacy.RegisterAminoMsg(amino, &MsgUpdateParams{}, "stratos/x/sds/MsgUpdateParams")
}

// DefaultParams are those of the real chain.
func DefaultParams() Params { return Params{BondDenom: stratos.Wei} }

// Validate refuses an empty or malformed denomination.
func (p Params) Validate() error { return sdk.ValidateDenom(p.BondDenom) }

// ValidateBasic refuses before inclusion what can never succeed: bad addresses
// and amounts of zero.
func (m *MsgPrepay) ValidateBasic() error {
	if err := checkAddress("sender", m.Sender); err != nil {
		return err
	}
	if err := checkAddress("beneficiary", m.Beneficiary); err != nil {
		return err
	}
	if m.Amount.Empty() || !m.Amount.IsValid() {
		return sdkerrors.ErrInvalidCoins.Wrap(m.Amount.String())
	}
	return nil
}

// ValidateBasic refuses bad addresses and an empty file id.
func (m *MsgFileUpload) ValidateBasic() error {
	if err := checkAddress("from", m.From); err != nil {
		return err
	}
	if err := checkAddress("uploader", m.Uploader); err != nil {
		return err
	}
	if _, err := stratos.DecodeBech32(stratos.PrefixNode, m.Reporter); err != nil {
		return sdkerrors.ErrInvalidAddress.Wrapf("reporter: %v", err)
	}
	if m.FileHash == "" {
		return sdkerrors.ErrInvalidRequest.Wrap("no file hash")
	}
	return nil
}

func checkAddress(field, text string) error {
	if _, err := stratos.DecodeBech32(stratos.PrefixAccount, text); err != nil {
		return sdkerrors.ErrInvalidAddress.Wrapf("%s: %v", field, err)
	}
	return nil
}
