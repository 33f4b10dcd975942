// Package fetch holds files of the network on disk while they arrive and for
// as long as there is room. Any part of a file can be read as soon as its
// bytes are there; a file that several readers want is fetched once.
package fetch
