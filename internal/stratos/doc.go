// Package stratos holds the facts of the Stratos chain that everything else
// stands on: addresses, amounts and the eth_secp256k1 key type.
//
// Addresses are always 20 bytes, amounts are always integers of wei, and a
// signature is always over the Keccak-256 hash of the message. Server types of
// the chain are in the packages below types; wallets do not need them.
package stratos
