package wire

import (
	"encoding/json"
	"os"
	"testing"
)

// vectors is the part of the published vectors that concerns this package.
type vectors struct {
	Keys []struct {
		PrivateKey string `json:"private_key_hex"`
		Address    string `json:"wallet_address"`
		PubKey     string `json:"wallet_pubkey"`
		Inputs     struct {
			FileHash string `json:"filehash"`
			ReqTime  int64  `json:"req_time"`
			SN       string `json:"sequencenumber"`
			ShareID  string `json:"share_id"`
			LinkV1   string `json:"share_link_v1"`
			LinkV2   string `json:"share_link_v2"`
		} `json:"inputs"`
		Signatures []struct {
			Operation string `json:"operation"`
			Message   string `json:"message"`
			Keccak    string `json:"keccak256_hex"`
			Signature string `json:"signature_hex"`
		} `json:"signatures"`
	} `json:"keys"`
	FileHash []struct {
		Size     int    `json:"size"`
		ASCII    string `json:"ascii"`
		Inner    string `json:"inner_multihash_hex"`
		Legacy   string `json:"legacy_raw_md5"`
		Ordinary string `json:"ordinary"`
		Tagged   string `json:"ordinary_with_encryption_tag_AbCdEfGh"`
		Video    string `json:"video"`
	} `json:"file_hash"`
	SliceHash []struct {
		DataSize  int    `json:"data_size"`
		FileHash  string `json:"file_hash"`
		SliceHash string `json:"slice_hash"`
		Number    uint64 `json:"slice_number"`
	} `json:"slice_hash"`
	SliceLayout struct {
		FileHash string `json:"file_hash"`
		FileSize int64  `json:"file_size"`
		Slices   []struct {
			Start  int64  `json:"offset_start"`
			End    int64  `json:"offset_end"`
			Hash   string `json:"slice_hash"`
			Number uint64 `json:"slice_number"`
		} `json:"slices"`
	} `json:"slice_layout_35MiB"`
	UploadRanges [][2]int64 `json:"upload_ranges_35MiB"`
	ValidateHash []struct {
		Hash  string `json:"hash"`
		Valid bool   `json:"valid"`
		Video bool   `json:"is_video"`
		Codec uint64 `json:"codec"`
	} `json:"validate_hash"`
	Handles []struct {
		Handle string `json:"handle"`
		OK     bool   `json:"ok"`
		Owner  string `json:"owner"`
		Hash   string `json:"filehash"`
		Name   string `json:"filename"`
	} `json:"file_handle_parse"`
	DataMesh []struct {
		Input  string `json:"input"`
		OK     bool   `json:"ok"`
		Owner  string `json:"owner"`
		Hash   string `json:"hash"`
		String string `json:"string"`
	} `json:"data_mesh_id_parse"`
	Links []struct {
		Input    string `json:"input"`
		OK       bool   `json:"ok"`
		Link     string `json:"link"`
		Password string `json:"password"`
		Code     string `json:"rand_code"`
		ShareID  string `json:"share_id"`
		String   string `json:"string"`
	} `json:"share_link_parse"`
	LinkV2 struct {
		Length int    `json:"length"`
		V1     int    `json:"constant_v1_length"`
		V2     int    `json:"constant_v2_length"`
		Value  string `json:"value"`
	} `json:"share_link_v2_sample"`
	Verification []struct {
		Case      string `json:"case"`
		Message   string `json:"message"`
		PubKey    string `json:"pubkey"`
		Signature string `json:"signature_hex"`
		Valid     bool   `json:"valid"`
	} `json:"signature_verification"`
	Monitor struct {
		At    int64  `json:"at_unix"`
		Start int64  `json:"node_start_unix"`
		P2P   string `json:"p2p_address"`
		Token string `json:"token"`
	} `json:"monitor_token"`
	Samples []struct {
		Method  string `json:"method"`
		Request struct {
			Params []json.RawMessage `json:"params"`
		} `json:"request"`
		Responses []struct {
			Result json.RawMessage `json:"result"`
		} `json:"responses"`
	} `json:"rpc_samples"`
	REST map[string]json.RawMessage `json:"rest_samples"`
	Cut  struct {
		Size     int64  `json:"file_size"`
		Duration int64  `json:"duration"`
		FileHash string `json:"file_hash"`
		Slices   []struct {
			Number uint64 `json:"slice_number"`
			Hash   string `json:"slice_hash"`
			Text   string `json:"text"`
		} `json:"slices"`
	} `json:"video_slicing_example"`
}

func readVectors(t testing.TB) vectors {
	t.Helper()
	raw, err := os.ReadFile("testdata/sds-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// testFile is the content that the vectors use: byte i is i*31+7.
func testFile(size int) []byte {
	p := make([]byte, size)
	for i := range p {
		p[i] = byte(i*31 + 7)
	}
	return p
}
