package app

import (
	"context"
	"errors"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// nobody is an account that nobody owns. Asking for its ozone shows that a
// gateway works and tells it nothing about the user.
const nobody = "st1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq0w5dxq"

// Gateway is a resource node that files go through. Its address is shown
// without the path, for that may hold a token.
type Gateway struct {
	Name    string `json:"name"`  // host and port
	Added   bool   `json:"added"` // by the user; the others come with the network
	Video   bool   `json:"video"` // serves streams of the network too
	Works   bool   `json:"works"`
	Millis  int64  `json:"millis"` // until a small question was answered
	Problem string `json:"problem,omitempty"`
}

// NewGateway is a gateway as a user describes it.
type NewGateway struct {
	RPC   string // URL of the JSON-RPC port, with path and token if it has them
	Video string // URL of the video port; may be empty
	Token string // for the video port; may be empty
	Plain bool   // the user knows that an http address can be read on the way
}

// Gateways lists the gateways of the network in use and asks each whether it
// works.
func (a *App) Gateways(ctx context.Context) ([]Gateway, error) {
	n, err := a.network()
	if err != nil {
		return nil, err
	}
	added := a.settings.get().Gateways[a.networkName()]
	list := make([]Gateway, len(n.Gateways))
	for i, g := range n.Gateways {
		list[i] = Gateway{Name: gatewayName(g.RPC), Added: slices.Contains(added, g), Video: g.REST != ""}
		took, err := a.tryGateway(ctx, g, false)
		if list[i].Works = err == nil; err != nil {
			list[i].Problem = fault.Sentence(err)
		}
		list[i].Millis = took.Milliseconds()
	}
	return list, ctx.Err()
}

// AddGateway asks a gateway whether it works and uses it from then on for the
// network in use.
func (a *App) AddGateway(ctx context.Context, add NewGateway) (Gateway, error) {
	g := add.network()
	if err := checkGateway(g, add.Plain); err != nil {
		return Gateway{}, err
	}
	took, err := a.tryGateway(ctx, g, add.Plain)
	if err != nil {
		return Gateway{}, fault.Say(err, "%s did not answer like a Stratos gateway, so it was not saved. Check the address and that the node runs.", gatewayName(g.RPC))
	}
	name := a.networkName()
	err = a.settings.change(func(s *settings) { s.addGateway(name, g, add.Plain) })
	a.forgetClients()
	return Gateway{Name: gatewayName(g.RPC), Added: true, Video: g.REST != "", Works: true, Millis: took.Milliseconds()}, err
}

// RemoveGateway forgets a gateway that the user added, named by its host and
// port.
func (a *App) RemoveGateway(name string) error {
	found, of := false, a.networkName()
	err := a.settings.change(func(s *settings) { found = s.removeGateway(of, name) })
	if err == nil && !found {
		return fault.Wrong(nil, "No gateway called %s was added to this network. Nothing was changed.", name)
	}
	a.forgetClients()
	return err
}

func (g NewGateway) network() network.Gateway {
	return network.Gateway{RPC: strings.TrimSpace(g.RPC), REST: strings.TrimSpace(g.Video), Token: strings.TrimSpace(g.Token)}
}

func (s *settings) addGateway(name string, g network.Gateway, plain bool) {
	all := map[string][]network.Gateway{}
	for n, list := range s.Gateways {
		all[n] = slices.Clone(list)
	}
	all[name] = append(slices.DeleteFunc(all[name], func(old network.Gateway) bool { return old.RPC == g.RPC }), g)
	s.Gateways = all
	if plain {
		s.confirmPlain(plainHost(g.RPC), plainHost(g.REST))
	}
}

func (s *settings) removeGateway(network, name string) (found bool) {
	kept := slices.Clone(s.Gateways[network])
	for i := len(kept) - 1; i >= 0; i-- {
		if gatewayName(kept[i].RPC) == name || kept[i].RPC == name {
			kept, found = slices.Delete(kept, i, i+1), true
		}
	}
	if found {
		s.Gateways[network] = kept
	}
	return found
}

// checkGateway refuses addresses that cannot be right, and http over a network
// unless the user knows what it means.
func checkGateway(g network.Gateway, plain bool) error {
	for _, text := range []string{g.RPC, g.REST} {
		if text == "" && g.RPC != "" {
			continue
		}
		u, err := url.Parse(text)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return fault.Wrong(nil, "This is not the address of a gateway. Nothing was saved; write for example https://node.example.org:18281.")
		}
		if plainHost(text) != "" && !plain {
			return fault.Wrong(nil, "%s is not encrypted: whoever can read the line could delete your files. Nothing was saved; use https, or confirm that you trust the line.", u.Host)
		}
	}
	return nil
}

// plainHost returns the host and port of an http address that is not on this
// computer, else nothing.
func plainHost(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" || u.Hostname() == "localhost" {
		return ""
	}
	if ip := net.ParseIP(u.Hostname()); ip != nil && ip.IsLoopback() {
		return ""
	}
	return u.Host
}

// gatewayName is what may be shown of an address: a path may be a token.
func gatewayName(rpc string) string {
	u, err := url.Parse(rpc)
	if err != nil || u.Host == "" {
		return "a gateway with a broken address"
	}
	return u.Host
}

// tryGateway asks a gateway something small and returns how long it took.
func (a *App) tryGateway(ctx context.Context, g network.Gateway, plain bool) (time.Duration, error) {
	confirmed := a.settings.get().ConfirmedPlain
	if plain {
		confirmed = append(confirmed, plainHost(g.RPC), plainHost(g.REST))
	}
	c, err := client.New(client.Options{Gateways: []network.Gateway{g}, Signer: reader(nobody), ConfirmedPlain: confirmed})
	if errors.Is(err, client.ErrPlainHTTP) {
		return 0, fault.Say(err, "%s is not encrypted, so it is not used.", gatewayName(g.RPC))
	}
	if err != nil {
		return 0, err
	}
	defer c.Close()
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	began := time.Now()
	if _, err = c.Ozone(ctx); errors.Is(err, client.ErrRefused) {
		err = nil // a network need not know nobody
	}
	return time.Since(began), err
}
