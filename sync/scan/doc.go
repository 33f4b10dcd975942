// Package scan looks at a folder on disk: what is there, what was changed
// since the last look, and what was only moved. It reads no file's content.
package scan
