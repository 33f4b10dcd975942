package app

import (
	"fmt"
	"time"

	"github.com/dustin/go-humanize"
)

// Lines is the report for reading, in plain English: whoever helps reads it too.
func (d Diagnostics) Lines() []string {
	lines := []string{
		fmt.Sprintf("Stratos Drive %s, %s", d.Version, d.Made.Format(time.RFC3339)),
		fmt.Sprintf("System: %s, %s, %d processors", d.System.OS, d.System.Arch, d.System.CPUs),
		fmt.Sprintf("Network: %s", d.Profile.Network),
		fmt.Sprintf("Wallets: %d, %s", d.Profile.Wallets, lockWord(d.Profile)),
		"Clock: " + d.clock(),
	}
	lines = append(lines, serverLines("Gateway", d.Gateways)...)
	lines = append(lines, serverLines("Chain", d.Chain)...)
	lines = append(lines, d.Disk.lines()...)
	lines = append(lines, d.Drive.lines()...)
	for _, text := range d.Problems {
		lines = append(lines, "Problem: "+text)
	}
	return lines
}

func lockWord(u DiagnosedUse) string {
	switch {
	case u.Watched:
		return "only watching"
	case u.Locked:
		return "locked"
	}
	return "unlocked"
}

func (d Diagnostics) clock() string {
	switch {
	case d.ClockAhead == nil:
		return "not known, no server told the time"
	case *d.ClockAhead > 0:
		return fmt.Sprintf("%.0f s ahead of the network", *d.ClockAhead)
	case *d.ClockAhead < 0:
		return fmt.Sprintf("%.0f s behind the network", -*d.ClockAhead)
	}
	return "right"
}

func serverLines(what string, list []DiagnosedServer) []string {
	if len(list) == 0 {
		return []string{what + ": none"}
	}
	var lines []string
	for i, s := range list {
		line := fmt.Sprintf("%s %d: works, %d ms", what, i+1, s.Millis)
		if !s.Works {
			line = fmt.Sprintf("%s %d: does not answer after %d ms. %s", what, i+1, s.Millis, s.Problem)
		}
		lines = append(lines, line)
	}
	return lines
}

func (d DiagnosedDisk) lines() []string {
	free := "not known"
	if d.Free >= 0 {
		free = humanize.Bytes(uint64(d.Free))
	}
	return []string{
		"Room on the disk: " + free,
		fmt.Sprintf("Fetched content: %s of %s", humanize.Bytes(uint64(d.CacheUsed)), humanize.Bytes(uint64(d.CacheLimit))),
	}
}

func (d DiagnosedDrive) lines() []string {
	running := "not running"
	if d.Running {
		running = string(d.Phase)
	}
	lines := []string{
		fmt.Sprintf("Drive: %s, %d files, %s, %d devices, keys of epoch %d", running, d.Files, humanize.Bytes(uint64(d.Bytes)), d.Devices, d.Epoch),
		fmt.Sprintf("On their way: %d files, damaged: %d, folders not read: %d", d.Moving, d.Damaged, d.Unread),
	}
	if d.Stopped != "" {
		lines = append(lines, "Stopped by the brake: "+d.Stopped)
	}
	if !d.LastSync.IsZero() {
		lines = append(lines, "All was the same: "+d.LastSync.UTC().Format(time.RFC3339))
	}
	return lines
}
