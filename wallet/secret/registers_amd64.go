package secret

import "golang.org/x/sys/cpu"

func clearWide()   // with AVX
func clearNarrow() // without

// clearRegisters zeroes the vector registers, through which copies go: when a
// signal comes, the system writes them to the memory of the process.
func clearRegisters() {
	if cpu.X86.HasAVX {
		clearWide()
	} else {
		clearNarrow()
	}
}
