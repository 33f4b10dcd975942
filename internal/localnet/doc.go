// Package localnet runs a whole Stratos network on one machine: a chain, a
// meta node, storage nodes, a gateway and a faucet, on loopback, in one
// process, with all data in one folder. Users know it as the practice network.
//
// Up is all there is: it returns when the network has stopped. Whoever wants
// to use the network reads network.json in the folder, which is there exactly
// while the network is ready.
package localnet
