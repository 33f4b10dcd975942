//go:build !linux

package desktop

import "context"

// Notifier shows notifications.
type Notifier struct{}

// NewNotifier returns [ErrNoNotices]: the toolkit shows them on this system.
func NewNotifier(context.Context, string, string, func(topic string)) (*Notifier, error) {
	return nil, ErrNoNotices
}

// Show is never called: there is no notifier.
func (*Notifier) Show(context.Context, Notice) error { return ErrNoNotices }

// Close is never called.
func (*Notifier) Close() error { return nil }
