package main

import (
	"bufio"
	"io"
	"net/url"
	"os"
	"strings"
)

// linkFile is how the name of a file ends whose first line is a link. People
// keep and send links as such files.
const linkFile = ".stos"

// longestLink is how much of such a file is read.
const longestLink = 4096

// linkIn is the link that the program was started with: the word itself, or
// what lies in the file that it names, by path or as a file: address.
func linkIn(word string) string {
	path := word
	if u, err := url.Parse(word); err == nil && u.Scheme == "file" {
		path = u.Path
	}
	if !strings.HasSuffix(strings.ToLower(path), linkFile) || strings.Contains(path, "://") {
		return word
	}
	f, err := os.Open(path)
	if err != nil {
		return word
	}
	defer f.Close()
	lines := bufio.NewScanner(io.LimitReader(f, longestLink))
	lines.Scan()
	return strings.TrimSpace(lines.Text())
}
