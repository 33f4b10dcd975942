package register_test

import (
	"errors"
	"strings"
	"testing"

	"cosmossdk.io/math"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
)

const (
	owner = "st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx"
	// The node that was recorded on the real chain, and its key.
	node = "stsds1kchgvlaz7va0uck466ckgtsky825xvrc5r590k"
	meta = "stsds1rlv49e3twjfwmsgrm8h47et9yueu0hmmrzma5g"
)

var nodeKey = []byte{
	0xed, 0x49, 0x28, 0xc6, 0x28, 0xd1, 0xc2, 0xc6, 0xea, 0xe9, 0x03, 0x38, 0x90, 0x59, 0x95, 0x61,
	0x29, 0x59, 0x27, 0x3a, 0x5c, 0x63, 0xf9, 0x36, 0x36, 0xc1, 0x46, 0x14, 0xac, 0x87, 0x37, 0xd1,
}

func packed(t *testing.T, key []byte) *codectypes.Any {
	t.Helper()
	any, err := codectypes.NewAnyWithValue(&ed25519.PubKey{Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return any
}

func TestRegistrationIsCheckedBeforeInclusion(t *testing.T) {
	otherKey := append([]byte{1}, nodeKey[1:]...)
	for name, c := range map[string]struct {
		spoil func(m *register.MsgCreateResourceNode)
		want  error
	}{
		"good":               {func(*register.MsgCreateResourceNode) {}, nil},
		"no beneficiary":     {func(m *register.MsgCreateResourceNode) { m.BeneficiaryAddress = "" }, nil},
		"another key":        {func(m *register.MsgCreateResourceNode) { m.Pubkey = packed(t, otherKey) }, register.ErrInvalidNetworkAddr},
		"no key":             {func(m *register.MsgCreateResourceNode) { m.Pubkey = nil }, register.ErrEmptyPubKey},
		"an account as node": {func(m *register.MsgCreateResourceNode) { m.NetworkAddress = owner }, register.ErrInvalidNetworkAddr},
		"a node as owner":    {func(m *register.MsgCreateResourceNode) { m.OwnerAddress = node }, register.ErrInvalidOwnerAddr},
		"bad beneficiary":    {func(m *register.MsgCreateResourceNode) { m.BeneficiaryAddress = "x" }, register.ErrInvalidBeneficiary},
		"nothing":            {func(m *register.MsgCreateResourceNode) { m.Value.Amount = math.ZeroInt() }, register.ErrValueNegative},
		"no amount":          {func(m *register.MsgCreateResourceNode) { m.Value = sdk.Coin{} }, register.ErrValueNegative},
		"no kind":            {func(m *register.MsgCreateResourceNode) { m.NodeType = 0 }, register.ErrInvalidNodeType},
		"an unknown kind":    {func(m *register.MsgCreateResourceNode) { m.NodeType = 8 }, register.ErrInvalidNodeType},
		"no name":            {func(m *register.MsgCreateResourceNode) { m.Description.Moniker = "" }, register.ErrEmptyMoniker},
		"a long name":        {func(m *register.MsgCreateResourceNode) { m.Description.Moniker = strings.Repeat("n", 71) }, sdkerrors.ErrInvalidRequest},
		"long details":       {func(m *register.MsgCreateResourceNode) { m.Description.Details = strings.Repeat("d", 281) }, sdkerrors.ErrInvalidRequest},
	} {
		m := &register.MsgCreateResourceNode{
			NetworkAddress: node, Pubkey: packed(t, nodeKey), Value: sdk.NewInt64Coin("wei", 1), OwnerAddress: owner, BeneficiaryAddress: owner,
			Description: register.Description{Moniker: strings.Repeat("n", 70)}, NodeType: register.Storage,
		}
		c.spoil(m)
		if err := m.ValidateBasic(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOtherMessagesAreChecked(t *testing.T) {
	one := sdk.NewInt64Coin("wei", 1)
	about := register.Description{Moniker: "n"}
	for _, c := range []struct {
		good, bad sdk.HasValidateBasic
	}{
		{&register.MsgRemoveResourceNode{ResourceNodeAddress: node, OwnerAddress: owner}, &register.MsgRemoveResourceNode{ResourceNodeAddress: node}},
		{&register.MsgRemoveMetaNode{MetaNodeAddress: meta, OwnerAddress: owner}, &register.MsgRemoveMetaNode{OwnerAddress: owner}},
		{
			&register.MsgUpdateResourceNode{NetworkAddress: node, OwnerAddress: owner, Description: about, NodeType: register.Database},
			&register.MsgUpdateResourceNode{NetworkAddress: node, OwnerAddress: owner, Description: about, NodeType: 8},
		},
		{
			&register.MsgUpdateResourceNode{NetworkAddress: node, OwnerAddress: owner, Description: about, NodeType: 7},
			&register.MsgUpdateResourceNode{NetworkAddress: node, OwnerAddress: owner, Description: about},
		},
		{
			&register.MsgUpdateResourceNode{NetworkAddress: node, OwnerAddress: owner, Description: about, NodeType: 1},
			&register.MsgUpdateResourceNode{NetworkAddress: node, OwnerAddress: owner, NodeType: 1},
		},
		{
			&register.MsgUpdateMetaNode{NetworkAddress: meta, OwnerAddress: owner, Description: about},
			&register.MsgUpdateMetaNode{NetworkAddress: meta, OwnerAddress: owner, Description: about, BeneficiaryAddress: "x"},
		},
		{
			&register.MsgUpdateResourceNodeDeposit{NetworkAddress: node, OwnerAddress: owner, DepositDelta: one},
			&register.MsgUpdateResourceNodeDeposit{NetworkAddress: node, OwnerAddress: owner, DepositDelta: sdk.Coin{Denom: "wei", Amount: math.NewInt(-1)}},
		},
		{
			&register.MsgUpdateMetaNodeDeposit{NetworkAddress: meta, OwnerAddress: owner, DepositDelta: one},
			&register.MsgUpdateMetaNodeDeposit{NetworkAddress: meta, OwnerAddress: owner},
		},
		{
			&register.MsgUpdateEffectiveDeposit{Reporters: []string{meta}, ReporterOwner: []string{owner}, NetworkAddress: node, EffectiveTokens: math.OneInt()},
			&register.MsgUpdateEffectiveDeposit{Reporters: []string{meta}, NetworkAddress: node, EffectiveTokens: math.OneInt()},
		},
		{
			&register.MsgMetaNodeRegistrationVote{CandidateNetworkAddress: node, CandidateOwnerAddress: owner, VoterNetworkAddress: meta, VoterOwnerAddress: owner},
			&register.MsgMetaNodeRegistrationVote{CandidateNetworkAddress: meta, CandidateOwnerAddress: owner, VoterNetworkAddress: meta, VoterOwnerAddress: owner},
		},
		{
			&register.MsgKickMetaNodeVote{TargetNetworkAddress: node, VoterNetworkAddress: meta, VoterOwnerAddress: owner},
			&register.MsgKickMetaNodeVote{TargetNetworkAddress: node, VoterNetworkAddress: meta, VoterOwnerAddress: meta},
		},
	} {
		if err := c.good.ValidateBasic(); err != nil {
			t.Errorf("%T: %v", c.good, err)
		}
		if c.bad.ValidateBasic() == nil {
			t.Errorf("%T is accepted: %v", c.bad, c.bad)
		}
	}
	zero := &register.MsgUpdateEffectiveDeposit{Reporters: []string{meta}, ReporterOwner: []string{owner}, NetworkAddress: node, EffectiveTokens: math.ZeroInt()}
	if err := zero.ValidateBasic(); !errors.Is(err, register.ErrInvalidEffective) {
		t.Errorf("an effective deposit of nothing: %v", err)
	}
}

func TestParamsAreChecked(t *testing.T) {
	if err := register.DefaultParams().Validate(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(p *register.Params){
		"no denomination": func(p *register.Params) { p.BondDenom = "" },
		"no minimum":      func(p *register.Params) { p.ResourceNodeMinDeposit = sdk.Coin{} },
		"no time to vote": func(p *register.Params) { p.VotingPeriod = 0 },
		"no way out":      func(p *register.Params) { p.UnbondingCompletionTime = 0 },
	} {
		p := register.DefaultParams()
		spoil(&p)
		if p.Validate() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestKindsOfNodes(t *testing.T) {
	seen := map[string]bool{}
	for kind := range uint32(9) {
		seen[register.NodeTypeName(kind)] = true
	}
	if len(seen) != 8 || register.NodeTypeName(register.Storage) != "storage" || register.NodeTypeName(8) != "UNKNOWN" {
		t.Errorf("kinds %v", seen)
	}
}
