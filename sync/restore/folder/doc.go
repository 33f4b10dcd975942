// Package folder lays the drive that package restore reads down in a folder. A
// run that was cut off, or that found a part of the network gone, is gone on
// with by another one. Nothing is ever overwritten.
package folder
