package client_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// The node here knows one answer. A real one is any address that serves the
// same calls.
func ExampleClient_Ozone() {
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var call struct{ ID json.RawMessage }
		_ = json.NewDecoder(r.Body).Decode(&call)
		fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":{"return":"0","ozone":"4997502746977","sequencynumber":"7"}}`, call.ID)
	}))
	defer node.Close()
	dir, err := os.MkdirTemp("", "locks")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	key, err := stratos.NewPrivateKey(bytes.Repeat([]byte{1}, 32))
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := client.New(client.Options{
		Gateways: []network.Gateway{{RPC: node.URL}}, Signer: wire.NewSigner(key), LockDir: dir, TempDir: dir,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer c.Close()
	ozone, err := c.Ozone(context.Background())
	fmt.Println(ozone.Noz, ozone.Sequence, err)
	// Output: 4997502746977 7 <nil>
}
