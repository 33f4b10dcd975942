// Package fake is a program without a network: it stands behind the pages in
// tests and in the preview, holds sample data, and fails on request.
package fake
