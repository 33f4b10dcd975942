// Package secret keeps secrets out of places where they outlive their use: a
// [Buffer] lies in locked pages that a core dump leaves out, [Do] runs code
// whose stack is overwritten afterwards, and [PBKDF2] derives keys without
// leaving copies of the password in garbage.
//
// The pages are best effort. Where the system refuses to lock memory the
// package goes on with ordinary pages, which are still wiped, and [Status]
// says so.
package secret
