package main

// exceptions are the places that may be above a line, with the reason. One that
// is not above a line any more must go from here.
var exceptions = map[string]string{
	"ui/shell/shell.go":        "the one place where the window is put together",
	"ui/shell/shell_test.go":   "walks through the window from the first page to the last",
	"ui/shell/desk_test.go":    "one desk, with everything that lies on it",
	"ui/drive/page_test.go":    "walks through the page as a person does",
	"ui/settings/keep_test.go": "one table of all orders that the settings give",
	"ui/settings/stolen.go":    "one sheet in all of its states",
}

// judge lists all that is above a line, known exceptions included.
func judge(rooms []Room) []Find {
	var all []Find
	for _, r := range rooms {
		all = append(all, r.Finds...)
		if !r.HasDoc && r.Files > 0 {
			all = append(all, Find{r.Path, "has no comment that says what it is for"})
		}
	}
	return all
}
