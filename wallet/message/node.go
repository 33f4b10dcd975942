package message

import (
	"crypto/ed25519"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Type URLs of node owners.
const (
	TypeCreateNode  = "/stratos.register.v1.MsgCreateResourceNode"
	TypeUpdateNode  = "/stratos.register.v1.MsgUpdateResourceNode"
	TypeNodeDeposit = "/stratos.register.v1.MsgUpdateResourceNodeDeposit"
	TypeRemoveNode  = "/stratos.register.v1.MsgRemoveResourceNode"
)

// Kinds of work of a node; they are added up.
const (
	Computation uint32 = 1
	Database    uint32 = 2
	Storage     uint32 = 4
)

// KindNames names the kinds of work in a sum of them.
func KindNames(kinds uint32) []string {
	names := []string{}
	for _, k := range []struct {
		kind uint32
		name string
	}{{Storage, "storage"}, {Database, "database"}, {Computation, "computation"}} {
		if kinds&k.kind != 0 {
			names = append(names, k.name)
		}
	}
	return names
}

// Description is what a node says about itself. The chain's limits are 70,
// 3000, 140, 140 and 280 characters.
type Description struct {
	Moniker, Identity, Website, Contact, Details string
}

func (d Description) check() error {
	if d.Moniker == "" {
		return fault.Wrong(nil, "Please give the node a name.")
	}
	for _, part := range []struct {
		what, value string
		limit       int
	}{
		{"name", d.Moniker, 70},
		{"identity", d.Identity, 3000},
		{"website", d.Website, 140},
		{"contact", d.Contact, 140},
		{"description", d.Details, 280},
	} {
		if err := fits(part.what, part.value, part.limit); err != nil {
			return err
		}
	}
	return nil
}

func (d Description) fields() []field {
	return []field{
		text(1, "moniker", d.Moniker).kept(), text(2, "identity", d.Identity).kept(), text(3, "website", d.Website).kept(),
		text(4, "security_contact", d.Contact).kept(), text(5, "details", d.Details).kept(),
	}
}

// CreateNode registers a storage node with its deposit. The node is suspended
// until the network activates it.
type CreateNode struct {
	Owner, Beneficiary stratos.Address
	Node               stratos.NodeAddress
	Key                ed25519.PublicKey
	Deposit            stratos.Amount
	Description        Description
	Kinds              uint32
}

// Type returns the type URL.
func (CreateNode) Type() string { return TypeCreateNode }

// Signer returns the owner.
func (m CreateNode) Signer() stratos.Address { return m.Owner }

// Spends returns the deposit.
func (m CreateNode) Spends() stratos.Amount { return m.Deposit }

// Other returns who gets the rewards.
func (m CreateNode) Other() stratos.Address { return m.Beneficiary }

// Check wants a key that is the node's, a deposit, a name and a kind.
func (m CreateNode) Check() error {
	if len(m.Key) != ed25519.PublicKeySize || stratos.NodeAddressOf(m.Key) != m.Node {
		return fault.Wrong(nil, "The node's address and its key do not belong together.")
	}
	if err := checkNode(m.Node, m.Kinds); err != nil {
		return err
	}
	if err := needsAmount(m.Deposit); err != nil {
		return err
	}
	return m.Description.check()
}

func (CreateNode) amino() string { return "register/CreateResourceNodeTx" }

func (m CreateNode) fields() []field {
	return []field{
		text(1, "network_address", m.Node.String()), nodeKey(2, "pubkey", m.Key), coin(3, "value", m.Deposit),
		text(4, "owner_address", m.Owner.String()), text(5, "beneficiary_address", m.Beneficiary.String()),
		child(6, "description", m.Description.fields()), small(7, "node_type", m.Kinds).kept(),
	}
}

// UpdateNode changes what a node says, its kinds, and who gets its rewards.
type UpdateNode struct {
	Owner, Beneficiary stratos.Address
	Node               stratos.NodeAddress
	Description        Description
	Kinds              uint32
}

// Type returns the type URL.
func (UpdateNode) Type() string { return TypeUpdateNode }

// Signer returns the owner.
func (m UpdateNode) Signer() stratos.Address { return m.Owner }

// Spends returns zero.
func (UpdateNode) Spends() stratos.Amount { return stratos.Amount{} }

// Other returns who gets the rewards.
func (m UpdateNode) Other() stratos.Address { return m.Beneficiary }

// Check wants a node, a name and a kind.
func (m UpdateNode) Check() error {
	if err := checkNode(m.Node, m.Kinds); err != nil {
		return err
	}
	return m.Description.check()
}

func (UpdateNode) amino() string { return "register/UpdateResourceNodeTx" }

func (m UpdateNode) fields() []field {
	return []field{
		child(1, "description", m.Description.fields()), text(2, "beneficiary_address", m.Beneficiary.String()),
		text(3, "network_address", m.Node.String()), text(4, "owner_address", m.Owner.String()),
		small(5, "node_type", m.Kinds).kept(),
	}
}

// AddNodeDeposit adds to the deposit of a node; it can only grow.
type AddNodeDeposit struct {
	Owner  stratos.Address
	Node   stratos.NodeAddress
	Amount stratos.Amount
}

// Type returns the type URL.
func (AddNodeDeposit) Type() string { return TypeNodeDeposit }

// Signer returns the owner.
func (m AddNodeDeposit) Signer() stratos.Address { return m.Owner }

// Spends returns the amount.
func (m AddNodeDeposit) Spends() stratos.Amount { return m.Amount }

// Other returns nobody.
func (AddNodeDeposit) Other() stratos.Address { return stratos.Address{} }

// Check wants a node and an amount.
func (m AddNodeDeposit) Check() error {
	if err := checkNode(m.Node, Storage); err != nil {
		return err
	}
	return needsAmount(m.Amount)
}

func (AddNodeDeposit) amino() string { return "register/UpdateResourceNodeDepositTx" }

func (m AddNodeDeposit) fields() []field {
	return []field{
		text(1, "network_address", m.Node.String()), text(2, "owner_address", m.Owner.String()), coin(3, "deposit_delta", m.Amount),
	}
}

// RemoveNode gives a node up. Its deposit comes back after the chain's periods
// for node deposits.
type RemoveNode struct {
	Owner stratos.Address
	Node  stratos.NodeAddress
}

// Type returns the type URL.
func (RemoveNode) Type() string { return TypeRemoveNode }

// Signer returns the owner.
func (m RemoveNode) Signer() stratos.Address { return m.Owner }

// Spends returns zero.
func (RemoveNode) Spends() stratos.Amount { return stratos.Amount{} }

// Other returns nobody.
func (RemoveNode) Other() stratos.Address { return stratos.Address{} }

// Check wants a node.
func (m RemoveNode) Check() error { return checkNode(m.Node, Storage) }

func (RemoveNode) amino() string { return "register/RemoveResourceNodeTx" }

func (m RemoveNode) fields() []field {
	return []field{text(1, "resource_node_address", m.Node.String()), text(2, "owner_address", m.Owner.String())}
}

func checkNode(node stratos.NodeAddress, kinds uint32) error {
	if node == (stratos.NodeAddress{}) {
		return fault.Wrong(nil, "Please choose a node.")
	}
	if kinds == 0 || kinds > Computation|Database|Storage {
		return fault.Wrong(nil, "A node does storage, database or computation.")
	}
	return nil
}
