// Package desktop tells the user's desktop about the program: that it starts
// with the system, and that it opens links. All of it belongs to one user and
// can be taken back; nothing needs an administrator.
//
// What is written (a file, a property list, a value of the registry) is made by
// plain functions that every system can test; only the writing is per system.
package desktop
