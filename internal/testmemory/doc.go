// Package testmemory reads the memory of other processes, for tests that look
// for secrets in it. Only Linux lets them.
package testmemory
