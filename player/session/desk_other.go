//go:build !linux && !windows && !darwin

package session

// connect knows nothing of this system's desktop.
func connect(Options) (panel, awake) { return noPanel{}, noLock{} }

type noLock struct{}

func (noLock) hold()    {}
func (noLock) release() {}
