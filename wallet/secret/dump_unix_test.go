//go:build unix

package secret

import (
	"os"
	"os/exec"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

const crashEnv = "STOS_SECRET_TEST_CRASH"

// TestCrashLeavesNoDump crashes a process of its own, which may dump as much as
// it likes, with and without NoDumps.
func TestCrashLeavesNoDump(t *testing.T) {
	if how := os.Getenv(crashEnv); how != "" {
		crash(how)
	}
	dumped := func(how string) bool {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCrashLeavesNoDump$")
		cmd.Dir, cmd.Env = t.TempDir(), append(os.Environ(), crashEnv+"="+how, "GOTRACEBACK=crash")
		_ = cmd.Run() // it crashes
		status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
		if !ok || !status.Signaled() {
			t.Fatalf("%s: it did not crash: %v", how, cmd.ProcessState)
		}
		return status.CoreDump()
	}
	if dumped("guarded") {
		t.Error("the crash left a core dump")
	}
	if !dumped("plain") {
		t.Skip("this system writes no core dumps at all")
	}
}

// crash ends this process as a failure of its own would.
func crash(how string) {
	var limit unix.Rlimit
	err := unix.Getrlimit(unix.RLIMIT_CORE, &limit)
	if err == nil {
		limit.Cur = limit.Max
		err = unix.Setrlimit(unix.RLIMIT_CORE, &limit)
	}
	if err == nil && how == "guarded" {
		err = NoDumps()
	}
	if err != nil {
		os.Exit(1)
	}
	panic("on purpose")
}
