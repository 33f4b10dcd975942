package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// clockTicks is how many ticks of /proc/PID/stat are a second, on every Linux
// that people use.
const clockTicks = 100

// processCPU is the processor time that a process has used, in seconds.
func processCPU(pid int) (float64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(raw), ") ") // behind the name, which may hold anything
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat is short", pid)
	}
	var ticks int
	for _, f := range fields[11:13] {
		n, err := strconv.Atoi(f)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return float64(ticks) / clockTicks, nil
}

// peakMemory is the most memory a process had resident, in MiB.
func peakMemory(pid int) (float64, error) { return memoryLine(pid, "VmHWM") }

// residentMemory is the memory that a process has resident now, in MiB.
func residentMemory(pid int) (float64, error) { return memoryLine(pid, "VmRSS") }

// memoryLine reads one line of what the kernel says of a process's memory.
func memoryLine(pid int, name string) (float64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(raw)) {
		var kib float64
		if _, err := fmt.Sscanf(line, name+": %f kB", &kib); err == nil {
			return kib / 1024, nil
		}
	}
	return 0, fmt.Errorf("/proc/%d/status does not tell %s", pid, name)
}

// painters are the threads of Mesa's software drawing, which a graphics card
// does elsewhere.
const painters = "llvmpipe"

// threadCPU is the processor time in seconds that a process has used, apart for
// its threads of software drawing.
func threadCPU(pid int) (own, drawing float64, err error) {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	for _, thread := range threads {
		name, nameErr := os.ReadFile(filepath.Join(thread, "comm"))
		raw, statErr := os.ReadFile(filepath.Join(thread, "schedstat"))
		if nameErr != nil || statErr != nil {
			continue // threads come and go
		}
		var nanoseconds float64
		if _, err := fmt.Sscan(string(raw), &nanoseconds); err != nil {
			return 0, 0, err
		}
		if strings.HasPrefix(string(name), painters) {
			drawing += nanoseconds / 1e9
		} else {
			own += nanoseconds / 1e9
		}
	}
	return own, drawing, err
}
