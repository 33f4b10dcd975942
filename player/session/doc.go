// Package session makes what plays known to the desktop: its keys for media act
// on it, its panel shows the title, and the screen stays on while a picture
// moves. [Open] starts that, [Session.Show] tells what plays now, and
// [Session.Close], or the end of the process, takes all of it back.
//
// On Linux this is MPRIS (https://specifications.freedesktop.org/mpris-spec) and
// org.freedesktop.ScreenSaver on the session's bus, or logind's idle lock where
// nobody offers the latter. Windows and macOS keep the screen on; their keys for
// media reach players with a window of their own kind only, and not this one.
package session
