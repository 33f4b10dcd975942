// Package video cuts a video into the slices under which the network stores
// it: segments and a playlist for HTTP streaming, made by ffmpeg without
// encoding anything again, behind a slice that tells which is which. The rule
// is that of the reference node.
package video
