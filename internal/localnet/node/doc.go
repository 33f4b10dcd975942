// Package node is the storage nodes of the local network: folders that hold
// copies of slices as files, each node with a key of its own, an owner with a
// wallet, a tier, a capacity and a condition. A pool is all of them; nodes
// come and go while it is used.
//
// A slice is written to a temporary file, synced, renamed and its folder
// synced, so that a name in the folder always stands for a whole slice. All
// that goes through [Files], so that tests can cut the power at any operation.
// Nodes know nothing of files and owners of content: that is the meta node's
// business.
package node
