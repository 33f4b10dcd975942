// Package sim runs whole devices of a drive in a simulated world: disks that
// lose what was not made to last, a network that loses replies, hides and
// lies, clocks that jump, and people who change files at any moment. One step
// of one device happens at a time, chosen by a seed, so a run that goes wrong
// can be repeated.
//
// What people can observe is checked against a model that knows what they
// wrote and what they knew when they wrote over it. It is for tests.
//
// The world is itself tested: it finds a collector that deletes too early, and
// one that does not wait until all devices have heard of it.
package sim
