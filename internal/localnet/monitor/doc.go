// Package monitor lets owners watch a storage node: a JSON-RPC socket with
// traffic, disk use and state, opened by a token that changes each hour, and
// figures for Prometheus. Both speak exactly as the reference node does
// (namespace "monitor", WebSocket only).
//
// A monitor lives as long as its node's process would: a node that is stopped
// has none, and one that starts again has a new initial token.
package monitor
