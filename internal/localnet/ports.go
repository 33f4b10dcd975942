package localnet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// portsName keeps the ports of a network for its next start.
const portsName = "ports.json"

// ports are the TCP ports of a network on 127.0.0.1.
type ports struct {
	ChainRPC  int `json:"chain_rpc"`
	ChainREST int `json:"chain_rest"`
	ChainGRPC int `json:"chain_grpc"`
	Faucet    int `json:"faucet"`
	Gateway   int `json:"gateway"`
	Video     int `json:"video"`
}

// referencePorts are the defaults of the reference programs; the faucet has
// none and takes one that is free of other uses.
var referencePorts = ports{
	ChainRPC: 26657, ChainREST: 1317, ChainGRPC: 9090, Faucet: 4500, Gateway: 18281, Video: 18581,
}

func (p *ports) all() []*int {
	return []*int{&p.ChainRPC, &p.ChainREST, &p.ChainGRPC, &p.Faucet, &p.Gateway, &p.Video}
}

func address(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// hold is a set of ports, all listened on, so that nobody else takes them
// before their servers start.
type hold struct {
	ports
	listeners map[int]net.Listener
}

// take stops holding a port and gives its listener to a server.
func (h *hold) take(port int) net.Listener {
	l := h.listeners[port]
	delete(h.listeners, port)
	return l
}

// free lets go of a port that a server opens by itself.
func (h *hold) free(port int) string {
	h.take(port).Close()
	return address(port)
}

func (h *hold) Close() {
	for _, l := range h.listeners {
		l.Close()
	}
}

// holdPorts finds the ports of a network and holds them. Of the kept ones
// those that another program took meanwhile are replaced; moved tells it.
func holdPorts(dir string, choice PortsChoice) (h *hold, moved bool, err error) {
	h = &hold{listeners: map[int]net.Listener{}}
	defer func() {
		if err != nil {
			h.Close()
		}
	}()
	if choice == ReferencePorts {
		h.ports = referencePorts
		return h, false, h.listenAll(false, &moved)
	}
	if h.ports, err = loadPorts(dir); err != nil {
		return h, false, err
	}
	before := h.ports
	if err := h.listenAll(true, &moved); err != nil {
		return h, false, err
	}
	if h.ports != before {
		err = savePorts(dir, h.ports)
	}
	return h, moved, err
}

// listenAll listens on every port. Where another is allowed, 0 and a taken
// port become one that is free.
func (h *hold) listenAll(another bool, moved *bool) error {
	for _, port := range h.all() {
		l, err := net.Listen("tcp", address(*port))
		if err != nil && another {
			*moved = true
			l, err = net.Listen("tcp", address(0))
		}
		if err != nil {
			return fault.Say(err, "Port %d is taken by another program. Stop that program, or start the network without --ports reference.", *port)
		}
		*port = l.Addr().(*net.TCPAddr).Port
		h.listeners[*port] = l
	}
	return nil
}

func loadPorts(dir string) (ports, error) {
	var p ports
	raw, err := os.ReadFile(filepath.Join(dir, portsName))
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &p)
	}
	if err != nil {
		return p, fmt.Errorf("read the ports of the network: %w", err)
	}
	return p, nil
}

func savePorts(dir string, p ports) error {
	raw, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return fmt.Errorf("keep the ports of the network: %w", err)
	}
	path := filepath.Join(dir, portsName)
	if err := os.WriteFile(path+".new", append(raw, '\n'), 0o600); err != nil {
		return fmt.Errorf("keep the ports of the network: %w", err)
	}
	return os.Rename(path+".new", path)
}
