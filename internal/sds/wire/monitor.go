package wire

import (
	"encoding/hex"
	"time"
)

// MonitorToken returns the token that opens the monitor socket of a node at
// the given time. The node accepts those of the current and the previous hour.
// start is when the node's process started, in unix seconds.
func MonitorToken(start int64, p2pAddress string, at time.Time) string {
	initial := hexKeccak(unix(start) + p2pAddress)
	return hexKeccak(unix(at.Unix()/3600) + initial)
}

func hexKeccak(text string) string { return hex.EncodeToString(keccak([]byte(text))) }
