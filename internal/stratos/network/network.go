// Package network describes a Stratos network: where its chain and its
// resource nodes are found. A local network writes such a description as
// network.json when it is ready; real networks have built-in ones.
package network

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// Version is the format version of network.json.
const Version = 1

// FileName is the name under which a local network writes its description.
const FileName = "network.json"

// Network is the content of network.json, documented in docs/network.md.
// Empty fields mean that the network does not offer the thing.
type Network struct {
	Version     int       `json:"version"`
	Name        string    `json:"name"`
	ChainID     string    `json:"chain_id"`
	Denom       string    `json:"denom"`
	MinGasPrice string    `json:"min_gas_price"`       // wei per gas, decimal
	RPC         string    `json:"rpc"`                 // CometBFT RPC, URL
	REST        string    `json:"rest"`                // gRPC gateway, URL
	RESTMore    []string  `json:"rest_more,omitempty"` // more of them, tried in this order when one fails
	GRPC        string    `json:"grpc"`                // host:port
	GRPCTLS     bool      `json:"grpc_tls"`
	Faucet      string    `json:"faucet"`             // URL
	Explorer    string    `json:"explorer"`           // URL
	Figures     string    `json:"figures,omitempty"`  // URL of what the storage network publishes about itself, see [Figures]
	Audience    string    `json:"audience,omitempty"` // URL of how often files were played, see [Audience]
	Gateways    []Gateway `json:"gateways"`
	// NozPerByte is what a byte of a node's traffic counts in volume reports, in
	// noz; 0 where the network does not tell.
	NozPerByte int64  `json:"noz_per_byte,omitempty"`
	Nodes      []Node `json:"nodes"`
	PID        int    `json:"pid,omitempty"` // of a local network's process
	// Born is when the chain of a local network began, in Unix nanoseconds: all
	// local networks have one chain id. It is 0 for others.
	Born int64 `json:"born,omitempty"`
}

// Key names the chain among all that a program may meet, for files that belong
// to one chain only.
func (n Network) Key() string {
	if n.Born == 0 {
		return n.ChainID
	}
	return n.ChainID + "-" + strconv.FormatInt(n.Born, 36)
}

// Gateway is a resource node that clients may talk to.
type Gateway struct {
	RPC   string `json:"rpc"`             // JSON-RPC base URL
	REST  string `json:"rest"`            // base URL of the video endpoints
	Token string `json:"token,omitempty"` // sent as query parameter "token" on REST
}

// Node is a resource node whose monitor can be read.
type Node struct {
	P2P       string      `json:"p2p"`            // stsds1...
	Monitor   string      `json:"monitor"`        // ws:// URL
	TokenFile string      `json:"token_file"`     // file holding the current monitor token
	Metrics   string      `json:"metrics"`        // URL
	Tier      json.Number `json:"tier,omitempty"` // node class, 0 to 3; empty where the network does not tell it
}

// Names of the networks that [Lookup] knows besides files.
const (
	Local   = "local"
	Mainnet = "mainnet"
	Mesos   = "mesos"
)

// Builtin returns the description of a public network by name.
// The addresses come from the network's public documentation; resource node
// gateways are personal there, so the list is empty until the user adds one.
func Builtin(name string) (Network, bool) {
	switch name {
	case Mainnet:
		return public(Mainnet, "stratos-1", "", "grpc.thestratos.org:443"), true
	case Mesos:
		n := public(Mesos, "mesos-1", "-mesos", "")
		n.Faucet = "https://faucet-mesos.thestratos.org"
		return n, true
	}
	return Network{}, false
}

func public(name, chainID, suffix, grpc string) Network {
	return Network{
		Version: Version, Name: name, ChainID: chainID,
		Denom: "wei", MinGasPrice: minGasPrice,
		RPC:  "https://rpc" + suffix + ".thestratos.org",
		REST: "https://rest" + suffix + ".thestratos.org",
		GRPC: grpc, GRPCTLS: grpc != "",
		Explorer: "https://explorer" + suffix + ".thestratos.org",
	}
}

// minGasPrice is the usual minimum of nodes, in wei per gas; no node tells it.
const minGasPrice = "1000000000"

// Custom completes the description of a network that the user typed in: what
// is missing gets the values of every Stratos network. It needs a chain id and
// a REST address.
func Custom(n Network) (Network, error) {
	if n.ChainID == "" || n.REST == "" {
		return Network{}, fmt.Errorf("network description needs chain_id and rest")
	}
	n.Version = Version
	for field, value := range map[*string]string{&n.Name: n.ChainID, &n.Denom: "wei", &n.MinGasPrice: minGasPrice} {
		if *field == "" {
			*field = value
		}
	}
	return n, nil
}

// Read reads a network description. An unknown version is an error.
func Read(path string) (Network, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return Network{}, fmt.Errorf("read network description: %w", err)
	}
	var n Network
	if err := json.Unmarshal(raw, &n); err != nil {
		return Network{}, fmt.Errorf("read network description %s: %w", path, err)
	}
	if n.Version != Version {
		return Network{}, fmt.Errorf("network description %s has version %d, this program reads %d", path, n.Version, Version)
	}
	if n.ChainID == "" {
		return Network{}, fmt.Errorf("network description %s names no chain_id", path)
	}
	return n, nil
}

// Write writes n to path whole or not at all, readable by its owner only.
func Write(path string, n Network) error {
	raw, err := json.MarshalIndent(n, "", "  ")
	if err != nil {
		return fmt.Errorf("encode network description: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".network-*") // created 0600
	if err != nil {
		return fmt.Errorf("write network description: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(append(raw, '\n'))
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write network description: %w", err)
	}
	return nil
}
