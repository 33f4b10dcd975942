package register

import (
	"bytes"
	"crypto/sha256"

	errorsmod "cosmossdk.io/errors"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Most characters of a description, on the real chain.
const (
	maxMoniker  = 70
	maxIdentity = 3000
	maxWebsite  = 140
	maxContact  = 140
	maxDetails  = 280
)

// UnpackInterfaces makes the key readable.
func (m *MsgCreateResourceNode) UnpackInterfaces(unpacker codectypes.AnyUnpacker) error {
	return unpackKey(unpacker, m.Pubkey)
}

// UnpackInterfaces makes the key readable.
func (m *MsgCreateMetaNode) UnpackInterfaces(unpacker codectypes.AnyUnpacker) error {
	return unpackKey(unpacker, m.Pubkey)
}

func unpackKey(unpacker codectypes.AnyUnpacker, key *codectypes.Any) error {
	var public cryptotypes.PubKey
	return unpacker.UnpackAny(key, &public)
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgCreateResourceNode) ValidateBasic() error {
	if err := checkKind(m.NodeType); err != nil {
		return err
	}
	return checkCreate(m.NetworkAddress, m.OwnerAddress, m.BeneficiaryAddress, m.Pubkey, m.Value, m.Description)
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgCreateMetaNode) ValidateBasic() error {
	return checkCreate(m.NetworkAddress, m.OwnerAddress, m.BeneficiaryAddress, m.Pubkey, m.Value, m.Description)
}

func checkCreate(node, owner, beneficiary string, key *codectypes.Any, value sdk.Coin, about Description) error {
	address, err := nodeAddress(node)
	if err != nil {
		return err
	}
	if err := checkOwner(owner, beneficiary); err != nil {
		return err
	}
	if key == nil {
		return ErrEmptyPubKey
	}
	if public, ok := key.GetCachedValue().(*ed25519.PubKey); ok {
		if hash := sha256.Sum256(public.Key); !bytes.Equal(address, hash[:len(address)]) {
			return ErrInvalidNetworkAddr.Wrap("it is not that of the public key")
		}
	}
	if value.Validate() != nil || !value.IsPositive() {
		return ErrValueNegative
	}
	return about.Validate()
}

// nodeAddress reads stsds1....
func nodeAddress(text string) ([]byte, error) {
	raw, err := stratos.DecodeBech32(stratos.PrefixNode, text)
	if err != nil {
		return nil, errorsmod.Wrap(ErrInvalidNetworkAddr, err.Error())
	}
	if len(raw) != 20 {
		return nil, errorsmod.Wrapf(ErrInvalidNetworkAddr, "%d bytes", len(raw))
	}
	return raw, nil
}

func checkNode(texts ...string) error {
	for _, text := range texts {
		if _, err := nodeAddress(text); err != nil {
			return err
		}
	}
	return nil
}

func isAccount(text string) bool {
	_, err := stratos.DecodeBech32(stratos.PrefixAccount, text)
	return err == nil
}

// checkOwner accepts an empty beneficiary: rewards then go to the owner.
func checkOwner(owner, beneficiary string) error {
	if !isAccount(owner) {
		return ErrInvalidOwnerAddr
	}
	if beneficiary != "" && !isAccount(beneficiary) {
		return ErrInvalidBeneficiary
	}
	return nil
}

// Validate refuses a description without a name or with a text that is too
// long.
func (d Description) Validate() error {
	if d.Moniker == "" {
		return ErrEmptyMoniker
	}
	for _, part := range []struct {
		name, text string
		most       int
	}{
		{"moniker", d.Moniker, maxMoniker},
		{"identity", d.Identity, maxIdentity},
		{"website", d.Website, maxWebsite},
		{"security contact", d.SecurityContact, maxContact},
		{"details", d.Details, maxDetails},
	} {
		if len(part.text) > part.most {
			return sdkerrors.ErrInvalidRequest.Wrapf("invalid %s length; got: %d, max: %d", part.name, len(part.text), part.most)
		}
	}
	return nil
}

func checkKind(kind uint32) error {
	if kind == 0 || kind > Computation+Database+Storage {
		return ErrInvalidNodeType
	}
	return nil
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgUpdateResourceNode) ValidateBasic() error {
	if err := checkKind(m.NodeType); err != nil {
		return err
	}
	if err := checkNode(m.NetworkAddress); err != nil {
		return err
	}
	if err := checkOwner(m.OwnerAddress, m.BeneficiaryAddress); err != nil {
		return err
	}
	return m.Description.Validate()
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgUpdateMetaNode) ValidateBasic() error {
	if err := checkNode(m.NetworkAddress); err != nil {
		return err
	}
	if err := checkOwner(m.OwnerAddress, m.BeneficiaryAddress); err != nil {
		return err
	}
	return m.Description.Validate()
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgUpdateResourceNodeDeposit) ValidateBasic() error {
	return checkDelta(m.NetworkAddress, m.OwnerAddress, m.DepositDelta)
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgUpdateMetaNodeDeposit) ValidateBasic() error {
	return checkDelta(m.NetworkAddress, m.OwnerAddress, m.DepositDelta)
}

func checkDelta(node, owner string, delta sdk.Coin) error {
	if err := checkNode(node); err != nil {
		return err
	}
	if err := checkOwner(owner, ""); err != nil {
		return err
	}
	if delta.Validate() != nil || !delta.IsPositive() {
		return ErrValueNegative
	}
	return nil
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgRemoveResourceNode) ValidateBasic() error {
	if err := checkNode(m.ResourceNodeAddress); err != nil {
		return err
	}
	return checkOwner(m.OwnerAddress, "")
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgRemoveMetaNode) ValidateBasic() error {
	if err := checkNode(m.MetaNodeAddress); err != nil {
		return err
	}
	return checkOwner(m.OwnerAddress, "")
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgUpdateEffectiveDeposit) ValidateBasic() error {
	if len(m.Reporters) == 0 || len(m.Reporters) != len(m.ReporterOwner) {
		return ErrReporterOrOwner
	}
	if err := checkNode(append([]string{m.NetworkAddress}, m.Reporters...)...); err != nil {
		return err
	}
	for _, owner := range m.ReporterOwner {
		if !isAccount(owner) {
			return ErrReporterOrOwner
		}
	}
	if m.EffectiveTokens.IsNil() || !m.EffectiveTokens.IsPositive() {
		return ErrInvalidEffective
	}
	return nil
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgMetaNodeRegistrationVote) ValidateBasic() error {
	if err := checkNode(m.CandidateNetworkAddress, m.VoterNetworkAddress); err != nil {
		return err
	}
	if !isAccount(m.CandidateOwnerAddress) {
		return ErrInvalidCandidateOwner
	}
	return checkVoter(m.VoterOwnerAddress, m.CandidateNetworkAddress, m.VoterNetworkAddress)
}

// ValidateBasic refuses before inclusion what can never succeed.
func (m *MsgKickMetaNodeVote) ValidateBasic() error {
	if err := checkNode(m.TargetNetworkAddress, m.VoterNetworkAddress); err != nil {
		return err
	}
	return checkVoter(m.VoterOwnerAddress, m.TargetNetworkAddress, m.VoterNetworkAddress)
}

func checkVoter(owner, about, voter string) error {
	if !isAccount(owner) {
		return ErrInvalidOwnerAddr
	}
	if about == voter {
		return ErrSameAddr
	}
	return nil
}
