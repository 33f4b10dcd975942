// Package player plays videos: [Headless] plays one without a window and
// measures how well that goes. The parts are player/source, which makes a
// video an address, and player/mpv, which shows what lies there.
package player
