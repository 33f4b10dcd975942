// Package mpv plays videos with libmpv, which is loaded when the first player
// is opened: the programs start without it, and where it is missing they say
// what to install.
//
// A [Player] is one instance of libmpv. Every method returns at once: orders
// are queued for the player's own thread, and what comes of them is read with
// [Player.State] after an [Event]. Pictures are drawn by libmpv's software
// renderer into images that the painter takes with [Player.Frame].
//
// libmpv gets no configuration file, no scripts, no keys and no network but
// one http address on this computer; what it may open is decided by
// [Player.Load] for each video.
package mpv
