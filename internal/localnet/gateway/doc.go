// Package gateway is the resource node of the local network: the JSON-RPC and
// the video endpoints that clients talk to, with the rules, codes and texts of
// the reference node.
//
// Where the reference leaves a call hanging or hides a failure, the gateway
// answers at once, so that people who practise are not kept waiting. The
// faithful mode brings some of the reference's delays and habits back; what
// differs is decided in quirks.go and nowhere else.
//
// Pieces of a file are never held whole in JSON: uploads are decoded while the
// request is read, downloads are encoded while the answer is written.
package gateway
