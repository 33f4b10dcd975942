// Package creator holds the messages, events and queries of the chain module
// that gives owners of content a share of the price of its traffic, generated
// from the proto files, and what a Cosmos SDK application must know to accept
// them. The module is the practice chain's own: the real chain has no such
// thing yet.
package creator

import (
	"cosmossdk.io/math"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/legacy"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
)

const (
	// ModuleName is the codespace of the errors.
	ModuleName = "creator"
	// StoreKey names the store of the module.
	StoreKey = ModuleName
)

// RegisterInterfaces makes transactions that hold messages of the module
// readable.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil), &MsgCreatorTraffic{}, &MsgUpdateParams{})
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}

// RegisterLegacyAminoCodec registers the names that stand in
// SIGN_MODE_LEGACY_AMINO_JSON.
func RegisterLegacyAminoCodec(amino *codec.LegacyAmino) {
	legacy.RegisterAminoMsg(amino, &MsgCreatorTraffic{}, "stratosdrive/CreatorTraffic")
	legacy.RegisterAminoMsg(amino, &MsgUpdateParams{}, "stratosdrive/x/creator/MsgUpdateParams")
}

// MaxShare is the largest share that owners of content can get. It stays below
// what resource nodes get of a price (60 %), less the community's tax, so that
// nobody gives up more than he has.
func MaxShare() math.LegacyDec { return math.LegacyNewDecWithPrec(5, 1) }

// DefaultParams give a tenth of the price to owners of content.
func DefaultParams() Params { return Params{Share: math.LegacyNewDecWithPrec(1, 1)} }

// Validate refuses a share outside of 0 to [MaxShare].
func (p Params) Validate() error {
	if p.Share.IsNil() || p.Share.IsNegative() || p.Share.GT(MaxShare()) {
		return ErrShare
	}
	return nil
}
