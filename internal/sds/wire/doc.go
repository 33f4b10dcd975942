// Package wire holds the facts of the storage network's client protocol:
// identifiers, hashes, messages that are signed, and the shape of every
// request and answer. It does no input or output, so that the client and a
// local network speak exactly the same language.
//
// Rules come from the reference node v0.12.11. Names of JSON members are part
// of the protocol and keep its spelling mistakes.
package wire
