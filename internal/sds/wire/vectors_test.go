package wire

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func TestFileHashVectors(t *testing.T) {
	for _, v := range readVectors(t).FileHash {
		if underRace && v.Size > 1<<20 {
			continue
		}
		data := testFile(v.Size)
		if v.ASCII != "" {
			data = []byte(v.ASCII)
		}
		h := NewFileHasher()
		h.Write(data[:len(data)/3])
		h.Write(data[len(data)/3:])
		equal(t, "ordinary", h.Sum(Ordinary), v.Ordinary)
		equal(t, "video", h.Sum(Video), v.Video)
		if v.ASCII != "" {
			continue
		}
		equal(t, "inner", hex.EncodeToString(shortMultihash(h.h.Sum(nil))), v.Inner)
		equal(t, "tagged", h.SumTagged(Ordinary, "AbCdEfGh"), v.Tagged)
		legacy, size, err := HashFile(bytes.NewReader(data), Legacy)
		equal(t, "legacy", legacy, v.Legacy)
		if err != nil || size != int64(len(data)) {
			t.Errorf("hash file: %d bytes, %v", size, err)
		}
	}
}

func equal(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestSliceHashVectors(t *testing.T) {
	all := readVectors(t)
	for _, v := range all.SliceHash {
		got, err := SliceHash(v.FileHash, v.Number, testFile(v.DataSize))
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "slice hash", got, v.SliceHash)
	}
	if underRace {
		return
	}
	layout := all.SliceLayout
	file := testFile(int(layout.FileSize))
	id, _, _ := HashFile(bytes.NewReader(file), Ordinary)
	equal(t, "file hash", id, layout.FileHash)
	if int64(len(layout.Slices)) != SliceCount(layout.FileSize) {
		t.Errorf("%d slices", SliceCount(layout.FileSize))
	}
	for _, s := range layout.Slices {
		start, end := SliceRange(int64(s.Number), layout.FileSize)
		if start != s.Start || end != s.End {
			t.Errorf("slice %d is [%d, %d)", s.Number, start, end)
		}
		got, _ := SliceHash(id, s.Number, file[start:end])
		equal(t, "slice hash", got, s.Hash)
	}
}

func TestUploadRangeVectors(t *testing.T) {
	v := readVectors(t)
	var got [][2]int64
	for at := int64(0); at < v.SliceLayout.FileSize; {
		start, end := UploadRange(at, v.SliceLayout.FileSize)
		got = append(got, [2]int64{start, end})
		at = end
	}
	if !reflect.DeepEqual(got, v.UploadRanges) {
		t.Errorf("got %v", got)
	}
}

func TestValidateHashVectors(t *testing.T) {
	for _, v := range readVectors(t).ValidateHash {
		if ValidFileHash(v.Hash) != v.Valid || IsVideo(v.Hash) != v.Video {
			t.Errorf("%q: valid %v, video %v", v.Hash, ValidFileHash(v.Hash), IsVideo(v.Hash))
		}
		if c, err := parseCID(v.Hash); v.Codec != 0 && (err != nil || c.codec != v.Codec) {
			t.Errorf("%q: codec %#x, %v", v.Hash, c.codec, err)
		}
	}
}

func TestSignatureVectors(t *testing.T) {
	for _, k := range readVectors(t).Keys {
		raw, _ := hex.DecodeString(k.PrivateKey)
		key, err := stratos.NewPrivateKey(raw)
		if err != nil {
			t.Fatal(err)
		}
		s := NewSigner(key)
		equal(t, "address", s.Address(), k.Address)
		equal(t, "public key", s.PublicKey(), k.PubKey)
		in, a := k.Inputs, k.Address
		messages := []string{
			UploadMessage(in.FileHash, a, in.SN, in.ReqTime),
			DownloadMessage(in.FileHash, a, in.SN, in.ReqTime),
			StatusMessage(in.FileHash, a, in.ReqTime),
			DeleteMessage(in.FileHash, a, in.ReqTime),
			ListMessage(a, in.ReqTime),
			ShareMessage(in.FileHash, a, in.ReqTime),
			ListShareMessage(a, in.ReqTime),
			StopShareMessage(in.ShareID, a, in.ReqTime),
			SharedMessage(in.LinkV1, a, in.SN, in.ReqTime),
			SharedMessage(in.LinkV2, a, in.SN, in.ReqTime),
			ClearExpiredMessage(a, in.ReqTime),
			PrepayMessage(a, in.ReqTime),
			RegisterMessage(a, in.ReqTime),
		}
		if len(k.Signatures) < len(messages) {
			t.Fatalf("%d signatures", len(k.Signatures))
		}
		for i, v := range k.Signatures {
			if i < len(messages) {
				equal(t, v.Operation, messages[i], v.Message)
			}
			equal(t, v.Operation, hexKeccak(v.Message), v.Keccak)
			equal(t, v.Operation, s.Sign(v.Message), v.Signature)
			if err := Signed(s, v.Message).Verify(v.Message); err != nil {
				t.Errorf("%s: %v", v.Operation, err)
			}
		}
	}
}

