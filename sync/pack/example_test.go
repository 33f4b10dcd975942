package pack_test

import (
	"bytes"
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/drivekey"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// A blob is read from a pack by its own bytes and those of the header alone.
func Example() {
	keys, err := drivekey.Derive(bytes.Repeat([]byte{5}, 32), drivekey.Drive)
	if err != nil {
		fmt.Println(err)
		return
	}
	zip, err := pack.NewCompressor(1)
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer
	w, err := pack.NewWriter(&file, keys.ForUse(pack.Content), pack.Content, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	text := []byte("remember the milk")
	if _, err := w.Add(zip.Prepare(pack.Data, keys.ID(pack.Data, text), text)); err != nil {
		fmt.Println(err)
		return
	}
	if _, err := w.Close(); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("the network sees the text:", bytes.Contains(file.Bytes(), text))

	src := bytes.NewReader(file.Bytes())
	blobs, opener, err := pack.ReadDirectory(src, src.Size(), keys.ForUse(pack.Content), pack.Content)
	if err != nil {
		fmt.Println(err)
		return
	}
	got, err := pack.ReadBlob(src, opener, blobs[0])
	fmt.Println(string(got), err)
	// Output:
	// the network sees the text: false
	// remember the milk <nil>
}
