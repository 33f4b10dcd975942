// Package chain is the wallet's client of the Stratos chain: balances,
// prices, and transactions from preview to inclusion in a block.
//
// It speaks REST (the gRPC gateway's JSON), the only interface that every
// public network offers, and signs with SIGN_MODE_DIRECT. A transaction goes
// through four steps. [Client.Preview] simulates it and tells its fee. The
// caller shows that to the user. [Client.Send] checks the chain id, signs,
// writes to the [Log], broadcasts and follows the transaction by its hash until
// it is in a block or cannot be any more. A lost reply is resolved by asking
// for the hash and by sending the same bytes again, which can never pay twice;
// a new signature is made only when the old one is known not to be included.
//
// The rules of the chain come from its reference: codes mean something only
// with their codespace, simulation needs a fee, amounts are integers of wei.
package chain
