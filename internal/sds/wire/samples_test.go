package wire

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestRPCSamples(t *testing.T) {
	params := map[string]func() any{
		MethodGetOzone: func() any { return new(OzoneParams) }, MethodUpload: func() any { return new(UploadParams) },
		MethodUploadStream: func() any { return new(UploadParams) }, MethodUploadData: func() any { return new(UploadDataParams) },
		MethodUploadSign: func() any { return new(UploadSignParams) }, MethodFileStatus: func() any { return new(FileParams) },
		MethodDownload: func() any { return new(DownloadParams) }, MethodVideoDownload: func() any { return new(DownloadParams) },
		MethodDownloadData: func() any { return new(DownloadDataParams) }, MethodDownloadedInfo: func() any { return new(DownloadedInfoParams) },
		MethodSliceData: func() any { return new(SliceDataParams) }, MethodDelete: func() any { return new(FileParams) },
		MethodList: func() any { return new(ListParams) }, MethodListShare: func() any { return new(ListParams) },
		MethodShare: func() any { return new(ShareParams) }, MethodStopShare: func() any { return new(StopShareParams) },
		MethodGetShared: func() any { return new(GetSharedParams) }, MethodVideoShared: func() any { return new(GetSharedParams) },
		MethodClearExpired: func() any { return new(SignedParams) }, MethodServiceStatus: func() any { return new(ServiceStatusParams) },
	}
	seen := map[string]bool{}
	for _, s := range readVectors(t).Samples {
		if strings.HasPrefix(s.Method, "owner_") {
			continue // spends the node's money; no client calls it
		}
		seen[s.Method] = true
		if params[s.Method] == nil {
			t.Fatalf("no type for %s", s.Method)
		}
		sameJSON(t, s.Method, s.Request.Params[0], params[s.Method](), true)
		for _, r := range s.Responses {
			sameJSON(t, s.Method, r.Result, resultOf(s.Method), false)
		}
	}
	if len(seen) != len(params) {
		t.Errorf("only %d of %d methods have a sample", len(seen), len(params))
	}
}

func resultOf(method string) any {
	switch method {
	case MethodGetOzone:
		return new(OzoneResult)
	case MethodFileStatus:
		return new(FileStatusResult)
	case MethodList:
		return new(ListResult)
	case MethodShare, MethodListShare:
		return new(ShareResult)
	case MethodDelete, MethodStopShare:
		return new(ReturnResult)
	case MethodClearExpired:
		return new(ClearExpiredResult)
	case MethodServiceStatus:
		return new(ServiceStatusResult)
	}
	return new(Result)
}

// sameJSON reads raw into v, which must know every member, and writes it
// again. With zeros, v may write members that raw leaves out at zero.
func sameJSON(t *testing.T, what string, raw []byte, v any, zeros bool) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	again, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var want, got map[string]any
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(again, &got); err != nil {
		t.Fatal(err)
	}
	for name, value := range got {
		if _, there := want[name]; !there && zeros && (value == float64(0) || value == false || value == "") {
			delete(got, name)
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %s, want %s", what, again, raw)
	}
}

func TestRESTSamples(t *testing.T) {
	samples := readVectors(t).REST
	for name, v := range map[string]any{
		"error": new(RESTError), "getOzone": new(RESTOzone),
		"prepareVideoFileCache_request": new(PrepareRequest), "prepareVideoFileCache_response": new(PrepareResponse),
	} {
		sameJSON(t, name, samples[name], v, false)
	}
}

func TestSampleDataIsBase64(t *testing.T) {
	for _, s := range readVectors(t).Samples {
		if s.Method != MethodDownload {
			continue
		}
		var r Result
		if err := json.Unmarshal(s.Responses[0].Result, &r); err != nil {
			t.Fatal(err)
		}
		data, err := base64.StdEncoding.DecodeString(r.FileData)
		start, end, ok := r.Range()
		if err != nil || !ok || end-start != int64(len(data)) || !bytes.Equal(data, testFile(len(data))) {
			t.Errorf("range [%d, %d) %v, %d bytes, %v", start, end, ok, len(data), err)
		}
	}
}
