//go:build !linux && !darwin && !windows

package desktop

import "context"

// SystemProxy is none: this system has one in its environment only.
func SystemProxy(context.Context, string) Proxy { return Proxy{} }
