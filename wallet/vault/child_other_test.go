//go:build !linux

package vault

// liveChild exists where a test can read its memory.
func liveChild(string) error { return nil }
