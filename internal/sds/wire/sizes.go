package wire

// Sizes of the protocol, in bytes.
const (
	SliceSize     = 32 << 20  // unit of storage of an ordinary file
	UploadPiece   = 3_500_000 // most bytes that a node asks for in one uploadData
	DownloadPiece = 3 << 20   // most bytes in one download answer
	MaxBody       = 5 << 20   // largest request body that a node reads
	MaxMetaInfo   = 40        // longest meta_info of a share
	PageSize      = 20        // entries of one list page
	HashLength    = 40        // characters of a file hash in its usual form
	AddressLength = 41        // characters of a wallet address
)

// SliceCount returns how many slices an ordinary file of size bytes has.
func SliceCount(size int64) int64 { return (size + SliceSize - 1) / SliceSize }

// SliceRange returns the bytes [start, end) of slice n, counted from 1, of an
// ordinary file. Beyond the end both are size.
func SliceRange(n, size int64) (start, end int64) {
	return min((n-1)*SliceSize, size), min(n*SliceSize, size)
}

// UploadRange returns the range that a node asks for when it has all bytes
// before offset: at most UploadPiece, never across a slice boundary.
func UploadRange(offset, size int64) (start, end int64) {
	return offset, pieceEnd(offset, size, UploadPiece)
}

// DownloadRange is like [UploadRange] for the pieces that a node hands out.
func DownloadRange(offset, size int64) (start, end int64) {
	return offset, pieceEnd(offset, size, DownloadPiece)
}

func pieceEnd(offset, size, piece int64) int64 {
	slice := offset/SliceSize*SliceSize + SliceSize
	return min(offset+piece, slice, size)
}
