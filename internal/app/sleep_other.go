//go:build !linux

package app

import "context"

// beforeSleep does nothing: that the computer slept is noticed when it wakes.
func beforeSleep(context.Context, string, func()) {}
