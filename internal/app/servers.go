package app

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Servers says where the chain of a network is asked, and at what price for
// room in its blocks.
type Servers struct {
	Network  string         `json:"network"`
	ChainID  string         `json:"chain_id"`
	REST     []string       `json:"rest"` // tried in this order
	GasPrice stratos.Amount `json:"gas_price"`
	Changed  bool           `json:"changed"` // by the user; else they come with the network
}

// NewServers is what a user changes of them.
type NewServers struct {
	REST     []string // empty for those that come with the network
	GasPrice string   // wei per gas, "1.5gwei" or "1500000000wei"; empty for the network's own
	Plain    bool     // the user knows that an http address can be read and changed on the way
}

// servers are the user's own for one network, as settings.json keeps them.
type servers struct {
	REST     []string `json:"rest,omitempty"`
	GasPrice string   `json:"gas_price,omitempty"` // wei per gas, decimal
}

func (s servers) apply(n network.Network) network.Network {
	if len(s.REST) > 0 {
		n.REST, n.RESTMore, n.RPC = s.REST[0], s.REST[1:], "" // CometBFT's own address is of those that were replaced
	}
	if s.GasPrice != "" {
		n.MinGasPrice = s.GasPrice
	}
	return n
}

// Servers returns where the chain of the network in use is asked.
func (a *App) Servers() (Servers, error) {
	n, err := a.network()
	if err != nil {
		return Servers{}, err
	}
	price, err := stratos.ParseWei(n.MinGasPrice)
	if err != nil {
		price = stratos.WeiAmount(0)
	}
	own := a.settings.get().Servers[a.networkName()]
	return Servers{
		Network: a.networkName(), ChainID: n.ChainID, REST: append([]string{n.REST}, n.RESTMore...), GasPrice: price,
		Changed: len(own.REST) > 0 || own.GasPrice != "",
	}, nil
}

// SetServers asks each server whether it is of the network's chain, and uses
// them from then on for the network in use.
func (a *App) SetServers(ctx context.Context, set NewServers) (Servers, error) {
	name := a.networkName()
	if name == network.Local {
		return Servers{}, fault.Wrong(nil, "The practice network has its servers on this computer. Nothing was changed.")
	}
	own, err := set.checked()
	if err != nil {
		return Servers{}, err
	}
	n, err := a.network()
	if err != nil {
		return Servers{}, err
	}
	confirmed := a.settings.get().ConfirmedPlain
	if set.Plain {
		confirmed = append(confirmed, set.plain()...)
	}
	for _, address := range own.REST {
		if err := askChain(ctx, n, address, confirmed); err != nil {
			return Servers{}, err
		}
	}
	err = a.settings.change(func(s *settings) {
		s.setServers(name, own)
		if set.Plain {
			s.confirmPlain(set.plain()...)
		}
	})
	if err != nil {
		return Servers{}, err
	}
	a.forgetClients()
	a.hub.send(Event{Kind: SetupChanged})
	return a.Servers()
}

