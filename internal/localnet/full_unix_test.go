//go:build !windows

package localnet

import "golang.org/x/sys/unix"

var diskFull error = unix.ENOSPC
