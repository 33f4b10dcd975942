package testmemory

import (
	"bytes"
	"fmt"
	"os"
)

// Read returns everything that is mapped and readable in a process, also what
// a core dump would leave out. The process should hold still meanwhile.
func Read(pid int) ([]byte, error) {
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		return nil, fmt.Errorf("read memory: %w", err)
	}
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		return nil, fmt.Errorf("read memory: %w", err)
	}
	defer mem.Close()
	var all []byte
	for line := range bytes.Lines(maps) {
		var from, to int64
		var mode string
		if _, err := fmt.Sscanf(string(line), "%x-%x %s", &from, &to, &mode); err != nil || mode[0] != 'r' {
			continue
		}
		chunk := make([]byte, to-from)
		for at := 0; at < len(chunk); {
			n, err := mem.ReadAt(chunk[at:], from+int64(at))
			if at += n; err != nil {
				at += os.Getpagesize() // some special pages refuse
			}
		}
		all = append(all, chunk...)
	}
	if len(all) < 1<<20 {
		return nil, fmt.Errorf("read memory: only %d bytes", len(all))
	}
	return all, nil
}
