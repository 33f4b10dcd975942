//go:build !linux

package testnet

import "syscall"

// endWithParent has no effect here: a test process that is killed leaves its
// network running.
func endWithParent() *syscall.SysProcAttr { return nil }
