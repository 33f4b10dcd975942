package node

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// State is what a node does.
type State string

// States of a node.
const (
	Active    State = "active"
	Waiting   State = "waiting"   // registered, not activated by the network yet
	Suspended State = "suspended" // put out by the network
	Unbonding State = "unbonding" // given up, the deposit is on its way back
	Gone      State = "gone"
)

// Node is a registered storage node.
type Node struct {
	Address     stratos.NodeAddress
	Owner       stratos.Address
	PaidTo      stratos.Address // gets the rewards; zero when not told
	Description message.Description
	Kinds       uint32 // of package message
	State       State
	Created     time.Time
	Deposit     stratos.Amount
	Effective   stratos.Amount // of the deposit, what counts for the network
	Returning   stratos.Amount // of the deposit, on its way back
}

type nodeJSON struct {
	Address     string `json:"network_address"`
	Suspend     bool   `json:"suspend"`
	Status      string `json:"status"`
	Tokens      string `json:"tokens"`
	Effective   string `json:"effective_tokens"`
	Owner       string `json:"owner_address"`
	Beneficiary string `json:"beneficiary_address"`
	Description struct {
		Moniker  string `json:"moniker"`
		Identity string `json:"identity"`
		Website  string `json:"website"`
		Contact  string `json:"security_contact"`
		Details  string `json:"details"`
	} `json:"description"`
	Created   string      `json:"creation_time"`
	Kinds     uint32      `json:"node_type"`
	Returning *chain.Coin `json:"un_bonding_deposit"`
}

func (j nodeJSON) read() (Node, error) {
	address, err1 := stratos.ParseNodeAddress(j.Address)
	owner, err2 := stratos.ParseAddress(j.Owner)
	tokens, err3 := stratos.ParseWei(j.Tokens)
	n := Node{Address: address, Owner: owner, Kinds: j.Kinds, Deposit: tokens, Description: message.Description{
		Moniker: j.Description.Moniker, Identity: j.Description.Identity, Website: j.Description.Website,
		Contact: j.Description.Contact, Details: j.Description.Details,
	}}
	var err4, err5 error
	if j.Effective != "" {
		n.Effective, err4 = stratos.ParseWei(j.Effective)
	}
	if j.Returning != nil {
		n.Returning, err5 = chain.Coins{*j.Returning}.Wei()
	}
	n.PaidTo, _ = stratos.ParseAddress(j.Beneficiary) // left out by some queries
	n.Created, _ = time.Parse(time.RFC3339Nano, j.Created)
	n.State = stateOf(j.Status, j.Suspend, n.Effective)
	return n, errors.Join(err1, err2, err3, err4, err5)
}

// stateOf tells a node that was never activated from one that was put out by
// its effective deposit.
func stateOf(status string, suspended bool, effective stratos.Amount) State {
	switch {
	case status == "BOND_STATUS_UNBONDING":
		return Unbonding
	case status == "BOND_STATUS_BONDED" && !suspended:
		return Active
	case status == "BOND_STATUS_BONDED" && !effective.IsZero():
		return Suspended
	case status == "BOND_STATUS_BONDED", status == "BOND_STATUS_UNBONDED" && suspended:
		return Waiting
	}
	return Gone
}

type ownedJSON struct {
	chain.Paged
	Infos []nodeJSON `json:"deposit_infos"`
}

// Owned lists the storage nodes of an owner.
func Owned(ctx context.Context, g chain.Getter, owner stratos.Address) ([]Node, error) {
	var list []Node
	err := chain.Pages(ctx, g, "/stratos/register/v1/deposit_by_owner/"+owner.String(), nil, func(page *ownedJSON) error {
		for _, j := range page.Infos {
			n, err := j.read()
			if err != nil {
				return err
			}
			list = append(list, n)
		}
		return nil
	})
	if err != nil && !chain.Answered(err) { // an owner of nothing is an error on some nodes
		return nil, fmt.Errorf("read nodes of an owner: %w", err)
	}
	for i, n := range list {
		if full, err := Read(ctx, g, n.Address); err == nil { // a meta node is not one
			full.Returning = n.Returning
			list[i] = full
		}
	}
	return list, nil
}

// Read reads one storage node; one that is not registered is a
// [chain.ErrNotFound].
func Read(ctx context.Context, g chain.Getter, address stratos.NodeAddress) (Node, error) {
	var reply struct {
		Node nodeJSON `json:"node"`
	}
	err := g.Get(ctx, "/stratos/register/v1/resource_node/"+address.String(), nil, &reply)
	if chain.Answered(err) {
		return Node{}, fmt.Errorf("read node: %w: %w", chain.ErrNotFound, err)
	}
	if err != nil {
		return Node{}, fmt.Errorf("read node: %w", err)
	}
	n, err := reply.Node.read()
	if err != nil {
		return Node{}, fmt.Errorf("read node: %w", err)
	}
	return n, nil
}
