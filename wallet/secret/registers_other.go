//go:build !amd64 && !arm64

package secret

func clearRegisters() {}
