// Package simdisk is a disk in memory that behaves like a real one in its worst
// moments: what was not made to last is lost in a crash, in any way in which a
// file system with a journal may lose it. It is for tests.
package simdisk
