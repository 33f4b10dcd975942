package gateway

import (
	"encoding/json"
	"os"
	"testing"
)

// trace is one recorded exchange with the reference node.
type trace struct {
	Case        string     `json:"case"`
	Method      string     `json:"http_method"`
	ContentType string     `json:"content_type"`
	Status      int        `json:"http_status"`
	Request     string     `json:"request"`
	Response    string     `json:"response"`
	AllowOrigin string     `json:"allow_origin"`
	Ranges      [][2]int64 `json:"ranges"`
}

type sample struct {
	Method    string            `json:"method"`
	Request   json.RawMessage   `json:"request"`
	Responses []json.RawMessage `json:"responses"`
}

type vectorFile struct {
	HTTP    struct{ Traces []trace } `json:"live_http_traces"`
	REST    struct{ Traces []trace } `json:"live_monitor_and_rest_traces"`
	Samples []sample                 `json:"rpc_samples"`
	Ranges  [][2]int64               `json:"upload_ranges_35MiB"`
}

func vectors(t *testing.T) vectorFile {
	t.Helper()
	raw, err := os.ReadFile("testdata/sds-vectors.json")
	must(t, err)
	var v vectorFile
	must(t, json.Unmarshal(raw, &v))
	return v
}
