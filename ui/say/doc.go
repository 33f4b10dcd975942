// Package say puts sizes, times, amounts and addresses into words the way
// people say them. It is plain Go: every page and dialog takes its words from
// here, and the tests read like a list of examples.
package say
