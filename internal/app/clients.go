package app

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// networkClient is the storage network as one account sees it.
type networkClient struct {
	*client.Client
	network network.Network
	address string
}

// client returns the storage network for an account, connected to the gateways
// that the network in use has now.
func (a *App) client(account Account) (*networkClient, error) {
	for {
		if _, err := a.signer(account); err != nil {
			return nil, err
		}
		a.mu.Lock()
		known, age := a.clients[account], a.clientsAge
		a.mu.Unlock()
		if known != nil {
			return known, nil
		}
		made, err := a.connect(account)
		if err != nil {
			return nil, err
		}
		if kept := a.keepClient(account, made, age); kept != nil {
			return kept, nil
		}
	}
}

// keepClient keeps a client that was begun at an age of the clients, unless
// somebody else was faster: there is one for an account, and the other is closed.
// It returns the one that is kept, or nil if all were forgotten meanwhile: keys or
// network may be others by now, and what is sent would go to the old ones.
func (a *App) keepClient(account Account, made *networkClient, age int) *networkClient {
	a.mu.Lock()
	kept := a.clients[account]
	if age != a.clientsAge {
		kept = nil
	} else if kept == nil {
		kept, a.clients[account] = made, made
	}
	a.mu.Unlock()
	if kept != made {
		made.Close()
	}
	return kept
}

// connect makes a client that belongs to the caller, who closes it.
func (a *App) connect(account Account) (*networkClient, error) {
	signer, err := a.signer(account)
	if err != nil {
		return nil, err
	}
	return a.connectAs(signer)
}

// connectAs is connect for any key.
func (a *App) connectAs(signer wire.Signer) (*networkClient, error) {
	n, err := a.network()
	if err != nil {
		return nil, err
	}
	return a.connectTo(n, signer)
}

// connectTo is connectAs for any network.
func (a *App) connectTo(n network.Network, signer wire.Signer) (*networkClient, error) {
	if len(n.Gateways) == 0 {
		return nil, fault.Say(nil, "No gateway is set for this network, so files cannot be moved. Add the address of a resource node.")
	}
	sds, err := client.New(client.Options{
		Gateways: n.Gateways, Signer: signer, ConfirmedPlain: a.settings.get().ConfirmedPlain,
		LockDir: a.profile.locks(n.ChainID), TempDir: a.profile.cache(),
	})
	if err != nil {
		return nil, fmt.Errorf("connect to the storage network: %w", err)
	}
	return &networkClient{Client: sds, network: n, address: signer.Address()}, nil
}

// forgetClients makes the next use connect anew: keys or network are others.
func (a *App) forgetClients() {
	a.mu.Lock()
	old := slices.Collect(maps.Values(a.clients))
	clear(a.clients)
	a.clientsAge++
	a.mu.Unlock()
	for _, c := range old {
		c.Close()
	}
}

// noz asks the gateways for the ozone of any account; no key is needed.
func (a *App) noz(ctx context.Context, address string) (string, error) {
	n, err := a.network()
	if err != nil {
		return "", err
	}
	if len(n.Gateways) == 0 || address == "" {
		return "", fault.Say(nil, "No gateway is set for this network, so nobody can tell the ozone.")
	}
	c, err := client.New(client.Options{
		Gateways: n.Gateways, Signer: reader(address), ConfirmedPlain: a.settings.get().ConfirmedPlain,
		LockDir: a.profile.locks(n.ChainID),
	})
	if err != nil {
		return "", fmt.Errorf("connect to the storage network: %w", err)
	}
	defer c.Close()
	o, err := c.Ozone(ctx)
	if err != nil {
		return "", err
	}
	return o.Noz.String(), nil
}

// reader is an account that is only looked at: it signs nothing.
type reader string

// Address implements [wire.Signer].
func (r reader) Address() string { return string(r) }

// PublicKey tells nothing: nothing is signed.
func (reader) PublicKey() string { return "" }

// Sign signs nothing, which every node refuses.
func (reader) Sign(string) string { return "" }
