// Package chain runs the chain of the practice network: a Cosmos SDK
// application under CometBFT's consensus, in this process, with its data under
// one folder.
//
// To a wallet it is the real chain: same addresses, keys, messages, queries,
// fees and error codes, over CometBFT RPC, gRPC and REST. It differs in three
// things. There is one process, so there are no peers. It makes no block while
// nothing happens. And its periods are short, so that people can see an
// unbonding end.
package chain
