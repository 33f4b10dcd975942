// Package convert tells whether a video can become a stream of the network,
// and makes one of it that can. Streams are MPEG-TS cut into segments without
// being encoded anew (sds.md 7.1), so only some codecs fit.
//
// The work is done by ffmpeg and ffprobe. They get a video by an address of
// this computer only, never by its name, and may open nothing else: a file that
// names other files or addresses is refused by its format. Time and size of
// what they do are bounded.
package convert
