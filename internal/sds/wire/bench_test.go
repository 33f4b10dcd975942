package wire

import "testing"

func BenchmarkFileHash(b *testing.B) {
	data := testFile(1 << 20)
	b.SetBytes(1 << 20)
	h := NewFileHasher()
	for b.Loop() {
		h.Write(data)
	}
}