func TestVerificationVectors(t *testing.T) {
	v := readVectors(t)
	address := v.Keys[0].Address
	for _, c := range v.Verification {
		err := VerifySignature(address, c.PubKey, c.Message, c.Signature)
		if (err == nil) != c.Valid {
			t.Errorf("%s: %v", c.Case, err)
		}
	}
	if err := CheckKey(v.Keys[1].Address, v.Keys[0].PubKey); err == nil {
		t.Error("key of another address accepted")
	}
}

func TestHandleVectors(t *testing.T) {
	v := readVectors(t)
	for _, c := range v.Handles {
		h, err := ParseHandle(c.Handle)
		if (err == nil) != c.OK {
			t.Errorf("%q: %v", c.Handle, err)
		}
		if want := (Handle{c.Owner, c.Hash, c.Name}); c.OK && h != want {
			t.Errorf("%q: got %+v", c.Handle, h)
		}
	}
	for _, c := range v.DataMesh {
		h, err := ParseDataMeshID(c.Input)
		if (err == nil) != c.OK {
			t.Errorf("%q: %v", c.Input, err)
		}
		if c.OK && (h.Owner != c.Owner || h.Hash != c.Hash || h.String() != c.String) {
			t.Errorf("%q: got %+v", c.Input, h)
		}
	}
}

func TestLinkVectors(t *testing.T) {
	v := readVectors(t)
	for _, c := range v.Links {
		l, err := ParseShareLink(c.Input)
		if (err == nil) != c.OK {
			t.Errorf("%q: %v", c.Input, err)
		}
		if !c.OK {
			continue
		}
		want := ShareLink{Link: c.Link, Password: c.Password, ShareID: c.ShareID, RandCode: c.Code}
		if l != want || l.String() != c.String {
			t.Errorf("%q: got %+v", c.Input, l)
		}
	}
	l, err := CompleteShareLink(" " + v.LinkV2.Value + "\n")
	if err != nil || l.ShareID != v.LinkV2.Value {
		t.Errorf("got %+v, %v", l, err)
	}
	if v.LinkV2.V1 != LinkV1Length || v.LinkV2.V2 != LinkV2Length || len(v.LinkV2.Value) != v.LinkV2.Length {
		t.Error("lengths differ")
	}
	if _, err := CompleteShareLink("abc"); err == nil {
		t.Error("text without a share id accepted")
	}
}

func TestMonitorTokenVector(t *testing.T) {
	m := readVectors(t).Monitor
	equal(t, "token", MonitorToken(m.Start, m.P2P, time.Unix(m.At, 0)), m.Token)
}

func TestVideoVector(t *testing.T) {
	v := readVectors(t).Cut
	if SegmentSeconds(v.Size, v.Duration) != 12 || VideoSliceCount(v.Size, v.Duration) != int64(len(v.Slices)) {
		t.Errorf("segments of %d s, %d slices", SegmentSeconds(v.Size, v.Duration), VideoSliceCount(v.Size, v.Duration))
	}
	m, err := ParseVideoMap([]byte(v.Slices[0].Text))
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := json.Marshal(m)
	equal(t, "map", string(raw), v.Slices[0].Text)
	for _, s := range v.Slices {
		if s.Number > 1 && s.Number < m.StartSliceNumber {
			equal(t, "filler", string(FillerSlice(v.FileHash, s.Number)), s.Text)
		}
		if s.Text != "" {
			got, _ := SliceHash(v.FileHash, s.Number, []byte(s.Text))
			equal(t, "slice hash", got, s.Hash)
		}
	}
}

// Growth of the segments: 64 MiB is cut into sqrt(11) parts, one GiB into
// sqrt(311).
func TestSegmentSeconds(t *testing.T) {
	for _, c := range []struct{ size, duration, want int64 }{
		{1, 40, 40},
		{32 << 20, 100, 100},
		{64 << 20, 100, 31},
		{1 << 30, 3600, 205},
		{90 << 20, 0, 0},
	} {
		if got := SegmentSeconds(c.size, c.duration); got != c.want {
			t.Errorf("%d bytes, %d s: got %d, want %d", c.size, c.duration, got, c.want)
		}
	}
	if VideoSliceCount(1, 0) != 5 {
		t.Error("a video without length")
	}
}
