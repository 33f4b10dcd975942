// Package oracle compares what the wallet writes by hand with what the Cosmos
// SDK's own signing makes of the same transactions. It holds tests only, and
// lies here because only the local network may stand on the SDK.
package oracle
