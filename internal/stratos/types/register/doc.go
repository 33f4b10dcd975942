// Package register holds the messages, events and queries of the chain module
// that keeps the nodes of the storage network and their deposits, generated
// from the proto files, and what a Cosmos SDK application must know to accept
// them.
package register
