package localnet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"

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

// nodePorts are those of one storage node.
type nodePorts struct {
	Name    string `json:"name"`
	Monitor int    `json:"monitor"`
	Metrics int    `json:"metrics"`
}

// keptPorts is the content of ports.json.
type keptPorts struct {
	ports
	Nodes []nodePorts `json:"nodes,omitempty"`
}

// referencePorts are the defaults of the reference programs; the faucet has
// none and takes one that is free of other uses.
var referencePorts = ports{
	ChainRPC: 26657, ChainREST: 1317, ChainGRPC: 9090, Faucet: 4500, Gateway: 18281, Video: 18581,
}

// referenceNode are the ports of the node that the gateway belongs to.
var referenceNode = nodePorts{Monitor: 18381, Metrics: 18181}

func (p *ports) all() []*int {
	return []*int{&p.ChainRPC, &p.ChainREST, &p.ChainGRPC, &p.Faucet, &p.Gateway, &p.Video}
}

func address(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// hold is the ports of a network. Those of the servers that always run are
// listened on from the beginning, so that nobody else takes them.
type hold struct {
	ports
	dir       string
	choice    PortsChoice
	listeners map[int]net.Listener

	mu    sync.Mutex
	kept  keptPorts // as in ports.json
	moved bool      // a kept port of a node was taken by another program
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

// Close lets go of every port that no server has taken.
func (h *hold) Close() {
	for _, l := range h.listeners {
		l.Close()
	}
}

// holdPorts finds the ports of a network and holds them. Of the kept ones
// those that another program took meanwhile are replaced; moved tells it.
func holdPorts(dir string, choice PortsChoice) (h *hold, moved bool, err error) {
	h = &hold{dir: dir, choice: choice, listeners: map[int]net.Listener{}}
	defer func() {
		if err != nil {
			h.Close()
		}
	}()
	if h.kept, err = loadPorts(dir); err != nil {
		return h, false, err
	}
	if choice == ReferencePorts {
		h.ports = referencePorts
		return h, false, h.listenAll(false, &moved)
	}
	h.ports = h.kept.ports
	if err := h.listenAll(true, &moved); err != nil {
		return h, false, err
	}
	if h.ports != h.kept.ports {
		h.kept.ports = h.ports
		err = savePorts(dir, h.kept)
	}
	return h, moved, err
}

// listenAll listens on every port that all networks have.
func (h *hold) listenAll(another bool, moved *bool) error {
	for _, port := range h.all() {
		l, err := listen(port, another, moved)
		if err != nil {
			return err
		}
		h.listeners[*port] = l
	}
	return nil
}

// listen opens a port. Where another is allowed, 0 and a taken port become one
// that is free.
func listen(port *int, another bool, moved *bool) (net.Listener, error) {
	l, err := net.Listen("tcp", address(*port))
	if err != nil && another {
		*moved = true
		l, err = net.Listen("tcp", address(0))
	}
	if err != nil {
		return nil, fault.Say(err, "Port %d is taken by another program. Stop that program, or start the network without --ports reference.", *port)
	}
	*port = l.Addr().(*net.TCPAddr).Port
	return l, nil
}

// listenNode opens the ports of a storage node: the kept ones when they are
// free, and those of the reference for the gateway's own node.
func (h *hold) listenNode(name string, own bool) (p nodePorts, socket, figures net.Listener, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	reference := own && h.choice == ReferencePorts
	at := slices.IndexFunc(h.kept.Nodes, func(n nodePorts) bool { return n.Name == name })
	if at >= 0 {
		p = h.kept.Nodes[at]
	}
	if reference {
		p = referenceNode
	}
	p.Name = name
	if socket, err = listen(&p.Monitor, !reference, &h.moved); err != nil {
		return p, nil, nil, err
	}
	if figures, err = listen(&p.Metrics, !reference, &h.moved); err != nil {
		socket.Close()
		return p, nil, nil, err
	}
	if !reference {
		h.keepNode(at, p)
	}
	return p, socket, figures, nil
}

func (h *hold) keepNode(at int, p nodePorts) {
	if at < 0 {
		h.kept.Nodes = append(h.kept.Nodes, p)
		return
	}
	h.kept.Nodes[at] = p
}

// forgetNode gives up the ports of a node that is no more.
func (h *hold) forgetNode(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.kept.Nodes = slices.DeleteFunc(h.kept.Nodes, func(n nodePorts) bool { return n.Name == name })
}

// save keeps the ports for the next start.
func (h *hold) save() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return savePorts(h.dir, h.kept)
}

func loadPorts(dir string) (keptPorts, error) {
	var p keptPorts
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

func savePorts(dir string, p keptPorts) error {
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
