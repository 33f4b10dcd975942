// Package house keeps the rules of the code base, by tests that fail when one is
// broken: a package imports what its floor must not see, or the workflows of the
// public host may do more than they need. The scripts behind the Makefile's
// targets lie here too.
//
// Below it are the tools of the house, each with a test: papers reads the
// documents and keeps them true, sizes measures functions and files, words
// compares the translations with the source, changes joins the notes of a
// release.
package house
