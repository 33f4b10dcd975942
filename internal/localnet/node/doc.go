// Package node is the storage nodes of the local network: folders that hold
// copies of slices as files, each node with a key of its own, a tier, a
// capacity and a state of health.
//
// A slice is written to a temporary file, synced, renamed and its folder
// synced, so that a name in the folder always stands for a whole slice. Nodes
// know nothing of files and owners: that is the meta node's business.
package node
