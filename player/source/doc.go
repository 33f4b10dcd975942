// Package source makes a video, wherever it lies, something that a player can
// open: an address on this computer.
//
// A video is a [File] (a local file, a file of the drive, a private share:
// bytes at offsets) or a stream of the network ([Segments]: a playlist and the
// pieces that it names). A [Server] serves both over http on loopback, to
// libmpv inside the window or to any other player. Each video has an address
// that nobody can guess, nothing else can be reached from it, and the bytes
// that it took are counted, because bytes cost ozone.
//
// What comes from the network is not trusted: playlists are read, checked and
// written anew ([ParsePlaylist]).
package source
