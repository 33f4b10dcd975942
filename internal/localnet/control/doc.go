// Package control is how commands reach a network that runs in another
// process: to see and change its storage nodes, and to have its store proved.
//
// The running network listens on 127.0.0.1 and leaves the address with a
// fresh secret in a file of its folder that only its user can read. Who has
// the secret may do everything. A request that a browser page caused is
// refused in any case: it names an origin, or a host that is not this address.
package control
