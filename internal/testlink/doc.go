// Package testlink is a line to somewhere far away, for tests and measurements:
// a proxy on loopback that carries bytes as slowly as a real line does.
//
// A [Line] has a speed, which all connections over it share in each direction,
// and a round trip, of which half passes each way. A new connection costs one
// round trip before its first byte leaves, as the handshake of TCP does. What
// a line of this kind does not have is loss, and the slow start of TCP.
package testlink
