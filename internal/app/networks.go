package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// ErrNetworkOff is wrapped where the practice network is needed and not running.
var ErrNetworkOff = errors.New("practice network is off")

// practiceReplicas spares the disk of people who only try things out.
const practiceReplicas = 2

// NamesNetwork tells whether text names a built-in network or a network.json
// file that exists.
func NamesNetwork(text string) bool {
	if text == network.Local {
		return true
	}
	if _, ok := network.Builtin(text); ok {
		return true
	}
	info, err := os.Stat(text)
	return err == nil && info.Mode().IsRegular() && strings.HasSuffix(text, ".json")
}

// network describes the network in use, as it is now: a local one has other
// ports after a restart.
func (a *App) network() (network.Network, error) {
	n, err := a.describe()
	if err == nil {
		a.mu.Lock()
		a.practiceNow = n.ChainID == practiceChain
		a.mu.Unlock()
	}
	return n, err
}

func (a *App) describe() (network.Network, error) { return a.networkNamed(a.networkName()) }

// networkNamed describes any network that may be chosen.
func (a *App) networkNamed(name string) (network.Network, error) {
	if name == network.Local {
		n, err := a.practice.find()
		if errors.Is(err, fs.ErrNotExist) {
			return n, fault.Say(errors.Join(ErrNetworkOff, err), "The practice network is not running. Start it first, or choose another network.")
		}
		n.Gateways = append(n.Gateways, a.settings.get().Gateways[name]...)
		return n, err
	}
	n, ok := network.Builtin(name)
	if !ok {
		var err error
		if n, err = network.Read(a.describedBy(name)); err != nil {
			return n, fault.Wrong(err, "%s does not describe a network. Use local, mainnet, mesos, a network of your own or a network.json file.", name)
		}
	}
	s := a.settings.get()
	n = s.Servers[name].apply(n)
	n.Gateways = append(n.Gateways, s.Gateways[name]...)
	return n, nil
}

// describedBy is the file of a network that is not built in: a name of the
// user's own, or the file itself.
func (a *App) describedBy(name string) string {
	if slices.Contains(a.ownNetworks(), name) {
		return a.profile.ownNetwork(name)
	}
	return name
}

// Networks lists what the user may choose, the practice network first.
func (a *App) Networks() []NetworkChoice {
	current := a.networkName()
	choices := []NetworkChoice{{ID: network.Local, Practice: true}, {ID: network.Mainnet}, {ID: network.Mesos}}
	for _, name := range a.ownNetworks() {
		choices = append(choices, NetworkChoice{ID: name, Own: true})
	}
	i := slices.IndexFunc(choices, func(c NetworkChoice) bool { return c.ID == current })
	if i < 0 { // a file
		i = len(choices)
		choices = append(choices, NetworkChoice{ID: current, Own: true})
	}
	choices[i].Current = true
	return choices
}

// SelectNetwork saves the choice of a network for the next start: a built-in
// one, one of the user's own, or a network.json file.
func (a *App) SelectNetwork(id string) error {
	if !slices.Contains(a.ownNetworks(), id) {
		if !NamesNetwork(id) {
			return fault.Wrong(nil, "There is no network called %s. Nothing was changed.", id)
		}
		if strings.HasSuffix(id, ".json") {
			path, err := filepath.Abs(id)
			if err != nil {
				return fmt.Errorf("find network description: %w", err)
			}
			id = path
		}
	}
	if err := a.settings.change(func(s *settings) { s.Network = id }); err != nil {
		return err
	}
	a.forgetClients()
	a.hub.send(Event{Kind: SetupChanged})
	return nil
}

// ChooseNetwork saves the choice and makes it ready. The practice network is
// started; a wallet that owns nothing there gets STOS and ozone, for they cost
// nothing. The drive goes on with the network that is in use then, also after a
// choice that it could not go on with.
func (a *App) ChooseNetwork(ctx context.Context, id string) (err error) {
	if _, err := a.interruptDrive(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.resumeDrive(context.WithoutCancel(ctx))) }()
	if err := a.SelectNetwork(id); err != nil {
		return err
	}
	return a.StartNetwork(ctx, nil)
}

// resumeDrive is startDrive for a wallet whose key is there.
func (a *App) resumeDrive(ctx context.Context) error {
	if _, err := a.storageKey(); err != nil {
		return nil //nolint:nilerr // locked: it starts when the wallet is opened
	}
	return a.startDrive(ctx)
}

// StartNetwork starts the practice network when it is the one in use, and
// gives a new wallet there something to begin with. On other networks it does
// nothing.
func (a *App) StartNetwork(ctx context.Context, progress func(string)) error {
	if a.networkName() != network.Local {
		return nil
	}
	_, started, err := a.practice.start(ctx, practiceReplicas, progress)
	if err != nil {
		return err
	}
	if started {
		a.mu.Lock()
		a.ownNet = true
		a.mu.Unlock()
		a.forgetClients()
		a.hub.send(Event{Kind: NetworkStarted})
	}
	return a.firstMoney(ctx)
}

// Start brings up what the settings ask for: the practice network if it is the
// one in use, and the sync of the chosen folder. The window calls it when the
// wallet is unlocked; it does nothing that runs already.
func (a *App) Start(ctx context.Context, progress func(string)) error {
	if a.Stage() == NeedsWallet || a.Stage() == NeedsNetwork {
		return nil
	}
	a.setOpening(true)
	defer a.setOpening(false)
	if err := a.StartNetwork(ctx, progress); err != nil {
		return err
	}
	if a.Watching() && !a.holdsKey() { // nobody is asked for the password of the wallet behind it
		if tried, err := a.UnlockByKeyring(ctx); !tried || err != nil {
			return nil
		}
	}
	a.searchBehind()
	a.keepFigures()
	return a.startDrive(ctx)
}

// onPractice tells whether the network in use is a local one, whose files
// exist only on this computer.
func (a *App) onPractice() bool {
	n, err := a.network()
	return err == nil && n.ChainID == practiceChain
}
