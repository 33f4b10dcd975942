// Package watch is the page of videos: those of the drive, a field for a link,
// and the page that plays one in the whole window. The picture itself is
// package ui/video; what is found and what a link is is decided in model.go,
// which knows no widget.
package watch
