// Package language is the language of the window. The files below words are
// translation files of the toolkit: the English sentence is the key. [Use]
// chooses one of them; from then on the toolkit's lang.L answers in it, and
// [Current] tells how numbers, dates and plurals are written.
//
// The toolkit by itself follows the system only, asks for the language with
// every word, and may not be changed while another goroutine asks. So its
// shortcut is pointed at this package, which holds one finished table at a
// time (docs/adr/0038-languages.md).
package language
