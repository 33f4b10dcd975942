// Package app is the program without a window: the profile folder, settings,
// the services (wallet, drive, player, practice network) and one stream of
// events. The window and the command line both stand on it and see plain
// values only.
//
// Every method may be called from any goroutine and may take long unless it
// says otherwise; the window never calls one on its UI goroutine. Errors carry
// a sentence for people (package fault).
package app