func (set NewServers) plain() (hosts []string) {
	for _, address := range set.REST {
		if host := plainHost(address); host != "" {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

func (set NewServers) checked() (servers, error) {
	var own servers
	for _, text := range set.REST {
		text = strings.TrimRight(strings.TrimSpace(text), "/")
		if text == "" || slices.Contains(own.REST, text) {
			continue
		}
		u, err := url.Parse(text)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return own, fault.Wrong(err, "This is not the address of a server. Nothing was saved; write for example https://rest.example.org.")
		}
		if plainHost(text) != "" && !set.Plain {
			return own, fault.Wrong(nil, "%s is not encrypted: others could read and change what the wallet sees. Nothing was saved; use https, or confirm that you trust the line.", u.Host)
		}
		own.REST = append(own.REST, text)
	}
	if strings.TrimSpace(set.GasPrice) != "" {
		price, err := stratos.ParseAmount(strings.TrimSpace(set.GasPrice))
		if err != nil || price.IsZero() {
			return own, fault.Wrong(err, "%q is not a gas price. Nothing was saved; write for example 1gwei.", set.GasPrice)
		}
		own.GasPrice = price.String()
	}
	return own, nil
}

// askChain makes sure that a server is of the chain of a network.
func askChain(ctx context.Context, n network.Network, address string, confirmed []string) error {
	n.REST, n.RESTMore, n.RPC = address, nil, ""
	c, err := chain.New(chain.Options{Network: n, ConfirmedPlain: confirmed})
	if err != nil {
		return err
	}
	err = c.CheckChain(ctx)
	if errors.Is(err, chain.ErrWrongChain) {
		return fault.Say(err, "%s is a server of another network, not of %s. Nothing was saved.", gatewayName(address), n.ChainID)
	}
	if err != nil {
		return fault.Say(err, "%s did not answer like a server of a Stratos chain, so nothing was saved. Check the address and that you are online.", gatewayName(address))
	}
	return nil
}

func (s *settings) setServers(name string, own servers) {
	all := maps.Clone(s.Servers)
	if all == nil {
		all = map[string]servers{}
	}
	if all[name] = own; len(own.REST) == 0 && own.GasPrice == "" {
		delete(all, name)
	}
	s.Servers = all
}

// confirmPlain notes that addresses may be spoken to without TLS.
func (s *settings) confirmPlain(hosts ...string) {
	for _, host := range hosts {
		if host != "" && !slices.Contains(s.ConfirmedPlain, host) {
			s.ConfirmedPlain = append(slices.Clone(s.ConfirmedPlain), host)
		}
	}
}

// OwnNetwork is a network as a user describes it.
type OwnNetwork struct {
	Name    string // to choose it by: letters, digits, - and _
	ChainID string
	REST    string // address of a server of its chain
	Plain   bool   // as in NewServers
}

var networkNames = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$`)

// AddNetwork asks the server of a network whether it is of that chain, and
// keeps the network under its name.
func (a *App) AddNetwork(ctx context.Context, add OwnNetwork) (NetworkChoice, error) {
	choice := NetworkChoice{ID: add.Name, Own: true}
	if _, builtin := network.Builtin(add.Name); builtin || add.Name == network.Local || !networkNames.MatchString(add.Name) {
		return choice, fault.Wrong(nil, "%q cannot be the name of a network of your own. Nothing was saved; use letters, digits and dashes.", add.Name)
	}
	own, err := NewServers{REST: []string{add.REST}, Plain: add.Plain}.checked()
	if err != nil {
		return choice, err
	}
	if len(own.REST) == 0 || strings.TrimSpace(add.ChainID) == "" {
		return choice, fault.Wrong(nil, "A network needs the id of its chain and the address of a server. Nothing was saved.")
	}
	n, err := network.Custom(network.Network{Name: add.Name, ChainID: strings.TrimSpace(add.ChainID), REST: own.REST[0]})
	if err != nil {
		return choice, err
	}
	confirmed := a.settings.get().ConfirmedPlain
	if add.Plain {
		confirmed = append(confirmed, plainHost(n.REST))
	}
	if err := askChain(ctx, n, n.REST, confirmed); err != nil {
		return choice, err
	}
	if add.Plain {
		if err := a.settings.change(func(s *settings) { s.confirmPlain(plainHost(n.REST)) }); err != nil {
			return choice, err
		}
	}
	if err := os.MkdirAll(a.profile.networks(), 0o700); err != nil {
		return choice, fault.Say(err, "The network could not be saved. Nothing was changed; check that the disk is not full.")
	}
	return choice, network.Write(a.profile.ownNetwork(add.Name), n)
}

// RemoveNetwork forgets a network of the user's own that is not in use. Its
// wallets, files and notes stay.
func (a *App) RemoveNetwork(name string) error {
	if a.networkName() == name {
		return fault.Wrong(nil, "%s is in use. Nothing was changed; choose another network first.", name)
	}
	if !networkNames.MatchString(name) {
		return fault.Wrong(nil, "There is no network of your own called %s. Nothing was changed.", name)
	}
	err := os.Remove(a.profile.ownNetwork(name))
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Wrong(nil, "There is no network of your own called %s. Nothing was changed.", name)
	}
	if err != nil {
		return fault.Say(err, "The network could not be removed. Nothing was changed.")
	}
	return a.settings.change(func(s *settings) { s.setServers(name, servers{}) })
}

// ownNetworks are the names of the networks that the user described.
func (a *App) ownNetworks() (names []string) {
	found, _ := filepath.Glob(filepath.Join(a.profile.networks(), "*.json")) // the pattern is right
	for _, path := range found {
		names = append(names, strings.TrimSuffix(filepath.Base(path), ".json"))
	}
	slices.Sort(names)
	return names
}
