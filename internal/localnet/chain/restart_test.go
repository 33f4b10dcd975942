package chain

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net"
	"net/http"
	"testing"
	"time"
)

// What a wallet sends in the first moment in which the chain answers after a
// restart is taken, and not measured by the rules of an empty chain.
func TestFirstAnswerAfterARestartIsRight(t *testing.T) {
	dir := t.TempDir()
	c := start(t, free(dir))
	w := newWallet(t, c, "100stos")
	if w.number == 0 {
		t.Fatal("the account has the number that is right by accident")
	}
	raw := w.sign(w.draft(transfer(t, w.address, receiver, "1stos")))
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	cfg := free(dir)
	cfg.REST = unusedAddress(t)
	first := make(chan answer, 1)
	go func() { first <- firstAnswer("http://"+cfg.REST, raw) }()
	start(t, cfg)
	if got := <-first; got.Code != 0 || got.Hash == "" {
		t.Errorf("the first answer is %s %d %q", got.Codespace, got.Code, got.Log)
	}
}

// firstAnswer broadcasts until somebody answers. It returns nothing when
// nobody does for a minute.
func firstAnswer(url string, raw []byte) answer {
	body, _ := json.Marshal(map[string]string{
		"tx_bytes": base64.StdEncoding.EncodeToString(raw), "mode": "BROADCAST_MODE_SYNC",
	})
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		reply, err := http.Post(url+"/cosmos/tx/v1beta1/txs", "application/json", bytes.NewReader(body))
		if err != nil {
			continue // nobody listens yet
		}
		defer reply.Body.Close()
		var decoded struct {
			Answer answer `json:"tx_response"`
		}
		if err := json.NewDecoder(reply.Body).Decode(&decoded); err != nil {
			return answer{Log: err.Error()}
		}
		return decoded.Answer
	}
	return answer{}
}

func unusedAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
