package disk

import "errors"

// ErrFull is wrapped by errors that say that there is no room on a disk.
var ErrFull = errors.New("disk is full")

// IsFull reports whether something failed because the disk has no room.
func IsFull(err error) bool { return errors.Is(err, ErrFull) || outOfRoom(err) }

// ErrHeld is wrapped by errors that say that a program has a file open, so that
// the system neither moves nor removes it.
var ErrHeld = errors.New("a program has the file open")

// IsHeld reports whether something failed because a program has a file open.
// That passes; until then the file stays as it is.
func IsHeld(err error) bool { return errors.Is(err, ErrHeld) || held(err) }

// Sizer is a file system that can tell how much room it has.
type Sizer interface {
	// Size returns how many bytes the disk of a folder holds, and how many of
	// them this program may still write.
	Size(dir string) (total, free int64, err error)
}

// mostSpare bounds what is left to others of a large disk, in bytes.
const mostSpare = 256 << 20

// Room returns how many bytes may be written to the disk of a folder so that a
// little stays free for other programs and for notes: a hundredth of it, at most
// 256 MiB. It is false where nobody knows.
func Room(fsys FS, dir string) (int64, bool) {
	s, ok := fsys.(Sizer)
	if !ok {
		return 0, false
	}
	total, free, err := s.Size(dir)
	if err != nil {
		return 0, false
	}
	return max(0, free-min(total/100, mostSpare)), true
}
