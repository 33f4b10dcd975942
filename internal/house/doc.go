// Package house keeps the rules of the code base: a test that fails when a
// package imports what its floor must not see, and the scripts behind the
// Makefile's targets.
package house
