package source_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/stratosdrive/stratosdrive/player/source"
)

// A player asks for a part of a video at an address on this computer, and the
// server counts what it gave.
func ExampleServer() {
	server, err := source.Serve()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()
	film := strings.NewReader("header, pictures, index")
	item, err := server.AddFile(source.FromReaderAt("film.mp4", film.Size(), film))
	if err != nil {
		fmt.Println(err)
		return
	}
	ask, err := http.NewRequest(http.MethodGet, item.URL(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	ask.Header.Set("Range", "bytes=8-15")
	answer, err := http.DefaultClient.Do(ask)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer answer.Body.Close()
	part, err := io.ReadAll(answer.Body)
	fmt.Println(answer.StatusCode, string(part), item.Served(), err)
	// Output: 206 pictures 8 <nil>
}
