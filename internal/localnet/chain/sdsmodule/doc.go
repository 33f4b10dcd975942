// Package sdsmodule is the part of the practice chain that sells ozone: it
// keeps what nodes have deposited, what prepays brought and how much ozone is
// left, and prices one by the others as the real chain does.
package sdsmodule
