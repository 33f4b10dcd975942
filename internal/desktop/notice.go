package desktop

import "errors"

var (
	errNoBus = errors.New("there is no message bus")
	// ErrNoNotices is returned where this package cannot show notifications: the
	// system has another way, or none.
	ErrNoNotices = errors.New("notifications are shown otherwise here")
)

// Notice is a notification.
type Notice struct {
	Topic string // a later one about the same takes its place
	Title string
	Text  string
	Open  string // the word for going to what it is about
}
