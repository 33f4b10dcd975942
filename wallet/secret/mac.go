package secret

import (
	"encoding"
	"encoding/binary"
	"hash"
)

// MAC is HMAC whose traces can be wiped, which those of crypto/hmac cannot.
// It is not safe for concurrent use.
type MAC struct {
	hash   hash.Hash
	fresh  []byte // states of the hash: at its start,
	inner  []byte // after the inner pad,
	outer  []byte // after the outer pad
	buffer []byte // the inner sum
}

// NewMAC returns HMAC under key with a hash of the standard library. The key
// is not kept. Wipe it after use.
func NewMAC(newHash func() hash.Hash, key []byte) *MAC {
	m := &MAC{hash: newHash()}
	block := make([]byte, m.hash.BlockSize())
	defer clear(block)
	m.fresh = m.state()
	if len(key) > len(block) {
		m.hash.Write(key)
		m.hash.Sum(block[:0])
	} else {
		copy(block, key)
	}
	m.inner = m.padded(block, 0x36)
	m.outer = m.padded(block, 0x36^0x5c)
	m.buffer = make([]byte, 0, m.hash.Size())
	m.Reset()
	return m
}

// padded flips the block by pad and returns the hash's state after it.
func (m *MAC) padded(block []byte, pad byte) []byte {
	for i := range block {
		block[i] ^= pad
	}
	m.restore(m.fresh)
	m.hash.Write(block)
	return m.state()
}

func (m *MAC) state() []byte {
	raw, err := m.hash.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		panic("secret: " + err.Error()) // the standard library's hashes never fail here
	}
	return raw
}

func (m *MAC) restore(state []byte) {
	if err := m.hash.(encoding.BinaryUnmarshaler).UnmarshalBinary(state); err != nil {
		panic("secret: " + err.Error())
	}
}

// Reset begins a new message.
func (m *MAC) Reset() { m.restore(m.inner) }

// Write adds to the message; it never fails.
func (m *MAC) Write(p []byte) (int, error) { return m.hash.Write(p) }

// Sum appends the code of the message to out and begins a new message.
func (m *MAC) Sum(out []byte) []byte {
	m.buffer = m.hash.Sum(m.buffer[:0])
	m.restore(m.outer)
	m.hash.Write(m.buffer)
	out = m.hash.Sum(out)
	m.Reset()
	return out
}

// Wipe ends the use of m.
func (m *MAC) Wipe() {
	m.restore(m.fresh) // its block is all zeros
	Wipe(m.inner, m.outer, m.buffer)
}

// PBKDF2 derives size bytes from password (RFC 8018) and leaves no copy of
// either behind but the result, which the caller wipes.
func PBKDF2(newHash func() hash.Hash, password, salt []byte, iterations, size int) []byte {
	m := NewMAC(newHash, password)
	defer m.Wipe()
	var out []byte
	u := make([]byte, 0, m.hash.Size())
	block := make([]byte, m.hash.Size())
	defer func() { Wipe(u, block) }()
	out = make([]byte, 0, size+m.hash.Size())
	for number := uint32(1); len(out) < size; number++ {
		m.Write(salt)
		m.Write(binary.BigEndian.AppendUint32(nil, number))
		u = m.Sum(u[:0])
		copy(block, u)
		for range iterations - 1 {
			m.Write(u)
			u = m.Sum(u[:0])
			for i, b := range u {
				block[i] ^= b
			}
		}
		out = append(out, block...)
	}
	clear(out[size:])
	return out[:size:size]
}
