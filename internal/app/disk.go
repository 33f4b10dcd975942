package app

import (
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// explainDisk gives a full disk its sentence.
func explainDisk(err error) error {
	if disk.IsFull(err) {
		return fault.Say(err, "The disk is full. Nothing was lost; free some space and try again.")
	}
	return err
}
