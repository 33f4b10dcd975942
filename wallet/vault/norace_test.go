//go:build !race

package vault

// raceDetector tells that the memory of the process is mostly the detector's.
const raceDetector = false
