package testnet

import "syscall"

// endWithParent makes the network end when the test process is killed.
func endWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
