// Package node tells an owner of storage nodes about them: what is registered,
// what lies in deposit, what their traffic earned.
//
// It only reads. Amounts are wei; what a chain does not tell is known to be
// unknown, and never taken for nothing.
package node
