// Package monitor follows resource nodes by the sockets that their owners watch
// them by: a WebSocket with JSON-RPC, at port 18381 of a node as it comes. It
// tells traffic, whether the node is online, and what its slices take on disk,
// and goes on by itself after a lost connection or a restart of the node.
package monitor
