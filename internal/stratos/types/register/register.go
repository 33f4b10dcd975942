package register

import (
	"time"

	"cosmossdk.io/math"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/legacy"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/msgservice"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

const (
	// ModuleName is the codespace of the errors and the value of
	// message.module in events.
	ModuleName = "register"
	// StoreKey names the store of the module.
	StoreKey = ModuleName
)

// The module accounts that hold deposits: of nodes in service, and of nodes
// that wait or whose deposit is on its way back.
const (
	ResourceBondedPool    = "resource_node_bonded_pool"
	ResourceNotBondedPool = "resource_node_not_bonded_pool"
	MetaBondedPool        = "meta_node_bonded_pool"
	MetaNotBondedPool     = "meta_node_not_bonded_pool"
)

// What a node does; node_type is a sum of these.
const (
	Computation = 1
	Database    = 2
	Storage     = 4
)

// NodeTypeName is node_type in the words of the real chain.
func NodeTypeName(kind uint32) string {
	switch kind {
	case Computation:
		return "computation"
	case Database:
		return "database"
	case Computation + Database:
		return "computation/database"
	case Storage:
		return "storage"
	case Computation + Storage:
		return "computation/storage"
	case Database + Storage:
		return "database/storage"
	case Computation + Database + Storage:
		return "storage/database/computation"
	}
	return "UNKNOWN"
}

// RegisterInterfaces makes transactions that hold messages of the module
// readable.
func RegisterInterfaces(registry codectypes.InterfaceRegistry) {
	registry.RegisterImplementations((*sdk.Msg)(nil),
		&MsgCreateResourceNode{}, &MsgRemoveResourceNode{}, &MsgUpdateResourceNode{}, &MsgUpdateResourceNodeDeposit{},
		&MsgUpdateEffectiveDeposit{},
		&MsgCreateMetaNode{}, &MsgRemoveMetaNode{}, &MsgUpdateMetaNode{}, &MsgUpdateMetaNodeDeposit{},
		&MsgMetaNodeRegistrationVote{}, &MsgKickMetaNodeVote{}, &MsgUpdateParams{})
	msgservice.RegisterMsgServiceDesc(registry, &_Msg_serviceDesc)
}

// RegisterLegacyAminoCodec registers the names that the real chain signs with
// in SIGN_MODE_LEGACY_AMINO_JSON. Messages that are missing here are signed in
// direct mode only.
func RegisterLegacyAminoCodec(amino *codec.LegacyAmino) {
	legacy.RegisterAminoMsg(amino, &MsgCreateResourceNode{}, "register/CreateResourceNodeTx")
	legacy.RegisterAminoMsg(amino, &MsgRemoveResourceNode{}, "register/RemoveResourceNodeTx")
	legacy.RegisterAminoMsg(amino, &MsgUpdateResourceNode{}, "register/UpdateResourceNodeTx")
	legacy.RegisterAminoMsg(amino, &MsgUpdateResourceNodeDeposit{}, "register/UpdateResourceNodeDepositTx")
	legacy.RegisterAminoMsg(amino, &MsgCreateMetaNode{}, "register/CreateMetaNodeTx")
	legacy.RegisterAminoMsg(amino, &MsgRemoveMetaNode{}, "register/RemoveMetaNodeTx")
	legacy.RegisterAminoMsg(amino, &MsgUpdateMetaNode{}, "register/UpdateMetaNodeTx")
	legacy.RegisterAminoMsg(amino, &MsgUpdateMetaNodeDeposit{}, "register/UpdateMetaNodeDepositTx")
	legacy.RegisterAminoMsg(amino, &MsgMetaNodeRegistrationVote{}, "register/MsgMetaNodeRegistrationVote")
	legacy.RegisterAminoMsg(amino, &MsgUpdateParams{}, "stratos/x/register/MsgUpdateParams")
}

// DefaultParams are those of the real chain, but registration is open.
func DefaultParams() Params {
	return Params{
		BondDenom:               stratos.Wei,
		UnbondingThreasholdTime: 180 * 24 * time.Hour,
		UnbondingCompletionTime: 14 * 24 * time.Hour,
		MaxEntries:              16,
		ResourceNodeRegEnabled:  true,
		ResourceNodeMinDeposit:  sdk.NewCoin(stratos.Wei, math.NewInt(1e18)),
		VotingPeriod:            7 * 24 * time.Hour,
	}
}

// Validate refuses settings that nothing can work with.
func (p Params) Validate() error {
	if err := sdk.ValidateDenom(p.BondDenom); err != nil {
		return err
	}
	if err := p.ResourceNodeMinDeposit.Validate(); err != nil {
		return err
	}
	if p.UnbondingThreasholdTime < 0 || p.UnbondingCompletionTime <= 0 || p.VotingPeriod <= 0 || p.MaxEntries == 0 {
		return ErrInvalid.Wrap("periods and entries must be positive")
	}
	return nil
}
