package fake

import (
	"context"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Gateways are one that works and one, added by the user, that does not.
func (b *Backend) Gateways(ctx context.Context) ([]app.Gateway, error) {
	return []app.Gateway{
		{Name: "127.0.0.1:18281", Video: true, Works: true, Millis: 12},
		{Name: "node.example.org:18281", Added: true, Problem: "It does not answer."},
	}, b.wait(ctx)
}

// AddGateway notes the address.
func (b *Backend) AddGateway(ctx context.Context, add app.NewGateway) (app.Gateway, error) {
	b.note("gateway " + add.RPC)
	return app.Gateway{Name: add.RPC, Added: true, Works: true}, b.wait(ctx)
}

// RemoveGateway notes the name.
func (b *Backend) RemoveGateway(name string) error {
	b.note("no gateway " + name)
	return b.Err
}

// Servers are two of the main network.
func (b *Backend) Servers() (app.Servers, error) {
	return app.Servers{
		Network: b.Network, ChainID: "stratos-1", Changed: true,
		REST: []string{"https://rest.example.org", "https://rest.example.net"},
	}, nil
}

// SetServers notes the addresses.
func (b *Backend) SetServers(ctx context.Context, set app.NewServers) (app.Servers, error) {
	b.note("servers")
	for _, address := range set.REST {
		b.note("server " + address)
	}
	return app.Servers{REST: set.REST}, b.wait(ctx)
}

// Currencies are a few.
func (b *Backend) Currencies() []string { return []string{"CHF", "EUR", "USD"} }

// Currency is what was chosen last.
func (b *Backend) Currency() string { return b.Worth }

// SetCurrency keeps the choice.
func (b *Backend) SetCurrency(code string) error {
	b.Worth = code
	return b.Err
}
