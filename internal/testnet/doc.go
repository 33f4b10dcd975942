// Package testnet gives tests a real local network: it builds and starts the
// stosnet binary and ends it with the test. It is for tests only.
//
// A network that Start gave is gone, with its folder, when its test has ended.
package testnet
