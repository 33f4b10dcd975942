// Package registermodule is the part of the practice chain that keeps the
// nodes of the storage network: their deposits, who owns them, which of them
// count, and the votes of meta nodes on each other.
package registermodule
