package media

// Part is what the network delivers with one request, from its start on.
type Part struct {
	Size int64 // bytes
	Lead bool  // holds the start of the file
}

// Place says in which part some bytes of a file come. They can be used when all
// of Sealed bytes at At are there.
type Place struct {
	Off, Len   int64 // bytes of the file
	Part       int
	At, Sealed int64 // bytes of the part
}

// Layout is where the bytes of a file lie on the network, in the order of the
// file.
type Layout struct {
	Parts  []Part
	Places []Place
}
