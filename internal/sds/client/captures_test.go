package client

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// Every answer of a real node that was recorded is read, and its codes get
// their meaning.
func TestCapturedAnswers(t *testing.T) {
	names, err := filepath.Glob("testdata/captures/*.json")
	if err != nil || len(names) < 30 {
		t.Fatalf("%d captures, %v", len(names), err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var capture struct {
			Exchanges []struct {
				Path     string          `json:"path"`
				Request  json.RawMessage `json:"request"`
				Response json.RawMessage `json:"response"`
			} `json:"exchanges"`
		}
		if err := json.Unmarshal(raw, &capture); err != nil {
			t.Fatal(err)
		}
		for _, x := range capture.Exchanges {
			var req wire.Request
			if x.Path != "/" || json.Unmarshal(x.Request, &req) != nil || !strings.HasPrefix(req.Method, "user_") || req.ID == nil || req.ID[0] == '"' {
				continue // no call that this client makes
			}
			checkCaptured(t, filepath.Base(name), req, x.Response)
		}
	}
}

func checkCaptured(t *testing.T, capture string, request wire.Request, response []byte) {
	t.Helper()
	method := request.Method
	id, err := strconv.ParseInt(string(request.ID), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	if len(response) == 0 || string(response) == "null" {
		return
	}
	a, err := decodeData(response, id)
	if strings.Contains(string(response), `"error":{`) || strings.Contains(string(response), `"error": {`) {
		if err == nil {
			t.Errorf("%s: %s: an error was taken for a result", capture, method)
		}
		return
	}
	if err != nil {
		t.Errorf("%s: %s: %v", capture, method, err)
		return
	}
	code, _ := wire.ParseReturn(a.Return)
	if _, _, ranged := a.Range(); (code == wire.UploadData || code == wire.DownloadOK) != ranged && !strings.HasPrefix(method, "user_requestVideo") {
		t.Errorf("%s: %s: code %d, range %v", capture, method, code, ranged)
	}
	if (code == wire.DownloadOK) != (len(a.data) > 0) {
		t.Errorf("%s: %s: code %d with %d characters of data", capture, method, code, len(a.data))
	}
}
